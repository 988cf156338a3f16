"""The REST interface, as other programs use it: over HTTP, with real builders."""

import json
import re
from typing import Any

import httpx
import keras
import pytest

from app.architecture import Question
from app.architecture.gallery import load_gallery
from app.drawing import FORMATS
from app.links import decode_state, encode_state
from app.web.api_examples import KERAS, LSTM, QUESTIONS, STACKED

STACKED_CODE = """\
from keras import Input, Sequential, layers

model = Sequential([
    Input((3, 1), name="series"),
    layers.LSTM(32, return_sequences=True, name="lstm"),
    layers.LSTM(32, name="lstm_1"),
])
"""


def ask(client: httpx.Client, **question: Any) -> Any:
    response = client.post("/api/v1/reports", json=question)
    assert response.status_code == 200, response.text
    return response.json()


def make_link(client: httpx.Client, **question: Any) -> str:
    response = client.post("/api/v1/links", json=question)
    assert response.status_code == 201, response.text
    id: str = response.json()["id"]
    return id


def shapes_of(report: Any) -> dict[str, Any]:
    return {layer["name"]: layer["output_shapes"] for layer in report["layers"]}


def test_code_becomes_a_report(client: httpx.Client) -> None:
    report = ask(client, code=LSTM)
    assert report["status"] == "builds"
    assert shapes_of(report) == {
        "tokens": [[None, None]],
        "embedding": [[None, None, 50]],
        "lstm": [[None, 100]],
        "dense": [[None, 1]],
    }
    assert report["totals"]["parameters"] == sum(layer["parameters"]["total"] for layer in report["layers"])
    assert report["totals"]["parameters"] == 3 * 50 + 4 * ((50 + 100) * 100 + 100) + 101


def test_a_report_has_the_keys_of_the_contract(client: httpx.Client) -> None:
    report = ask(client, code=LSTM)
    assert report.keys() >= {
        "kerascope", "keras", "backend", "status", "architecture", "layers", "inputs", "outputs", "totals",
        "problems", "flow", "links",
    }  # fmt: skip
    lstm = report["layers"][2]
    assert lstm.keys() >= {
        "name", "kind", "status", "line", "inbound", "input_shapes", "output_shapes", "output_dtypes", "axes",
        "origins", "mask", "parameters", "weights", "bytes", "problem",
    }  # fmt: skip
    assert lstm["axes"] == [["batch", "units"]]
    assert lstm["mask"] == {"in": False, "out": False, "fate": "none"}
    assert lstm["inbound"] == ["embedding"]
    assert [weight["shape"] for weight in lstm["weights"]] == [[50, 400], [100, 400], [400]]


def test_three_ways_in_lead_to_one_report(client: httpx.Client) -> None:
    of_code = ask(client, code=STACKED_CODE)
    of_architecture = ask(client, architecture=of_code["architecture"])
    assert of_architecture["layers"] == of_code["layers"]
    assert shapes_of(ask(client, keras=KERAS)) == {"series": [[None, 3, 1]], "lstm": [[None, 32]]}


def test_a_model_that_does_not_fit_is_an_answer(client: httpx.Client) -> None:
    report = ask(client, architecture=STACKED)
    assert report["status"] == "fails"
    assert [layer["status"] for layer in report["layers"]] == ["builds", "builds", "fails"]
    assert report["layers"][1]["output_shapes"] == [[None, 32]]
    problem = report["layers"][2]["problem"]
    assert (problem["code"], problem["layer"]) == ("missing-return-sequences", "lstm_1")
    assert problem["happened"] and problem["expected"] and problem["fix"]
    assert all(repair["verified"] for repair in problem["repairs"])


def test_a_repair_can_be_asked_for_in_turn(client: httpx.Client) -> None:
    repair = ask(client, architecture=STACKED)["layers"][2]["problem"]["repairs"][0]
    repaired = ask(client, architecture=repair["architecture"])
    assert repaired["status"] == "builds"
    assert [output["shape"] for output in repaired["outputs"]] == repair["output_shapes"]


def test_an_input_may_be_given_another_shape(client: httpx.Client) -> None:
    report = ask(client, code=LSTM, inputs={"tokens": [None, 7]})
    assert shapes_of(report)["embedding"] == [[None, 7, 50]]


def test_timesteps_are_drawn_where_their_number_is_unknown(client: httpx.Client) -> None:
    lanes = ask(client, code=LSTM, timesteps=5)["flow"]["lanes"]
    lstm = next(lane for lane in lanes if lane["layer"] == "lstm")
    assert (lstm["kind"], lstm["timesteps_in"], lstm["timesteps_out"]) == ("recurrent", 5, 1)
    assert lstm["depends"] == [[0, 1, 2, 3, 4]]


def test_the_answer_holds_the_links_to_itself(client: httpx.Client) -> None:
    links = ask(client, code=LSTM, timesteps=5)["links"]
    assert decode_state(links["state"]) == Question(code=LSTM, timesteps=5)
    assert links["page"] == f"/?s={links['state']}"
    assert client.get(links["page"], headers={"Accept": "text/html"}).status_code == 200


def test_a_question_too_large_for_a_link_has_none(client: httpx.Client) -> None:
    noise = "".join(f"# {number**9 % 1_000_003}\n" for number in range(2_000))
    assert ask(client, code=LSTM + noise)["links"] == {"page": None, "state": None}
    assert make_link(client, code=LSTM + noise).isalnum()


def test_the_file_and_the_report_say_the_same(client: httpx.Client) -> None:
    report = ask(client, code=LSTM)
    state = report.pop("links")["state"]
    assert client.get(f"/api/v1/render.json?s={state}").json() == report


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_by_state_by_code_and_by_id(client: httpx.Client, format: str) -> None:
    files = [
        client.get(f"/api/v1/render.{format}", params={"s": encode_state(Question(code=LSTM))}),
        client.get(f"/api/v1/render.{format}", params={"code": LSTM}),
        client.get(f"/a/{make_link(client, code=LSTM)}.{format}"),
    ]
    assert [file.status_code for file in files] == [200, 200, 200]
    assert len({file.content for file in files}) == 1
    assert files[0].headers["content-type"].startswith(FORMATS[format].media_type)
    assert format.endswith("png") or "lstm" in files[0].text.lower()


def test_an_ending_of_a_short_link_that_there_is_none_of_is_not_found(client: httpx.Client) -> None:
    id = make_link(client, code=LSTM)
    assert client.get(f"/a/{id}.gates.svg").status_code == 404
    assert "units.svg" in client.get(f"/a/{id}.gates.svg").text


def test_a_terminal_gets_the_text_behind_a_short_link(client: httpx.Client) -> None:
    id = make_link(client, code=LSTM)
    text = client.get(f"/a/{id}", headers={"Accept": "text/plain"})
    assert text.headers["content-type"].startswith("text/plain")
    assert text.text == client.get(f"/a/{id}.txt").text
    assert "<html" in client.get(f"/a/{id}", headers={"Accept": "text/html"}).text


def test_the_same_content_has_the_same_short_link(client: httpx.Client) -> None:
    link = client.post("/api/v1/links", json={"code": LSTM}).json()
    assert link["url"].endswith(f"/a/{link['id']}")
    assert make_link(client, code=LSTM, timesteps=8) == link["id"]
    assert make_link(client, code=LSTM, timesteps=7) != link["id"]


def test_a_short_link_can_be_read_back(client: httpx.Client) -> None:
    id = make_link(client, code=LSTM, timesteps=7)
    link = client.get(f"/api/v1/links/{id}").json()
    assert (link["id"], link["question"]["code"], link["question"]["timesteps"]) == (id, LSTM, 7)
    assert [node["name"] for node in link["architecture"]["nodes"]] == [
        "tokens",
        "embedding",
        "lstm",
        "dense",
    ]


def test_nothing_is_kept_that_was_not_understood(client: httpx.Client) -> None:
    response = client.post("/api/v1/links", json={"code": "model = "})
    assert (response.status_code, response.json()["code"]) == (422, "code-syntax")


def test_what_is_under_an_id_is_kept_for_ever(client: httpx.Client) -> None:
    id = make_link(client, code=LSTM)
    for address in (f"/a/{id}.svg", f"/api/v1/links/{id}"):
        assert client.get(address).headers["cache-control"] == "public, max-age=31536000, immutable"


def test_what_the_caller_holds_is_not_sent_again(client: httpx.Client) -> None:
    address = f"/api/v1/render.svg?s={encode_state(Question(code=LSTM))}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_tag_names_the_versions_and_the_content(client: httpx.Client) -> None:
    report = ask(client, code=LSTM)
    one, other = (client.get("/api/v1/render.md", params={"code": code}) for code in (LSTM, STACKED_CODE))
    assert one.headers["etag"].startswith(f'W/"{report["kerascope"]}-{report["keras"]}-')
    assert one.headers["etag"] != other.headers["etag"]


def test_head_is_answered_like_get_without_the_body(client: httpx.Client) -> None:
    for address in (f"/a/{make_link(client, code=LSTM)}.svg", "/static/css/app.css", "/healthz"):
        get, head = client.get(address), client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers.get("etag") == get.headers.get("etag")


def test_other_peoples_pages_may_ask(client: httpx.Client) -> None:
    origin = {"Origin": "https://course.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options(
        "/api/v1/reports", headers={**origin, "Access-Control-Request-Headers": "content-type"}
    )
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, "*")
    answer = client.post("/api/v1/reports", json={"code": LSTM}, headers={"Origin": origin["Origin"]})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_answers_travel_compressed(client: httpx.Client) -> None:
    assert client.post("/api/v1/reports", json={"code": LSTM}).headers["content-encoding"] == "gzip"


def test_a_picture_opened_by_itself_keeps_its_looks_and_does_nothing_else(client: httpx.Client) -> None:
    policy = client.get("/api/v1/render.svg", params={"code": LSTM}).headers["content-security-policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.parametrize("address", ["/", "/api/v1/examples", "/static/css/app.css", "/nowhere"])
def test_every_answer_has_the_security_headers(client: httpx.Client, address: str) -> None:
    headers = client.get(address, headers={"Accept": "text/html"}).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_a_file_with_its_version_in_its_name_is_kept_for_ever(client: httpx.Client) -> None:
    for name in ("vendor/htmx-4.0.1.min.js", "vendor/swagger-ui-5.35.0/swagger-ui.css"):
        assert "immutable" in client.get(f"/static/{name}").headers["cache-control"]
    ours = client.get("/static/css/app.css")
    assert ours.headers["cache-control"] == "no-cache"
    again = client.get("/static/css/app.css", headers={"If-None-Match": ours.headers["etag"]})
    assert (again.status_code, again.headers["cache-control"]) == (304, "no-cache")


def test_the_catalogue_and_the_examples_are_there_for_programs(client: httpx.Client) -> None:
    kinds = {kind["name"]: kind for kind in client.get("/api/v1/catalogue").json()}
    assert kinds["LSTM"]["arguments"][0]["name"] == "units"
    slugs = [example["slug"] for example in client.get("/api/v1/examples").json()]
    assert slugs == [example.slug for example in load_gallery()]


def test_the_catalogue_says_what_is_ignored_and_which_names_are_known(client: httpx.Client) -> None:
    kinds = {kind["name"]: kind for kind in client.get("/api/v1/catalogue").json()}
    arguments = {argument["name"]: argument for argument in kinds["LSTM"]["arguments"]}
    assert {name for name in ("units", "kernel_initializer", "seed") if arguments[name]["ignored"]} == {
        "kernel_initializer",
        "seed",
    }
    assert "orthogonal" in arguments["recurrent_initializer"]["known_words"]
    assert "relu" in arguments["activation"]["known_words"]


def test_the_server_says_that_it_lives_and_that_it_can_answer(client: httpx.Client) -> None:
    ask(client, code=LSTM)
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_the_documentation_needs_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/api", follow_redirects=True).text
    addresses = re.findall(r'(?:href|src)="(/[^"]+)"', page)
    assert len(addresses) >= 4
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)
    assert "http" not in page
    # The page's policy allows no script but files.
    assert re.findall(r"<script[^>]*>([^<]+)</script>", page) == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_example_of_the_documentation_works(client: httpx.Client, name: str) -> None:
    document = client.get("/api/openapi.json").json()
    body = document["paths"]["/api/v1/reports"]["post"]["requestBody"]["content"]["application/json"]
    question = body["examples"][name]["value"]
    assert ask(client, **question)["layers"]
    assert json.loads(json.dumps(question)) == question


def test_a_config_is_taken_as_the_text_that_keras_gives_and_as_the_object_in_it(client: httpx.Client) -> None:
    text = keras.Sequential([keras.Input((3, 2)), keras.layers.GRU(5)]).to_json()
    told, also_told = (
        client.post("/api/v1/reports", json={"keras": given}).json() for given in (text, json.loads(text))
    )
    assert told["layers"][-1]["output_shapes"] == [[None, 5]]
    assert told == also_told
    kept, also_kept = (
        client.post("/api/v1/links", json={"keras": given}).json() for given in (text, json.loads(text))
    )
    assert kept["id"] == also_kept["id"]


@pytest.mark.parametrize("text", ["", "no JSON", '"text"', "[1]", '{"a": NaN}'])
def test_a_config_that_is_none_is_refused(client: httpx.Client, text: str) -> None:
    answer = client.post("/api/v1/reports", json={"keras": text})
    assert answer.status_code == 400
    assert "keras" in answer.json()["detail"]
