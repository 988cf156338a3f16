"""Two models side by side: every row has the same columns, and a side that is none is said at its field."""

import re
import time

import httpx
import pytest

from app.architecture import Question
from app.links import encode_state

HTML = {"Accept": "text/html"}
MODEL = "Sequential([Input((8, 4)), {}Dense(1)])"


@pytest.fixture(scope="module", autouse=True)
def keras_is_loaded(client: httpx.Client) -> None:
    while client.get("/readyz").status_code != 200:
        time.sleep(0.1)


def write_side(layers: str) -> str:
    return encode_state(Question(code=MODEL.format(layers)))


@pytest.mark.parametrize(("left", "right"), [("LSTM(2), ", ""), ("", "LSTM(2), ")])
def test_a_layer_of_one_side_only_leaves_the_columns_as_they_are(
    client: httpx.Client, left: str, right: str
) -> None:
    page = client.get(f"/compare?a={write_side(left)}&b={write_side(right)}", headers=HTML).text
    (table,) = re.findall(r'<table class="pairs">.*?</table>', page, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert len(rows) == 5
    assert "no such layer" in table
    assert [len(re.findall(r"<t[dh]\b", row)) for row in rows] == [4] * 5
    assert "colspan" not in table


@pytest.mark.parametrize("asked", ["hello", "http://[", "", "AbaIvplmFnc"])
def test_a_side_that_is_none_is_said_at_its_field_and_the_other_one_is_kept(
    client: httpx.Client, asked: str
) -> None:
    response = client.get("/compare", params={"a": asked, "b": "stacked-lstm"}, headers=HTML)
    assert response.status_code == 404
    assert f"&#39;{asked}&#39; is neither an example nor a link." in response.text
    assert re.search(r'id="side-a"[^>]*aria-describedby="side-a-fault"', response.text)
    assert 'id="side-b-fault"' not in response.text
    assert 'value="stacked-lstm"' in response.text


def test_a_side_that_cannot_be_read_says_why(client: httpx.Client) -> None:
    state = encode_state(Question(code="x = 1"))
    response = client.get(f"/compare?a=stacked-lstm&b={state}", headers=HTML)
    assert response.status_code == 422
    assert re.search(r'id="side-b-fault">\s*<strong>There is no model in this code', response.text)
