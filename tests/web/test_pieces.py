"""Of a page with several pieces of code one is shown, and each of the others is a click away."""

import html
import re
import time

import httpx
import pytest

from app.architecture import Question
from app.architecture.code.passages import find_pieces
from app.links import encode_state

HTML = {"Accept": "text/html"}

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


@pytest.fixture(scope="module", autouse=True)
def keras_is_loaded(client: httpx.Client) -> None:
    while client.get("/readyz").status_code != 200:
        time.sleep(0.1)


def show(client: httpx.Client, code: str) -> str:
    return client.get(f"/?s={encode_state(Question(code=code))}", headers=HTML).text


def read_links(page: str) -> dict[str, str]:
    """The addresses of the other pieces, by their words."""
    (row,) = re.findall(r'<nav class="pieces".*?>(.*?)</nav>', page, re.DOTALL)
    links = re.findall(r'<a class="button[^>]*href="([^"]+)"[^>]*>(.*?)</a>', row, re.DOTALL)
    return {" ".join(re.sub(r"<[^>]*>", "", words).split()): html.unescape(href) for href, words in links}


def test_each_piece_with_layers_has_a_page_of_its_own(client: httpx.Client) -> None:
    links = read_links(show(client, PAGE))
    assert list(links) == ["Show piece 3", "Compare two of them"]
    other = client.get(links["Show piece 3"], headers=HTML).text
    assert "<h1" in other
    assert "GRU" in other
    assert "model.add(GRU(16))\n</textarea>" in other


def test_two_pieces_are_compared(client: httpx.Client) -> None:
    page = client.get(read_links(show(client, PAGE))["Compare two of them"], headers=HTML).text
    assert "lstm / gru is LSTM on the left, GRU on the right." in page


def test_one_piece_has_no_others(client: httpx.Client) -> None:
    assert '<nav class="pieces"' not in show(
        client, "Look:\n```\nSequential([Input((3, 1)), LSTM(32)])\n```\n"
    )


def test_a_piece_alone_begins_at_the_margin() -> None:
    assert [piece.line for piece in find_pieces(PAGE)] == [4, 10, 16]
    assert find_pieces(PAGE)[2].alone.startswith("model = Sequential()\nmodel.add(")


def test_the_line_of_a_note_is_a_way_to_it(client: httpx.Client) -> None:
    assert re.search(r'<a class="place"\s+href="#code"\s+data-line="4"[^>]*>Line 4</a>', show(client, PAGE))
