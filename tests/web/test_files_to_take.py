"""What can be taken along says what it holds, and is there to be opened and to be downloaded."""

import html
import re

import httpx
import pytest

from app.architecture import Question
from app.links import encode_state

CODE = "model = keras.Sequential([keras.Input((8, 1)), layers.LSTM(3)])"


def test_every_file_is_named_after_what_it_holds(client: httpx.Client) -> None:
    state = encode_state(Question(code=CODE))
    part = client.get(f"/parts/files?s={state}", headers={"HX-Request": "true"}).text
    row = r'<span>([^<]+)</span>\s*<a href="([^"]+)">Open.*?<a href="([^"]+)">Download'
    files = re.findall(row, part, re.DOTALL)
    assert [name for name, _, _ in files][:3] == [
        "Shapes and timesteps, SVG",
        "Shapes and timesteps, PNG",
        "Data into shape, SVG",
    ]
    for _, opened, downloaded in files:
        shown, saved = client.get(html.unescape(opened)), client.get(html.unescape(downloaded))
        assert shown.status_code == saved.status_code == 200
        assert "attachment" not in shown.headers.get("content-disposition", "")
        assert "attachment" in saved.headers["content-disposition"]


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_a_note_stands_in_its_own_words_and_an_error_under_headings(
    client: httpx.Client, ending: str
) -> None:
    noted = "model = Sequential([Input((8, 1)), LSTM(3)])"
    text = " ".join(
        client.get(f"/api/v1/render.{ending}?s={encode_state(Question(code=noted))}").text.split()
    )
    assert "Add the imports before you run the code." in text
    assert "Expected:" not in text and "To fix it:" not in text
    failing = CODE.replace("LSTM(3)", "LSTM(3), layers.LSTM(3)")
    text = client.get(f"/api/v1/render.{ending}?s={encode_state(Question(code=failing))}").text
    assert "Expected:" in text and "To fix it:" in text
