"""The pages as a browser receives them: pages, fragments for scripts, forms that mean what they show."""

import re
from hashlib import sha256

import httpx
import pytest
from browsers import HTML, read_address
from page_form import change, read_fields

from app.architecture import Architecture, Question
from app.architecture.catalogue import KINDS
from app.architecture.form import read_form
from app.architecture.gallery import load_gallery
from app.links import decode_state, encode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

SCRIPT = {**HTML, "HX-Request": "true"}
SLUGS = [example.slug for example in load_gallery()]
PAGES = [
    "/",
    "/examples",
    "/open",
    "/compare",
    "/examples/concatenate-embeddings",
    "/examples/nothing",
    "/?s=x",
]
SMALL = "import keras\nmodel = keras.Sequential([keras.Input((3, 2)), keras.layers.GRU(5)])\n"


def read_heading(html: str) -> str:
    return re.findall(r"<h1[^>]*>([^<]*)</h1>", html)[0]


def without_defaults(architecture: Architecture) -> Architecture:
    """As the form gives it back: no lines of code, and no argument that only says its default."""
    nodes = []
    for node in architecture.nodes:
        said = {
            name: value
            for name, value in node.arguments.items()
            if (argument := KINDS[node.kind].argument(name)) is None or value != argument.default
        }
        nodes.append(node.model_copy(update={"arguments": said, "line": None}))
    return Architecture(name=architecture.name, nodes=tuple(nodes), outputs=architecture.outputs)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_form_of_every_example_means_its_model(client: httpx.Client, slug: str) -> None:
    page = client.get(f"/examples/{slug}", headers=HTML).text
    code = next(example.code for example in load_gallery() if example.slug == slug)
    report = client.post("/api/v1/reports", json={"code": code}).json()
    asked = read_form(read_fields(page)).architecture
    assert asked is not None
    assert asked == without_defaults(Architecture.model_validate(report["architecture"]))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_code_box_holds_the_code_of_the_example(client: httpx.Client, slug: str) -> None:
    page = client.get(f"/examples/{slug}", headers=HTML).text
    code = next(example.code for example in load_gallery() if example.slug == slug)
    assert dict(read_fields(page, "code-form"))["code"] == code


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_title_and_nothing_inline(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers=HTML)
    assert re.search(r"<title>\s*[^<]+ · Kerascope\s*</title>", page.text)
    assert not re.search(r"<style|<script(?![^>]* src=)|\s(style|on\w+)=", page.text)
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_no_id_is_given_twice(client: httpx.Client, path: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', client.get(path, headers=HTML).text)
    assert len(ids) == len(set(ids))


def test_the_same_address_gives_a_script_the_workspace_alone(client: httpx.Client) -> None:
    answer = client.get("/examples/stacked-lstm", headers=SCRIPT)
    assert answer.text.lstrip().startswith('<div id="workspace"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_script_gets_the_workspace_and_the_new_address(client: httpx.Client) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    answer = client.post("/", data=change(fields, n2__units="128"), headers=SCRIPT)
    assert answer.text.lstrip().startswith('<div id="workspace"')
    assert "(None, 128)" in answer.text
    asked = read_address(answer.headers["HX-Replace-Url"]).code
    assert asked == load_gallery()[0].code.replace("LSTM(100)", "LSTM(128)")


def test_a_browser_without_scripts_is_sent_to_the_address_of_the_model(client: httpx.Client) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    answer = client.post("/", data=change(fields, n2__units="128"), headers=HTML)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"], headers=HTML)
    assert page.text.startswith("<!DOCTYPE html>")
    assert "(None, 128)" in page.text


@pytest.mark.parametrize(
    ("changed", "header"),
    [
        ({"n2__units": "7"}, "HX-Replace-Url"),
        ({"n2__kind": "GRU"}, "HX-Push-Url"),
        ({"do": "remove:3"}, "HX-Push-Url"),
        ({"do": "down:1"}, "HX-Push-Url"),
    ],
)
def test_back_undoes_a_step_and_not_a_letter_typed(
    client: httpx.Client, changed: dict[str, str], header: str
) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    headers = client.post("/", data=change(fields, **changed), headers=SCRIPT).headers
    assert [name for name in ("HX-Push-Url", "HX-Replace-Url") if name in headers] == [header]


QUESTION = "How can a 3×50 embedding be connected to an LSTM?"


def test_an_answer_stands_open_beside_the_model_it_is_about_and_no_other(client: httpx.Client) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    code = f"{load_gallery()[0].code}# A remark changes nothing.\n"
    own = client.post("/", data={"code": code, "lesson": SLUGS[0]}, headers=SCRIPT)
    assert 'id="lesson" open' in own.text
    tweaked = client.post("/", data=change(fields, n2__units="7"), headers=SCRIPT)
    assert read_heading(tweaked.text) == QUESTION
    assert "The answer, with the example’s own numbers" in tweaked.text
    assert f'href="/examples/{SLUGS[0]}"' in tweaked.text
    other = client.post("/", data=change(fields, do="remove:3"), headers=SCRIPT)
    assert read_heading(other.text) == "Embedding → LSTM"
    assert 'id="lesson"' not in other.text
    assert "The example’s answer" in other.text


@pytest.mark.parametrize(
    "changed", [{"timesteps": "9"}, {"n2__units": "7"}, {"n2__kind": "GRU"}, {"do": "remove:3"}]
)
def test_a_reload_shows_what_the_page_became(client: httpx.Client, changed: dict[str, str]) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    live = client.post("/", data=change(fields, **changed), headers=SCRIPT)
    address = live.headers.get("HX-Push-Url") or live.headers["HX-Replace-Url"]
    # The keys of the cards count anew.
    shapes = re.compile(r'<section id="shapes".*?</section>', re.DOTALL)
    assert shapes.findall(client.get(address, headers=SCRIPT).text) == shapes.findall(live.text)


def test_a_repair_is_shown_in_place_of_what_it_repairs(client: httpx.Client) -> None:
    page = client.get("/examples/concatenate-embeddings", headers=HTML).text
    address, card = re.findall(r'hx-get="([^"]+)"[^>]*data-card="(\w+)"', page)[0]
    repaired = client.get(address.replace("&amp;", "&"), headers=SCRIPT).text
    assert repaired.lstrip().startswith('<div id="workspace"')
    assert "does not build" not in repaired
    (changed,) = re.findall(
        rf'<li class="card"\s+id="{card}".*?<span class="card-name">(\w+)', repaired, re.DOTALL
    )
    assert changed == "input_interests", "The first layer that is not as it was."


def test_the_cards_keep_their_keys_when_one_comes_between(client: httpx.Client) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    answer = client.post("/", data=change(fields, do="add:1:Dropout"), headers=SCRIPT)
    assert re.findall(r'<li class="card[^"]*"\s+id="(n\d+)"', answer.text) == ["n0", "n1", "n4", "n2", "n3"]


def test_code_that_cannot_be_read_changes_nothing_but_the_place_that_says_so(client: httpx.Client) -> None:
    answer = client.post("/", data={"code": "model = ]"}, headers=SCRIPT)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#fault"
    assert answer.text.lstrip().startswith('<div id="fault"')
    assert "Line 1" in answer.text
    # The address leads back to what was written.
    assert read_address(answer.headers["HX-Replace-Url"]).code == "model = ]"


def test_without_scripts_the_last_pictures_stay_beside_what_was_written(client: httpx.Client) -> None:
    last = encode_state(Question(code=SMALL))
    page = client.post("/", data={"code": "model = ]", "last": last}, headers=HTML)
    assert page.status_code == 422
    assert dict(read_fields(page.text, "code-form"))["code"] == "model = ]"
    assert "5 units" in page.text


def test_a_form_of_nobody_is_refused(client: httpx.Client) -> None:
    assert client.post("/", data={"x": "y"}, headers=SCRIPT).status_code == 400


def test_a_model_too_large_for_the_address_is_shown_and_says_so(client: httpx.Client) -> None:
    noise = "".join(f"# {sha256(bytes([number])).hexdigest()}\n" for number in range(256))
    page = client.post("/", data={"code": noise + SMALL}, headers=SCRIPT)
    assert page.status_code == 200
    assert page.headers["HX-Replace-Url"] == "/"
    assert "too large for the address bar" in page.text


def test_share_answers_with_the_link_for_scripts_and_with_a_page_for_others(client: httpx.Client) -> None:
    state = encode_state(Question(code=SMALL))
    fragment = client.post("/share", data={"s": state}, headers=SCRIPT).text
    page = client.post("/share", data={"s": state}, headers=HTML).text
    (link,) = set(re.findall(r"http://[^\"<]*/a/\w+", fragment + page))
    assert "GRU" in client.get(link, headers=HTML).text


def test_opening_leads_to_the_address_of_the_model(client: httpx.Client) -> None:
    answer = client.post("/open", data={"text": SMALL}, headers=HTML)
    assert answer.status_code == 303
    assert decode_state(answer.headers["Location"].removeprefix("/?s=")).code == SMALL


def test_opening_what_cannot_be_read_keeps_the_text(client: httpx.Client) -> None:
    page = client.post("/open", data={"text": '{"class_name": 3}'}, headers=HTML)
    assert page.status_code in (400, 422)
    assert "{&#34;class_name&#34;: 3}" in page.text


def test_the_theme_is_kept_for_ever_under_an_address_that_changes_with_it(client: httpx.Client) -> None:
    (address,) = re.findall(r"/theme\.css\?v=\w+", client.get("/open", headers=HTML).text)
    theme = client.get(address)
    assert "immutable" in theme.headers["Cache-Control"]
    assert "--k-ink" in theme.text
