"""A misspelt name comes with the way to the code in which it is put right, whoever asks and however."""

import html
import re

import httpx

from app.architecture import Question
from app.links import decode_state, encode_state

MISSPELT = "model = Sequential([Input((10,)), Embeding(10, 4)])  # mine"
BEHIND = "model = Sequential()\nmodel.add(Input((8, 4)))\nmodel.add(LSTM(2))\nmodel.add(Desne(1))\n"


def find_repairs(page: str) -> list[str]:
    """The code behind each button that says `Use this`."""
    states = re.findall(r'hx-get="/\?s=([^"&]+)', html.unescape(page))
    return [decode_state(state, 100_000).code or "" for state in states]


def test_where_nothing_can_be_read_the_fault_has_the_repair(client: httpx.Client) -> None:
    answer = client.post("/", data={"code": MISSPELT}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert find_repairs(answer.text) == [MISSPELT.replace("Embeding", "Embedding")]


def test_the_page_of_such_code_has_it_as_well(client: httpx.Client) -> None:
    state = encode_state(Question(code=MISSPELT))
    page = client.get(f"/?s={state}", headers={"Accept": "text/html"}).text
    assert find_repairs(page) == [MISSPELT.replace("Embeding", "Embedding")]


def test_where_a_part_can_be_read_the_problem_has_it(client: httpx.Client) -> None:
    page = client.post("/", data={"code": BEHIND}, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert find_repairs(page.text) == [BEHIND.replace("Desne", "Dense")]


def test_a_program_gets_it_with_the_report(client: httpx.Client) -> None:
    report = client.post("/api/v1/reports", json={"code": BEHIND}).json()
    (repair,) = report["problems"][0]["repairs"]
    assert (repair["code"], repair["output_shapes"]) == (BEHIND.replace("Desne", "Dense"), [[None, 1]])


def test_the_pictures_say_beside_them_that_they_are_older(client: httpx.Client) -> None:
    page = client.get("/").text
    assert 'id="outdated"' in page.split('id="shapes-figure"')[0]
