"""The button that draws every timestep: the link and the files keep what was chosen."""

import re

import httpx
import pytest
from browsers import HTML

from app.links import decode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

SCRIPT = {"HX-Request": "true"}
LONG = "model = keras.Sequential([keras.Input((30, 3)), keras.layers.LSTM(8)])\n"


def list_drawn(page: str) -> set[str]:
    return set(re.findall(r'data-step="(\d+)"', page))


def test_identical_blocks_are_drawn_again_and_again_when_asked_for(client: httpx.Client) -> None:
    blocks = "".join("keras.layers.LSTM(3, return_sequences=True), " for _ in range(70))
    code = f"model = keras.Sequential([keras.Input((4, 3)), {blocks}])\n"
    folded = client.post("/", data={"code": code}, headers=SCRIPT).text
    assert "draw every layer and timestep" in folded
    assert folded.count("× 70 identical layers") == 2, "in the shapes and through time"
    unfolded = client.post("/", data={"code": code, "unfolded": "1"}, headers=SCRIPT).text
    assert unfolded.count("× 70 identical layers") == 1


def test_the_middle_of_30_timesteps_is_drawn_when_asked_for(client: httpx.Client) -> None:
    folded = client.post("/", data={"code": LONG}, headers=SCRIPT).text
    assert list_drawn(folded) == {"0", "1", "2", "29"}
    assert "draw every timestep" in folded
    answer = client.post("/", data={"code": LONG, "unfolded": "1"}, headers=SCRIPT)
    assert list_drawn(answer.text) == {str(step) for step in range(30)}
    assert "fold again" in answer.text
    address = answer.headers.get("HX-Push-Url") or answer.headers["HX-Replace-Url"]
    state = address.partition("s=")[2]
    assert decode_state(state).unfolded
    assert list_drawn(client.get(address, headers=HTML).text) == list_drawn(answer.text)
    assert "t₁₅" in client.get(f"/api/v1/render.time.svg?s={state}").text


def test_what_is_all_drawn_has_nothing_to_unfold(client: httpx.Client) -> None:
    page = client.post("/", data={"code": LONG.replace("30", "4")}, headers=SCRIPT).text
    assert "draw every timestep" not in page
    page = client.post("/", data={"code": LONG.replace("30", "300")}, headers=SCRIPT).text
    assert "draw every timestep" not in page
