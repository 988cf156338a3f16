"""Notes on code stand below the pictures; those about which there is no doubt fold into one."""

import re

import httpx
import pytest
from browsers import HTML

from app.architecture import Question
from app.links import encode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

FORUM = """  1. trainX = (53394, 3, 1)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))
"""


def read_notes(client: httpx.Client, code: str) -> str:
    page = client.get(f"/?s={encode_state(Question(code=code))}", headers=HTML).text
    (notes,) = re.findall(r'<div id="notes">(.*?)</div>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", notes).split())


def test_what_a_part_of_a_program_lacks_is_one_note(client: httpx.Client) -> None:
    words = read_notes(client, FORUM)
    assert words.startswith("5 things to tidy up before you run this code yourself")
    for remark in (
        "list, were left out",
        "model is not made",
        "not imported",
        "is a tuple",
        "older spelling",
    ):
        assert remark in words


def test_one_or_two_of_them_stand_by_themselves(client: httpx.Client) -> None:
    words = read_notes(client, "model = Sequential([LSTM(32, input_shape=(3, 1))])")
    assert words.startswith("2 notes Line 1")


def test_a_note_that_says_what_else_may_be_meant_is_never_folded(client: httpx.Client) -> None:
    words = read_notes(client, FORUM.replace("32", "units"))
    assert words.startswith("1 note Line 2 . The code does not say what units is.")
    assert "5 things to tidy up" in words
