"""The pages as a browser receives them: pages, fragments for scripts, forms that mean what they show."""

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from app.architecture import Architecture, Node, Question
from app.architecture.catalogue import KINDS
from app.architecture.form import read_form
from app.architecture.gallery import load_gallery
from app.links import decode_state, encode_state
from app.main import create_app
from app.settings import Settings
from app.web import contexts
from app.web.contexts import Context
from app.web.render import TEMPLATES

HTML = {"Accept": "text/html"}
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

Fields = list[tuple[str, str]]


@pytest.fixture(scope="module", autouse=True)
def keras_is_loaded(client: httpx.Client) -> None:
    while client.get("/readyz").status_code != 200:
        time.sleep(0.1)


class FormReader(HTMLParser):
    """What a browser submits of the form with that id, untouched and without a button."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.fields: Fields = []
        self._form = form
        self._inside = False
        self._select = ""
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = given.get("id") == self._form
        if not self._inside:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and name and (given["type"] != "checkbox" or "checked" in given):
            self.fields.append((name, value))
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and "selected" in given:
            # Without a value the option's text is what counts; it is the next data.
            self.fields.append((self._select, value))
            self._textarea = None if "value" in given else self._select
        if tag == "textarea":
            self.fields.append((name, ""))
            self._textarea = name

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.fields[-1] = (self._textarea, data.removeprefix("\n"))
            self._textarea = None

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"
        if tag == "select":
            self._select = ""


def read_fields(html: str, form: str = "layers") -> Fields:
    reader = FormReader(form)
    reader.feed(html)
    return reader.fields


def read_address(address: str) -> Question:
    """The question in the address of a page."""
    return decode_state(address.removeprefix("/?s=").partition("&")[0])


def read_heading(html: str) -> str:
    return re.findall(r"<h1[^>]*>([^<]*)</h1>", html)[0]


def change(fields: Fields, **changed: str) -> dict[str, list[str]]:
    """The fields as they are posted, some typed over; `n2__units` is the field `n2.units`."""
    typed = {name.replace("__", "."): value for name, value in changed.items()}
    posted: dict[str, list[str]] = {}
    for name, value in fields:
        # What is typed over keeps its place: layers come in the order of their fields.
        posted.setdefault(name, []).append(value)
    return {**posted, **{name: [value] for name, value in typed.items()}}


def without_defaults(architecture: Architecture) -> Architecture:
    """As the form gives it back: no lines of code, and no argument that only says its default."""
    nodes = []
    for node in architecture.nodes:
        said = {
            name: value
            for name, value in node.arguments.items()
            if (argument := KINDS[node.kind].argument(name)) is None or value != argument.default
        }
        nodes.append(Node(kind=node.kind, name=node.name, arguments=said, inbound=node.inbound))
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


def test_before_keras_is_loaded_a_page_is_there_and_fetches_its_answer(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))

    async def ask_without_builders(path: str) -> str:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get(path, headers=HTML)).text

    # In a thread of its own: the browser's tests, in the same run, have an event loop in this one.
    with ThreadPoolExecutor() as threads:
        page = threads.submit(asyncio.run, ask_without_builders("/examples/stacked-lstm")).result()
    assert "Keras is being asked" in page
    assert 'hx-get="/examples/stacked-lstm"' in page
    assert '<a href="/examples/stacked-lstm">Look again</a>' in page
    assert not re.search(r"<button[^>]* disabled", page), "The bar stays as it is when the answer comes."


def test_a_server_that_stops_says_so_to_whoever_still_waits(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path / 'links.db'}"))

    async def stop_while_asking() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            asked = asyncio.create_task(client.get("/", headers=SCRIPT))
            await asyncio.sleep(0.2)
            # What the server does to the requests that outlast its patience.
            asked.cancel()
            return await asked

    with ThreadPoolExecutor() as threads:
        answer = threads.submit(asyncio.run, stop_while_asking()).result()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "shutting down" in answer.text


def test_the_same_address_gives_a_script_the_workspace_alone(client: httpx.Client) -> None:
    answer = client.get("/examples/stacked-lstm", headers=SCRIPT)
    assert answer.text.lstrip().startswith('<div id="workspace"')
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_script_gets_the_workspace_and_the_new_address(client: httpx.Client) -> None:
    fields = read_fields(client.get("/", headers=HTML).text)
    answer = client.post("/", data=change(fields, n2__units="128"), headers=SCRIPT)
    assert answer.text.lstrip().startswith('<div id="workspace"')
    assert "(None, 128)" in answer.text
    asked = read_address(answer.headers["HX-Replace-Url"]).architecture
    assert asked is not None
    assert asked.node("lstm").arguments["units"] == 128


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
    assert "The answer, about the example as it was" in tweaked.text
    assert f'href="/examples/{SLUGS[0]}"' in tweaked.text
    other = client.post("/", data=change(fields, do="remove:3"), headers=SCRIPT)
    assert read_heading(other.text) == "Embedding → LSTM"
    assert "The answer" not in other.text


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


CONTEXTS = [
    value for value in vars(contexts).values() if isinstance(value, type) and issubclass(value, Context)
]


@pytest.mark.parametrize("context", [context for context in CONTEXTS if context is not Context])
def test_every_page_has_a_documented_context_and_a_template(context: type[Context]) -> None:
    assert context.__doc__
    assert (TEMPLATES / context.template).is_file()


@pytest.mark.parametrize("path", sorted((TEMPLATES / "fragments").glob("*.html")), ids=lambda path: path.stem)
def test_a_fragment_has_one_root_whose_id_is_its_name(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
    root = re.match(r'<(\w+)[^>]*\sid="([^"]+)"', source)
    assert root is not None
    assert root[2] == path.stem
    assert source.endswith(f"</{root[1]}>")
