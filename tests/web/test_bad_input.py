"""Whatever is sent, there is an answer or a clear error, in the caller's format, and the server lives on."""

import json
import os
import signal
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import active_children
from typing import Any

import httpx
import pytest
from browsers import HTML
from markdown_it import MarkdownIt

from app.architecture import Question
from app.drawing import FORMATS
from app.links import encode_state

# The page may be shown before its answer; a script on it waits for it.
SCRIPT = HTML | {"HX-Request": "true"}
LSTM = "from keras import Input, Sequential, layers\nmodel = Sequential([Input((3, 4)), layers.LSTM({})])\n"


@pytest.fixture(autouse=True)
def the_server_lives_on(client: httpx.Client) -> Iterator[None]:
    yield
    response = client.post("/api/v1/reports", json={"code": LSTM.format(2)})
    assert (response.status_code, response.json()["status"]) == (200, "builds")


def ask(client: httpx.Client, **question: Any) -> httpx.Response:
    return client.post("/api/v1/reports", json=question)


def send(client: httpx.Client, body: bytes) -> httpx.Response:
    return client.post("/api/v1/reports", content=body, headers={"Content-Type": "application/json"})


def write_architecture(kind: str = "LSTM", name: str = "layer", **arguments: Any) -> dict[str, Any]:
    return {
        "nodes": [
            {"kind": "InputLayer", "name": "series", "arguments": {"batch_shape": [None, 3, 4]}},
            {"kind": kind, "name": name, "arguments": arguments, "inbound": ["series"]},
        ]
    }


ARGUMENTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown": ({"units": 2, "colour": "red"}, "unknown-argument", "colour"),
    "missing": ({}, "missing-argument", "units"),
    "of the wrong type": ({"units": "many"}, "invalid-argument", "units='many'"),
    "a fraction": ({"units": 2.5}, "invalid-argument", "units=2.5"),
    "zero": ({"units": 0}, "invalid-argument", "units=0"),
    "negative": ({"units": -1}, "invalid-argument", "units=-1"),
}


@pytest.mark.parametrize(("arguments", "code", "happened"), ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_an_argument_that_the_layer_does_not_take(
    client: httpx.Client, arguments: dict[str, Any], code: str, happened: str
) -> None:
    report = ask(client, architecture=write_architecture(**arguments)).json()
    problem = report["layers"][1]["problem"]
    assert (report["status"], problem["code"]) == ("fails", code)
    assert happened in problem["happened"]


def test_a_layer_that_there_is_none_of(client: httpx.Client) -> None:
    response = ask(client, architecture=write_architecture("Lstm", units=2))
    assert (response.status_code, response.json()["code"]) == (422, "unknown-layer")
    assert "Did you mean LSTM" in response.json()["detail"]


def test_a_layer_of_pythons_own_is_none_of_ours(client: httpx.Client) -> None:
    for kind in ("os.system", "builtins.eval", "keras.layers.TorchModuleWrapper"):
        response = ask(client, architecture=write_architecture(kind, function="lambda x: x"))
        assert response.json()["code"] == "unknown-layer"


def test_a_million_million_units_are_an_answer(client: httpx.Client) -> None:
    units = 10**12
    report = ask(client, code=LSTM.format(units)).json()
    assert report["outputs"][0]["shape"] == [None, units]
    assert report["totals"]["parameters"] == 4 * ((4 + units) * units + units)
    assert report["totals"]["bytes"] == 4 * report["totals"]["parameters"]
    text = client.get("/api/v1/render.txt", params={"code": LSTM.format(units)}).text
    assert "16,000,000,000.0 PB" in text or "YB" in text


CODE = {
    "a million layers": (
        "code-too-complex",
        "model = Sequential()\nfor _ in range(10**6): model.add(Dense(1))",
    ),
    "a loop without end": ("code-too-complex", "while True:\n    pass"),
    "a number without end": ("code-too-complex", "x = 9**9**9"),
    "a text without end": ("code-too-complex", "x = 'a' * 10**10"),
    "a list without end": ("code-too-complex", "x = [0] * 10**10"),
    "a function of itself": ("code-too-complex", "def f(): return f()\nf()"),
    "many brackets": ("code-too-complex", "x = " + "(" * 50_000 + ")" * 50_000),
    "many minus signs": ("code-too-complex", "x = " + "-" * 50_000 + "1"),
    "a command": ("code-not-understood", '__import__("os").system("true")'),
    "a file": ("no-model-found", 'open("/etc/passwd").read()'),
    "the way to everything": ("code-not-understood", "().__class__.__bases__[0].__subclasses__()"),
    "a zero character": ("code-syntax", 'x = "\0"'),
    "no Python": ("code-syntax", "units = = 3"),
    "nothing": ("no-model-found", ""),
    "no model": ("no-model-found", "import os\nx = 3"),
}


@pytest.mark.parametrize(("code", "source"), CODE.values(), ids=CODE.keys())
def test_code_that_is_not_read(client: httpx.Client, code: str, source: str) -> None:
    response = ask(client, code=source)
    assert (response.status_code, response.json()["code"]) == (422, code)
    if code != "no-model-found":
        assert response.json()["line"] >= 1
    page = client.get(f"/?s={encode_state(Question(code=source))}", headers=SCRIPT)
    assert page.status_code == 422
    assert response.json()["title"] in page.text


def test_five_megabytes_announced_or_not(client: httpx.Client) -> None:
    body = b'{"code": "' + b"#" * 5_000_000 + b'"}'
    chunks = (body[start : start + 100_000] for start in range(0, len(body), 100_000))
    for content in (body, chunks):
        response = client.post(
            "/api/v1/reports", content=content, headers={"Content-Type": "application/json"}
        )
        assert (response.status_code, response.json()["code"]) == (413, "too-large")
        assert response.headers["content-type"] == "application/problem+json"


def test_more_layers_than_are_built(client: httpx.Client) -> None:
    first, *others = write_architecture()["nodes"][:1], *range(20_001)
    nodes = first + [
        {"kind": "ReLU", "name": f"{number}", "inbound": [f"{number - 1}" if number else "series"]}
        for number in others
    ]
    response = ask(client, architecture={"nodes": nodes})
    assert response.status_code == 400
    assert "`architecture.nodes` is not right" in response.json()["detail"]


NO_JSON = {
    "nothing": b"",
    "not UTF-8": b"\xff\xfe",
    "cut off": b'{"code": "x',
    "NaN": b'{"keras": {"a": NaN}}',
    "Infinity": b'{"keras": {"a": -Infinity}}',
    "a number too large": b'{"keras": {"a": 1e999}}',
    "an argument too large": b'{"architecture": {"nodes": [{"kind": "InputLayer", "name": "a", '
    b'"arguments": {"x": 1e999}}]}}',
    "half of a surrogate pair": b'{"code": "\\ud800"}',
    "nested without end": b'{"keras": ' + b"[" * 100_000,
}


@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON.keys())
def test_what_is_no_json(client: httpx.Client, body: bytes) -> None:
    response = send(client, body)
    assert (response.status_code, response.json()["code"]) == (400, "bad-request")
    assert "JSON" in response.json()["detail"]


def test_the_last_of_two_equal_keys_counts(client: httpx.Client) -> None:
    body = b'{"code": "nothing", "code": %s}' % json.dumps(LSTM.format(7)).encode()
    assert send(client, body).json()["outputs"][0]["shape"] == [None, 7]


def test_json_nested_as_deep_as_is_read(client: httpx.Client) -> None:
    nested = b"[" * 190 + b"]" * 190
    assert send(client, b'{"keras": {"a": %s}}' % nested).json()["code"] == "config-not-understood"
    report = send(
        client, json.dumps({"architecture": write_architecture(units=[])}).encode().replace(b"[]", nested)
    )
    assert report.json()["layers"][1]["problem"]["code"] == "invalid-argument"


MARKUP = "</svg><script>alert(1)</script><!-- ]]> &amp; `code` | \" '"
STEERING = "name\x00\x07\x1b[31mred\u202eder\u2028\r\n"


@pytest.mark.parametrize("name", [MARKUP, STEERING], ids=["markup", "control characters"])
@pytest.mark.parametrize("format", FORMATS)
def test_a_name_does_nothing_in_any_file(client: httpx.Client, name: str, format: str) -> None:
    link = client.post("/api/v1/links", json={"architecture": write_architecture(name=name, units=2)}).json()
    file = client.get(f"/a/{link['id']}.{format}")
    assert file.status_code == 200
    if format.endswith("png"):
        return
    assert not {"\x00", "\x07", "\x1b"} & set(file.text)
    if format == "json":
        assert file.json()["layers"][1]["name"] == name
    if format == "svg":
        assert not [element for element in ET.fromstring(file.text).iter() if element.tag.endswith("script")]
    if format == "md":
        assert "<script" not in MarkdownIt("commonmark").enable("table").render(file.text)
    if format == "mmd":
        assert "<script" not in file.text


@pytest.mark.parametrize("name", [MARKUP, STEERING], ids=["markup", "control characters"])
def test_a_name_does_nothing_on_the_page(client: httpx.Client, name: str) -> None:
    question = Question.model_validate({"architecture": write_architecture(name=name, units=2)})
    page = client.get(f"/?s={encode_state(question)}", headers=SCRIPT)
    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_a_name_does_nothing_in_an_error(client: httpx.Client) -> None:
    question = Question.model_validate({"architecture": write_architecture(kind=MARKUP)})
    state = encode_state(question)
    assert "<script>alert" in client.get(f"/api/v1/render.json?s={state}").json()["detail"]
    for address in (f"/?s={state}", f"/api/v1/render.svg?s={state}", "/a/<script>alert(1).svg"):
        response = client.get(address, headers=SCRIPT)
        assert response.status_code in (404, 422)
        assert "<script>alert" not in response.text


@pytest.mark.parametrize("state", ["", "damaged", "eJyrVkrOT0lVslKq", "%00", "A" * 9_000])
def test_a_state_that_cannot_be_read(client: httpx.Client, state: str) -> None:
    page = client.get(f"/?s={state}", headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (400, "text/html; charset=utf-8")
    assert "This link is damaged" in page.text
    problem = client.get(f"/api/v1/render.json?s={state}")
    assert (problem.status_code, problem.json()["code"]) == (400, "state-unreadable")


def test_a_form_that_no_page_of_ours_sent_is_told_what_is_wrong_with_it(client: httpx.Client) -> None:
    refused = client.post("/", data={"code": "model ="}, headers=HTML)
    assert refused.status_code == 422
    assert "This is not Python" in refused.text


@pytest.mark.parametrize(
    "id", ["unknown", "4xQ0bTz9aLk", "%00", "..%2f..%2fetc", "'; DROP TABLE links; --", "ü" * 50]
)
def test_an_id_that_nobody_made(client: httpx.Client, id: str) -> None:
    assert client.get(f"/a/{id}", headers=HTML).status_code == 404
    for address in (f"/api/v1/links/{id}", f"/a/{id}.json"):
        assert client.get(address).status_code == 404


def test_a_builder_killed_at_work_costs_nobody_an_answer(client: httpx.Client) -> None:
    builders = [process.pid for process in active_children() if process.name == "builder" and process.pid]
    assert len(builders) == 2
    # A stopped builder holds its job without doing it: it is killed in the middle for certain.
    for pid in builders:
        os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(4) as visitors:
        asked = [visitors.submit(ask, client, code=LSTM.format(1_000 + number)) for number in range(4)]
        # The server itself waits for nobody.
        assert {client.get("/healthz").status_code for _ in range(20)} == {200}
        for pid in builders:
            os.kill(pid, signal.SIGKILL)
        answers = [answer.result() for answer in asked]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert [answer.json()["outputs"][0]["shape"][1] for answer in answers] == [1_000, 1_001, 1_002, 1_003]
