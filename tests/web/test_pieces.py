"""Of a page with several pieces of code one is shown, and each of the others is a click away."""

import html
import re

import httpx
import pytest
from browsers import HTML

from app.architecture import Question
from app.architecture.code.source.passages import find_pieces
from app.architecture.read import read_question
from app.links import encode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")


PAGE = """How do I choose between these?

```python
model = Sequential([Input((3, 1)), LSTM(32)])
```

It prints:

```
x = 1
```

And the other one, inside of a function:

```python
    model = Sequential()
    model.add(Input((1, 3)))
    model.add(GRU(16))
```
"""


def show(client: httpx.Client, code: str) -> str:
    return client.get(f"/?s={encode_state(Question(code=code))}", headers=HTML).text


def read_links(page: str) -> dict[str, str]:
    """The addresses of the other pieces, by their words."""
    (row,) = re.findall(r'<nav class="pieces".*?>(.*?)</nav>', page, re.DOTALL)
    links = re.findall(r'<a class="button[^>]*href="([^"]+)"[^>]*>(.*?)</a>', row, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]*>", "", words).split()): html.unescape(href) for href, words in links}


def read_shown(page: str) -> str:
    (words,) = re.findall(r'<strong class="button small" aria-current="true">(.*?)</strong>', page)
    return str(words)


def test_pieces_are_named_by_their_layers_and_each_is_a_click_away(client: httpx.Client) -> None:
    first = show(client, PAGE)
    links = read_links(first)
    assert read_shown(first) == "1 (3, 1) → LSTM"
    assert list(links) == ["Show model 2 (1, 3) → GRU"]
    other = client.get(links["Show model 2 (1, 3) → GRU"], headers=HTML).text
    assert "GRU" in re.findall(r'<h1 id="headline".*?</h1>', other, re.DOTALL)[0]


def test_the_text_stays_whole_and_the_way_back_stays(client: httpx.Client) -> None:
    other = client.get(read_links(show(client, PAGE))["Show model 2 (1, 3) → GRU"], headers=HTML).text
    assert html.escape(PAGE, quote=False) in html.unescape(other)
    assert read_shown(other) == "2 (1, 3) → GRU"
    assert list(read_links(other)) == ["Show model 1 (3, 1) → LSTM"]
    assert '<input type="hidden" name="piece" id="code-piece" value="3">' in other


def test_the_chosen_piece_is_the_one_that_is_changed(client: httpx.Client) -> None:
    fields = {"code": PAGE.replace("GRU(16)", "GRU(5)"), "piece": "3"}
    page = client.post("/", data=fields, headers={"HX-Request": "true"}).text
    assert read_shown(page) == "2 (1, 3) → GRU"
    assert "(None, 5)" in page


def test_a_layer_of_the_chosen_piece_is_changed_in_the_text() -> None:
    asked = Question(code=PAGE, piece=3)
    architecture = read_question(asked).architecture
    (gru,) = (node for node in architecture.nodes if node.kind == "GRU")
    changed = architecture.replace(gru.name, gru.with_arguments(units=7))
    reading = read_question(Question(architecture=changed, own_code=PAGE, piece=3))
    assert reading.code == PAGE.replace("GRU(16)", "GRU(7)")


def test_a_piece_that_cannot_be_read_leaves_the_way_to_the_others(client: httpx.Client) -> None:
    text = PAGE.replace("GRU(16)", "GRUU(16)")
    asked = Question(code=text, piece=3)
    response = client.get(f"/?s={encode_state(asked)}", headers=HTML)
    assert "Show model 1 (3, 1) → LSTM" in read_links(response.text)


def test_a_number_that_no_piece_has_leaves_the_choice_to_the_reader(client: httpx.Client) -> None:
    page = client.get(f"/?s={encode_state(Question(code=PAGE, piece=9))}", headers=HTML).text
    assert read_shown(page) == "1 (3, 1) → LSTM"


def test_the_shown_piece_is_compared_with_a_chosen_one(client: httpx.Client) -> None:
    page = show(client, PAGE)
    choices = page.partition('id="other-of-pieces"')[2]
    assert re.findall(r'<option value="(\d)">(.*?)</option>', choices)[:1] == [("3", "2 (1, 3) → GRU")]
    (shown,) = re.findall(r'<input type="hidden" name="a" value="([^"]+)">', page)
    compared = client.get("/compare", params={"a": shown, "b": "3"}, headers=HTML).text
    assert "Another layer: LSTM in A, GRU in B." in compared
    assert "Model 1 of your text: LSTM" in compared
    assert "Model 2 of your text: GRU" in compared


def test_how_many_models_there_are_stands_above_the_shapes_and_which_is_shown(client: httpx.Client) -> None:
    words = " ".join(re.sub(r"<[^>]*>", " ", show(client, PAGE)).split())
    assert "2 models in your text. Shown: 1, from line 4 on." in words


ALIKE = "\n".join(f"Text.\n```\nSequential([Input((3,)), Dense({units})])\n```" for units in (1, 2))


def test_pieces_of_the_same_layers_are_told_apart_by_their_lines(client: httpx.Client) -> None:
    page = show(client, ALIKE)
    assert read_shown(page) == "1 (3,) → Dense · line 3"
    assert list(read_links(page)) == ["Show model 2 (3,) → Dense · line 7"]


LISTED = """Which of these two is right for my data? I cannot tell them apart.

  1. trainX = (53394, 3, 1)
    model.add(LSTM(32, input_shape=(trainX.shape[1], trainX.shape[2])))
  2. trainX = (53394, 1, 3)
    model.add(LSTM(32, input_shape=(trainX.shape[1], trainX.shape[2])))
"""


def test_each_model_of_a_numbered_list_is_a_piece(client: httpx.Client) -> None:
    page = show(client, LISTED)
    assert read_shown(page) == "1 (3, 1) → LSTM"
    assert list(read_links(page)) == ["Show model 2 (1, 3) → LSTM"]


def test_a_listing_with_numbered_lines_is_one_piece() -> None:
    lines = ["model = Sequential()", "model.add(LSTM(4, input_shape=(3, 1)))", "model.add(Dense(1))"]
    listing = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    assert len(find_pieces(f"So I have tried this one here:\n\n{listing}\n")) == 1


def test_one_piece_has_no_others(client: httpx.Client) -> None:
    assert '<nav class="pieces"' not in show(
        client, "Look:\n```\nSequential([Input((3, 1)), LSTM(32)])\n```\n"
    )


def test_a_piece_alone_begins_at_the_margin() -> None:
    assert [piece.line for piece in find_pieces(PAGE)] == [4, 10, 16]
    assert [piece.kinds for piece in find_pieces(PAGE)] == [["LSTM"], [], ["GRU"]]
    assert find_pieces(PAGE)[2].alone.startswith("model = Sequential()\nmodel.add(")


def test_the_line_of_a_note_is_a_way_to_it(client: httpx.Client) -> None:
    assert re.search(r'<a class="place"\s+href="#code"\s+data-line="4"[^>]*>Line 4</a>', show(client, PAGE))
