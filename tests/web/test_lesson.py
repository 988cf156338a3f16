"""An example's question stands over its own model, over the same one with other numbers, over no other."""

import html
import re

import httpx
import pytest
from browsers import HTML

from app.architecture import Question
from app.architecture.code import read_code
from app.architecture.gallery import Example, load_gallery
from app.links import encode_state
from app.web.lesson import Lesson, find_alike, keep_lesson

SCRIPT = {**HTML, "HX-Request": "true"}
EXAMPLES = load_gallery()
FIRST = EXAMPLES[0]
STACKED = next(example for example in EXAMPLES if example.slug == "stacked-lstm")
CHANGED = "You changed the example."

SENTIMENT = """# Another model of the same layers
from keras import layers, Sequential

pytestmark = pytest.mark.usefixtures("keras_is_loaded")
model = Sequential([layers.Embedding(20000, 128, input_length=80), layers.LSTM(64), layers.Dense(1)])
"""


def ask(code: str, example: Example | None = None) -> Lesson | None:
    return keep_lesson(Question(code=code), read_code(code).architecture, example)


def read_heading(page: str) -> str:
    return str(re.findall(r"<h1[^>]*>([^<]*)</h1>", page)[0])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
def test_every_example_is_known_by_its_code(example: Example) -> None:
    assert ask(example.code, example) == Lesson(example=example, unchanged=True)
    for own in (ask(example.code), ask(example.code, FIRST), ask(f"# A remark.\n\n{example.code}", example)):
        assert own is not None
        assert own.example == example and own.unchanged


def test_code_that_is_pasted_is_said_to_be_that_of_an_example(client: httpx.Client) -> None:
    said = "The code is that of this example."
    for code, begun in ((STACKED.code, FIRST), (f"# Mine.\n{FIRST.code}", FIRST)):
        pasted = client.post("/", data={"code": code, "lesson": begun.slug}, headers=SCRIPT).text
        assert said in pasted and "An example. Change" not in pasted
    assert said in client.get(f"/?s={encode_state(Question(code=STACKED.code))}", headers=HTML).text
    opened = client.get(f"/examples/{STACKED.slug}", headers=HTML).text
    assert said not in opened and "An example. Change any number and see." in opened


def test_another_number_is_the_example_changed() -> None:
    code = FIRST.code.replace("LSTM(100)", "LSTM(7)")
    assert ask(code, FIRST) == Lesson(example=FIRST, unchanged=False)
    assert ask(code) is None


@pytest.mark.parametrize("code", [SENTIMENT, FIRST.code.replace("sigmoid", "relu")])
def test_other_code_of_the_same_layers_is_not_the_example(code: str) -> None:
    assert ask(code, FIRST) is None


def test_another_model_takes_the_title_and_the_address_with_it(client: httpx.Client) -> None:
    answer = client.post("/", data={"code": SENTIMENT, "lesson": FIRST.slug}, headers=SCRIPT)
    assert read_heading(answer.text) == "Embedding → LSTM → Dense"
    assert "example=" not in answer.headers["HX-Replace-Url"]
    # An address from before that still names the example.
    state = encode_state(Question(code=SENTIMENT))
    page = client.get(f"/?s={state}&example={FIRST.slug}", headers=HTML).text
    assert read_heading(page) == "Embedding → LSTM → Dense"
    assert FIRST.title not in page.partition("</title>")[0]
    assert 'id="lesson"' not in page


def test_a_tweak_is_labelled(client: httpx.Client) -> None:
    code = FIRST.code.replace("LSTM(100)", "LSTM(7)")
    tweaked = client.post("/", data={"code": code, "lesson": FIRST.slug}, headers=SCRIPT).text
    assert read_heading(tweaked) == FIRST.title
    assert CHANGED in tweaked
    assert CHANGED not in client.get(f"/examples/{FIRST.slug}", headers=HTML).text


def share(client: httpx.Client, code: str, example: Example) -> str:
    fields = {"s": encode_state(Question(code=code)), "lesson": example.slug}
    sheet = client.post("/share", data=fields, headers=SCRIPT).text
    return str(re.findall(r'value="([^"]+)"', sheet)[0])


def test_a_shared_example_keeps_its_question_and_its_answer(client: httpx.Client) -> None:
    url = share(client, STACKED.code, STACKED)
    assert "?" not in url
    page = client.get(url, headers=HTML).text
    assert read_heading(page) == STACKED.title
    assert 'id="lesson" open' in page


def test_a_shared_tweak_keeps_the_answer_as_it_was(client: httpx.Client) -> None:
    url = share(client, FIRST.code.replace("LSTM(100)", "LSTM(7)"), FIRST)
    assert url.endswith(f"?example={FIRST.slug}")
    page = client.get(url, headers=HTML).text
    assert read_heading(page) == FIRST.title
    assert "The answer, with the example’s own numbers" in page


def test_the_share_form_carries_the_example(client: httpx.Client) -> None:
    page = client.get(f"/examples/{STACKED.slug}", headers=HTML).text
    assert re.search(rf'form="share"\s+name="lesson"\s+id="share-lesson"\s+value="{STACKED.slug}"', page)


def test_what_is_shared_is_there_as_files_behind_its_short_address(client: httpx.Client) -> None:
    fields = {"s": encode_state(Question(code=FIRST.code))}
    for headers in (HTML, SCRIPT):
        sheet = client.post("/share", data=fields, headers=headers).text
        picture = re.findall(r"!\[Shapes and timesteps\]\(([^)]+)\)", sheet)[0]
        assert f'href="{picture}"' in sheet
        assert client.get(picture).headers["content-type"].startswith("image/svg+xml")


def test_while_code_cannot_be_read_nothing_acts_on_the_model_before_it(client: httpx.Client) -> None:
    last = encode_state(Question(code=STACKED.code))
    page = client.post("/", data={"code": "model = (", "last": last}, headers=HTML).text
    assert re.search(r'<button class="button primary" disabled>Share</button>', page)
    assert "Use this" not in page
    assert "The Share button works again once this one can be read too" in page


def test_on_a_short_link_the_picture_to_embed_has_the_short_address(client: httpx.Client) -> None:
    url = share(client, STACKED.code, STACKED)
    assert f'value="![Shapes and timesteps]({url}.svg)"' in client.get(url, headers=HTML).text


OF_THE_FIRST = {
    "a line more": FIRST.code.replace("    LSTM(100)", "    Dropout(0.5),\n    LSTM(100)"),
    "another word": FIRST.code.replace("sigmoid", "relu"),
    "a size in the middle of being typed": FIRST.code.replace("LSTM(100)", "LSTM()"),
}


@pytest.mark.parametrize("code", OF_THE_FIRST.values(), ids=list(OF_THE_FIRST))
def test_code_that_was_made_of_an_example_has_the_way_back(client: httpx.Client, code: str) -> None:
    answer = client.post("/", data={"code": code, "lesson": FIRST.slug}, headers=SCRIPT)
    link = f'From the example: <a href="/examples/{FIRST.slug}">{html.escape(FIRST.title)}</a>'
    assert link in " ".join(answer.text.split())
    page = client.get(answer.headers["HX-Replace-Url"], headers=HTML).text
    assert link in " ".join(page.split())


def test_an_example_that_was_left_for_a_moment_is_found_again(client: httpx.Client) -> None:
    left = client.post("/", data={"code": SENTIMENT, "lesson": FIRST.slug}, headers=SCRIPT).text
    (carried,) = set(re.findall(r'name="lesson"\s+id="(?:layers|code)-lesson"\s+value="([^"]*)"', left))
    back = client.post("/", data={"code": f"{FIRST.code}#", "lesson": carried}, headers=SCRIPT).text
    assert read_heading(back) == FIRST.title


OTHER_NAMES = {
    "embedding-to-lstm": "Sequential([Input((7,)), Embedding(900, 5, name='words'), LSTM(6), Dense(2)])",
    "stacked-lstm": "Sequential([Input((4, 2)), LSTM(1, return_sequences=True), "
    "LSTM(2, return_sequences=True), LSTM(3), Dense(4)])",
    "three-timesteps-of-one-feature": "Sequential([Input((3, 1)), LSTM(5)])",
    "one-timestep-of-three-features": "Sequential([Input((1, 3)), LSTM(5)])",
    "one-lstm-cell": "Sequential([Input((5, 3)), LSTM(4)])",
}


@pytest.mark.parametrize(("slug", "code"), OTHER_NAMES.items(), ids=list(OTHER_NAMES))
def test_a_model_of_the_same_layers_looks_like_the_example_nearest_to_it(slug: str, code: str) -> None:
    alike = find_alike(read_code(code).architecture)
    assert alike is not None
    assert alike.slug == slug


@pytest.mark.parametrize(
    "code",
    [
        "Sequential([Input((7,)), Embedding(900, 5), GRU(6), Dense(2)])",
        "Sequential([Input((7,)), Embedding(900, 5), LSTM(6), Dense(2), Dense(1)])",
        # The answer of the example with these layers is about its numbers.
        "Sequential([Input((8, 3)), LSTM(3, return_sequences=True), LSTM(3)])",
    ],
)
def test_a_model_of_other_layers_looks_like_no_example(code: str) -> None:
    assert find_alike(read_code(code).architecture) is None


@pytest.mark.parametrize("layers", ["LSTM(3), LSTM(3)", "LSTM(64), LSTM(32), Dense(1)"])
def test_a_model_that_fails_leads_to_the_example_that_explains_why(client: httpx.Client, layers: str) -> None:
    page = client.post("/", data={"code": f"Sequential([Input((8, 3)), {layers}])"}, headers=SCRIPT).text
    link = f'This looks like: <a href="/examples/{STACKED.slug}">'
    assert link in " ".join(page.split())


def test_the_example_that_a_pasted_model_looks_like_is_offered(client: httpx.Client) -> None:
    state = encode_state(Question(code=OTHER_NAMES["stacked-lstm"]))
    page = client.get(f"/?s={state}", headers=HTML).text
    assert f'This looks like: <a href="/examples/stacked-lstm">{STACKED.title}</a>' in page
    assert "This looks like" not in client.get("/examples/stacked-lstm", headers=HTML).text
    assert "The example’s answer" in page
    assert "its numbers are its own" in page
    assert 'id="lesson-alike">' in page


def test_the_answer_stands_open_beside_a_model_with_all_numbers_of_the_example(client: httpx.Client) -> None:
    code = f"How do I stack these?\n\n{STACKED.code}\n\nand why?\n"
    page = client.get(f"/?s={encode_state(Question(code=code))}", headers=HTML).text
    assert f'This looks like: <a href="/examples/stacked-lstm">{STACKED.title}</a>' in page
    assert 'id="lesson-alike" open>' in page
    assert "The example has the same layers and numbers as your model." in page


def test_a_repair_that_leaves_the_layers_leaves_the_title(client: httpx.Client) -> None:
    example = next(one for one in EXAMPLES if one.slug == "concatenate-embeddings")
    page = client.get(f"/examples/{example.slug}", headers=HTML).text
    longer, other = re.findall(r'href="([^"]+)"[^>]*?data-done="([^"]+)"', page, re.DOTALL)
    assert longer[1].startswith("Give input_interests and input_history a fixed sequence length")
    repaired = client.get(html.unescape(longer[0]), headers=SCRIPT).text
    assert html.unescape(read_heading(repaired)) == example.title
    assert CHANGED in repaired
    assert other[1].startswith("Use GlobalAveragePooling1D")
    pooled = client.get(html.unescape(other[0]), headers=SCRIPT).text
    assert "From the example:" in pooled
