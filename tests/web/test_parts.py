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
EVERY_PART: tuple[str, ...] = get_args(Part)


def list_awaited(page: str) -> list[str]:
    """The parts that the page asks for later."""
    return re.findall(r'hx-get="/parts/(\w+)', page)


def test_a_page_has_everything(client: httpx.Client) -> None:
    client.get("/", params={"s": STATE}, headers=SCRIPT)  # Kept, so that the page is not shown without it.
    page = client.get("/", params={"s": STATE}, headers={"Accept": "text/html"}).text
    assert not list_awaited(page)
    assert 'class="ledger' in page


def test_an_answer_has_what_is_open(client: httpx.Client) -> None:
    answer = client.get("/", params={"s": STATE}, headers={**SCRIPT, "Open-Parts": "cells"}).text
    assert list_awaited(answer) == ["table", "units", "data", "files"]
    assert 'class="ledger' in answer
    assert '<details class="part" id="cells" open>' in answer


def test_with_everything_folded_an_answer_is_half_as_long(client: httpx.Client) -> None:
    whole, folded = (
        len(client.get("/", params={"s": STATE}, headers=headers).content)
        for headers in (SCRIPT, {**SCRIPT, "Open-Parts": ""})
    )
    assert folded < whole / 2


@pytest.mark.parametrize("part", EVERY_PART)
def test_a_part_is_the_same_at_once_and_later(part: str, client: httpx.Client) -> None:
    later = client.get(f"/parts/{part}", params={"s": STATE}, headers={**SCRIPT, "Open-Parts": ""})
    assert later.headers["cache-control"].startswith("private")
    assert later.text.strip() in client.get("/", params={"s": STATE}, headers=SCRIPT).text


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
    assert client.get("/parts/secrets", params={"s": STATE}, headers=SCRIPT).status_code == 400
