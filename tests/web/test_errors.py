"""Every failure is answered in the caller's own format, with a word that helps, and without our insides."""

import asyncio
import re
import xml.etree.ElementTree as ET
from typing import Any

import httpx
import pytest
from browsers import HTML
from fastapi import FastAPI

from app.drawing import FORMATS
from app.main import create_app
from app.problems import BuilderLost, TooSlow
from app.settings import Settings

SCRIPT = {"HX-Request": "true", "Accept": "*/*"}


def test_a_program_gets_problem_json(client: httpx.Client) -> None:
    response = client.post("/api/v1/reports", json={"code": "model = Sequential([\n    LSTM(32]\n)"})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    problem = response.json()
    assert problem.keys() == {"type", "title", "status", "detail", "code", "line", "column"}
    assert (problem["type"], problem["status"]) == ("/problems/code-syntax", 422)
    assert problem["line"] in (1, 2)


def test_a_misspelt_name_travels_with_its_repairs(client: httpx.Client) -> None:
    code = "model = Sequential([Input((10, 2)), {}(4)])"
    problem = client.post("/api/v1/reports", json={"code": code.format("LSMT")}).json()
    (repair,) = problem["repairs"]
    assert (repair["code"], repair["output_shapes"]) == (code.format("LSTM"), [[None, 4]])


def test_the_type_of_a_problem_is_a_page_that_explains_it(client: httpx.Client) -> None:
    problem = client.get("/api/v1/links/unknown").json()
    page = client.get(problem["type"], headers=HTML)
    assert page.status_code == 200
    assert problem["title"] in page.text


def test_a_person_gets_a_page(client: httpx.Client) -> None:
    response = client.get("/a/unknown", headers=HTML)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<title>" in response.text and "No such link" in response.text


def test_a_script_on_the_page_gets_a_fragment(client: httpx.Client) -> None:
    response = client.get("/a/unknown", headers=SCRIPT)
    assert response.status_code == 404
    assert "<html" not in response.text and "No such link" in response.text


@pytest.mark.parametrize("address", ["/a/unknown.svg", "/api/v1/render.svg?s=damaged", "/api/v1/render.svg"])
def test_where_a_picture_was_asked_for_a_picture_says_why_there_is_none(
    client: httpx.Client, address: str
) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert "style-src 'unsafe-inline'" in response.headers["content-security-policy"]
    words = " ".join(ET.fromstring(response.text).itertext())
    assert "link" in words


@pytest.mark.parametrize("ending", ["txt", "md", "mmd", "py"])
def test_where_text_was_asked_for_text_says_why(client: httpx.Client, ending: str) -> None:
    response = client.get(f"/a/unknown.{ending}", headers=HTML)
    assert (response.status_code, response.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert response.text.startswith("No such link\n\n")


def test_a_terminal_gets_text(client: httpx.Client) -> None:
    response = client.get("/a/unknown", headers={"Accept": "text/plain"})
    assert response.text.startswith("No such link\n\n")


def test_a_terminal_is_not_steered_by_what_was_sent(client: httpx.Client) -> None:
    response = client.get("/a/%1b%5b31m.txt")
    assert response.status_code == 404
    assert "\x1b" not in response.text


@pytest.mark.parametrize("headers", [HTML, SCRIPT, {}], ids=["page", "fragment", "program"])
def test_an_address_where_nothing_is(client: httpx.Client, headers: dict[str, str]) -> None:
    response = client.get("/nowhere/<b>", headers=headers)
    assert response.status_code == 404
    assert "<b>" not in response.text or "json" in response.headers["content-type"]
    assert "There is no page or file" in response.text


def test_a_format_that_there_is_none_of(client: httpx.Client) -> None:
    problem = client.get("/api/v1/render.gif", params={"code": "x"}).json()
    assert (problem["code"], problem["status"]) == ("not-found", 404)
    assert all(f" {name}" in problem["detail"] for name in FORMATS if "." not in name)
    assert len(problem["detail"]) < 150


@pytest.mark.parametrize(
    ("method", "address", "right"),
    [
        ("GET", "/api/v1/reports", "POST"),
        ("OPTIONS", "/", "GET, HEAD, POST"),
        ("DELETE", "/examples", "GET, HEAD"),
        ("POST", "/static/css/app.css", "GET, HEAD"),
    ],
)
def test_the_wrong_method_names_the_right_ones(
    client: httpx.Client, method: str, address: str, right: str
) -> None:
    response = client.request(method, address)
    assert (response.status_code, response.json()["code"]) == (405, "wrong-method")
    assert response.headers["allow"] == right
    assert response.json()["detail"].endswith(f"does not answer {method}, but {right}.")


NOT_A_QUESTION: dict[str, tuple[Any, str]] = {
    "nothing": ({}, "Give exactly one of `code`, `keras` and `architecture`."),
    "two": ({"code": "x", "keras": {}}, "Give exactly one of"),
    "misspelt": ({"code": "x", "timestep": 5}, "`timestep` is not known here."),
    "not a text": ({"code": 5}, "`code` is not right: input should be a valid string."),
    "too many timesteps": ({"code": "x", "timesteps": 65}, "`timesteps` is not right: input should be less"),
    "not a shape": (
        {"code": "x", "inputs": {"a": "3"}},
        "`inputs.a` is not right: input should be a valid list.",
    ),
    "not an object": ([1], "The body is not a JSON object"),
    "no JSON in a text": ({"keras": "{"}, "`keras` is not right: EOF while parsing an object"),
    "no layers": ({"architecture": {"nodes": []}}, "`architecture.nodes` is not right"),
    "a layer without a name": (
        {"architecture": {"nodes": [{"kind": "LSTM"}]}},
        "`architecture.nodes.0.name` is missing.",
    ),
}


@pytest.mark.parametrize(("body", "detail"), NOT_A_QUESTION.values(), ids=NOT_A_QUESTION.keys())
def test_a_body_of_the_wrong_form_is_told_which_field(client: httpx.Client, body: Any, detail: str) -> None:
    response = client.post("/api/v1/reports", json=body)
    assert (response.status_code, response.json()["code"]) == (400, "bad-request")
    assert detail in response.json()["detail"]


@pytest.mark.parametrize("name", ["nowhere", "lstm"])
def test_a_shape_for_what_is_no_input_is_told_the_inputs(client: httpx.Client, name: str) -> None:
    code = 'Sequential([Input((3, 4), name="series"), LSTM(2, name="lstm")])'
    response = client.post("/api/v1/reports", json={"code": code, "inputs": {name: [None, 5, 4]}})
    assert (response.status_code, response.json()["code"]) == (422, "architecture-invalid")
    assert f"'{name}'" in response.json()["detail"] and "Its inputs are series." in response.json()["detail"]


def test_a_body_that_is_not_said_to_be_json(client: httpx.Client) -> None:
    response = client.post(
        "/api/v1/reports", content=b'{"code": "x"}', headers={"Content-Type": "text/plain"}
    )
    assert response.status_code == 400
    assert "application/json" in response.json()["detail"]


class FailingPool:
    """Stands where the builders stand, and fails as it is told to: what real builders do only by accident."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def run(self, *_: Any, **__: Any) -> None:
        raise self.error


def ask_failing(
    error: Exception, method: str, address: str, headers: dict[str, str], tmp_path: Any
) -> httpx.Response:
    app: FastAPI = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))
    app.state.pool = FailingPool(error)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            body = {"code": "x = 1"} if method == "POST" else None
            return await client.request(method, address, json=body, headers=headers)

    return asyncio.run(ask())


@pytest.mark.parametrize("error", [TooSlow("Stopped after 20 seconds."), BuilderLost("It died twice.")])
def test_what_may_work_later_says_when(tmp_path: Any, error: Any) -> None:
    response = ask_failing(error, "POST", "/api/v1/reports", {}, tmp_path)
    assert (response.status_code, response.json()["code"]) == (503, error.code)
    assert response.headers["retry-after"].isdecimal()


@pytest.mark.parametrize(
    ("address", "headers", "media_type"),
    [
        ("/api/v1/render.json?code=x", {}, "application/problem+json"),
        ("/api/v1/render.svg?code=x", {}, "image/svg+xml"),
        ("/api/v1/render.txt?code=x", {}, "text/plain"),
        ("/", HTML, "text/html"),
    ],
)
def test_our_own_mistakes_are_confessed_in_every_format_and_not_shown(
    tmp_path: Any, address: str, headers: dict[str, str], media_type: str
) -> None:
    response = ask_failing(ZeroDivisionError("the secret"), "GET", address, headers, tmp_path)
    assert response.status_code == 500
    assert response.headers["content-type"].startswith(media_type)
    assert "Kerascope failed" in response.text
    assert response.headers["x-content-type-options"] == "nosniff"
    for inside in ("the secret", "ZeroDivision", "Traceback"):
        assert inside not in response.text
    assert not re.search(r"\w\.py\b", response.text)


def test_without_its_database_the_server_lives_but_is_not_ready(tmp_path: Any) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/no/such/folder/links.db", builders=1))

    async def ask(*addresses: str) -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            return [await client.get(f"http://test{address}") for address in addresses]

    alive, ready = asyncio.run(ask("/healthz", "/readyz"))
    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()) == (503, {"status": "starting"})
    assert ready.headers["retry-after"].isdecimal()


@pytest.mark.parametrize(
    "address", ["/a/unknown.png", "/api/v1/render.png?s=damaged", "/api/v1/render.png?scale=3"]
)
def test_where_a_png_was_asked_for_a_png_says_why_there_is_none(client: httpx.Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert response.headers["content-type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
