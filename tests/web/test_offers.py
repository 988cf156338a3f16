"""The page offers typed sequences and a run only where they have something to show."""

import re

import httpx
import pytest

from app.architecture import Question
from app.architecture.sequences import Sequences
from app.links import encode_state

TYPED = Sequences(rows=((1, 2),))


def list_parts(client: httpx.Client, layers: str, sequences: Sequences | None = None) -> list[str]:
    question = Question(code=f"model = keras.Sequential([{layers}])", sequences=sequences)
    page = client.get(f"/?s={encode_state(question)}", headers={"HX-Request": "true"}).text
    return re.findall(r'class="part" id="(masks|values)"', page)


@pytest.mark.parametrize(
    ("layers", "offered"),
    [
        ("keras.Input((8,)), layers.Embedding(9, 4), layers.LSTM(3)", ["masks", "values"]),
        ("keras.Input((8, 1)), layers.LSTM(3)", ["masks", "values"]),
        ("keras.Input((8, 2)), layers.Masking(), layers.LSTM(3)", ["masks", "values"]),
        ("keras.Input((8, 2)), layers.LSTM(3)", ["values"]),
        ("keras.Input((8, 1)), layers.LSTM(3), layers.LSTM(3)", []),
        ("keras.Input((8, 2))", []),
    ],
    ids=["tokens", "one feature", "a mask is made", "several features", "fails", "only an input"],
)
def test_a_part_is_offered_where_it_has_something_to_show(
    client: httpx.Client, layers: str, offered: list[str]
) -> None:
    assert list_parts(client, layers) == offered


def test_sequences_that_are_typed_can_still_be_changed(client: httpx.Client) -> None:
    assert list_parts(client, "keras.Input((8, 2)), layers.LSTM(3)", TYPED) == ["masks", "values"]
    assert list_parts(client, "keras.Input((8, 1)), layers.LSTM(3), layers.LSTM(3)", TYPED) == ["masks"]


def test_values_speak_of_gates_only_where_a_layer_has_some(client: httpx.Client) -> None:
    for layer, said in (("LSTM(3)", "in every gate and state"), ("Conv1D(3, 2)", "that leave every layer")):
        code = f"model = keras.Sequential([keras.Input((8, 1)), layers.{layer}])"
        page = client.get(f"/?s={encode_state(Question(code=code))}", headers={"HX-Request": "true"}).text
        assert f"run the model once, and see the numbers {said}" in page
