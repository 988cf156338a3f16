"""What is folded travels when it is opened: a keystroke's answer has the rest."""

import re
from typing import get_args

import httpx
import pytest

from app.architecture import Question
from app.links import encode_state
from app.web.contexts import Part

SCRIPT = {"Accept": "text/html", "HX-Request": "true"}
SMALL = "import keras\nmodel = keras.Sequential([keras.Input((3, 2)), keras.layers.GRU(5)])\n"
STATE = encode_state(Question(code=SMALL))
TABLE = encode_state(
    Question(
        code="""import numpy as np
from keras import Input, Sequential, layers

train = np.zeros((200, 4))
x = np.array([train[i : i + 10] for i in range(190)])
model = Sequential([Input((10, 4)), layers.LSTM(5)])
""",
        stride=3,
    )
)
EVERY_PART: tuple[str, ...] = get_args(Part)


def list_awaited(page: str) -> list[str]:
    """What the page asks for later: each part by itself when it is opened, and all of them in a moment."""
    return re.findall(r'hx-get="/parts/([\w,]+)', page)


def test_a_page_has_everything(client: httpx.Client) -> None:
    client.get("/", params={"s": STATE}, headers=SCRIPT)  # Kept, so that the page is not shown without it.
    page = client.get("/", params={"s": STATE}, headers={"Accept": "text/html"}).text
    assert not list_awaited(page)
    assert 'class="ledger' in page


def test_an_answer_has_what_is_open(client: httpx.Client) -> None:
    answer = client.get("/", params={"s": STATE}, headers={**SCRIPT, "Open-Parts": "cells"}).text
    assert list_awaited(answer) == ["table", "units", "data", "files", "table,units,data,files"]
    assert 'class="ledger' in answer
    assert '<details class="part" id="cells" open>' in answer


def test_with_everything_folded_an_answer_is_half_as_long(client: httpx.Client) -> None:
    whole, folded = (
        len(client.get("/", params={"s": STATE}, headers=headers).content)
        for headers in (SCRIPT, {**SCRIPT, "Open-Parts": ""})
    )
    assert folded < whole / 2


@pytest.mark.parametrize("names", [*EVERY_PART, ",".join(EVERY_PART)])
def test_a_part_is_the_same_at_once_and_later(names: str, client: httpx.Client) -> None:
    later = client.get(f"/parts/{names}", params={"s": TABLE}, headers={**SCRIPT, "Open-Parts": ""})
    assert later.headers["cache-control"].startswith("private")
    parts = re.findall(r"<hx-partial.*?>(.*?)</hx-partial>", later.text, re.DOTALL)
    assert len(parts) == len(names.split(","))
    page = client.get("/", params={"s": TABLE}, headers=SCRIPT).text
    assert all(part.strip() in page for part in parts)


def test_a_part_is_for_the_place_that_waits_for_it(client: httpx.Client) -> None:
    answer = client.get("/", params={"s": STATE}, headers={**SCRIPT, "Open-Parts": ""}).text
    later = client.get("/parts/table,cells", params={"s": STATE}, headers=SCRIPT).text
    places = re.findall(r'hx-target="#([^"]+)"', later)
    assert len(places) == 2
    assert all(f'id="{place}"' in answer for place in places)


def test_a_model_that_fits_no_link_is_sent_whole(client: httpx.Client) -> None:
    remarks = "".join(f"# {number * 7919 % 100_003}\n" for number in range(3000))
    answer = client.post("/", data={"code": remarks + SMALL}, headers={**SCRIPT, "Open-Parts": ""}).text
    assert 'class="ledger' in answer
    assert not list_awaited(answer)


def test_without_a_script_a_part_is_a_place_on_the_page(client: httpx.Client) -> None:
    answer = client.get("/parts/cells", params={"s": STATE}, headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/?s={STATE}#cells"


def test_there_are_no_other_parts(client: httpx.Client) -> None:
    for names in ("secrets", "table,secrets", "table,"):
        assert client.get(f"/parts/{names}", params={"s": STATE}, headers=SCRIPT).status_code == 400


def test_of_very_many_pictures_the_first_are_shown_and_the_others_counted(client: httpx.Client) -> None:
    stack = [f"LSTM({units}, return_sequences=True)" for units in range(1, 15)]
    state = encode_state(Question(code=f"model = Sequential([Input((3, 2)), {', '.join(stack)}])"))
    later = client.get("/parts/cells,units", params={"s": state}, headers=SCRIPT)
    assert later.status_code == 200
    assert "2 more are of the same form" in later.text


def test_the_line_of_the_units_names_every_layer_of_a_run(client: httpx.Client) -> None:
    walks = "keras.layers.LSTM(2, return_sequences=True, name='lower'), keras.layers.GRU(2, name='upper')"
    code = f"import keras\nmodel = keras.Sequential([keras.Input((3, 2)), {walks}])\n"
    page = client.get("/", params={"s": encode_state(Question(code=code))}, headers=SCRIPT).text
    assert "which unit reads which, in lower → upper" in page
