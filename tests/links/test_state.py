"""The question inside the link: the same text for the same question, and a clear word for every damage."""

import json
import re
import zlib
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from app.architecture import Question
from app.links import decode_state, encode_state
from app.problems import ArchitectureError, StateUnreadable

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "links.md"

CODE = "model = Sequential([Input((3, 1)), LSTM(32)])  # 32 ≠ 3 timesteps\n"
NODES = [
    {"kind": "InputLayer", "name": "series", "arguments": {"batch_shape": [None, 3, 1]}},
    {"kind": "LSTM", "name": "lstm", "arguments": {"units": 32, "activation": None}, "inbound": ["series"]},
]

QUESTIONS = {
    "code": Question(code=CODE),
    "other timesteps": Question(code=CODE, timesteps=5),
    "other inputs": Question(code=CODE, inputs={"series": (None, None, 2)}),
    "architecture": Question.model_validate({"architecture": {"nodes": NODES}}),
    "keras": Question(keras={"class_name": "Sequential", "config": {"layers": []}}),
}


def pack(content: bytes) -> str:
    return urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_what_goes_in_comes_out(question: Question) -> None:
    assert decode_state(encode_state(question)) == question


def test_an_argument_that_is_null_is_not_one_left_out() -> None:
    question = decode_state(encode_state(QUESTIONS["architecture"]))
    assert question.architecture is not None
    assert question.architecture.node("lstm").arguments == {"units": 32, "activation": None}


def test_defaults_given_and_defaults_left_out_are_the_same_link() -> None:
    assert encode_state(Question(code=CODE, timesteps=8, inputs={})) == encode_state(Question(code=CODE))


def test_the_order_of_keys_makes_no_other_link() -> None:
    one, other = ({"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1})
    assert encode_state(Question(keras=one)) == encode_state(Question(keras=other))


def test_the_documented_recipe_makes_the_very_same_text() -> None:
    recipe = re.search(r"```python\n(.+?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    assert recipe
    names: dict[str, object] = {}
    exec(recipe[1], names)  # The recipe is ours; that it runs as it is printed is what is tested.
    make_link = names["make_link"]
    assert callable(make_link)
    assert make_link({"code": CODE}, "http://here") == f"http://here/?s={encode_state(Question(code=CODE))}"


GOOD = encode_state(QUESTIONS["code"])

DAMAGED = {
    "empty": "",
    "last character lost": GOOD[:-1],
    "half lost": GOOD[: len(GOOD) // 2],
    "a full stop taken along": GOOD + ".",
    "a bracket taken along": GOOD + ")",
    "one character changed": GOOD[:30] + ("A" if GOOD[30] != "A" else "B") + GOOD[31:],
    "something added": urlsafe_b64encode(zlib.compress(b'{"v":1,"code":"x"}') + b"more").decode().rstrip("="),
    "letters of no alphabet": "ü" * 20,
    "half of a surrogate pair": "\ud800",
    "not deflated": urlsafe_b64encode(b'{"v":1,"code":"x"}').decode().rstrip("="),
    "not JSON": pack(b"model = Sequential()"),
    "not an object": pack(b"[1]"),
    "no version": pack(b'{"code":"x"}'),
    "another version": pack(b'{"v":2,"code":"x"}'),
    "no question": pack(b'{"v":1}'),
    "two questions": pack(b'{"v":1,"code":"x","keras":{}}'),
    "a key that nobody knows": pack(b'{"v":1,"code":"x","colour":"red"}'),
    "not a number": pack(b'{"v":1,"keras":{"a":NaN}}'),
    "not UTF-8": pack(b'{"v":1,"code":"\xff"}'),
    "nested too deeply": pack(b'{"v":1,"keras":{"a":' + b"[" * 100_000),
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_link_says_that_it_is_damaged(text: str) -> None:
    with pytest.raises(StateUnreadable, match=r"^The link's state .+\.$"):
        decode_state(text)


def test_a_misspelt_key_is_named() -> None:
    with pytest.raises(StateUnreadable, match="`timestep` is not known here"):
        decode_state(pack(b'{"v":1,"code":"x","timestep":5}'))


def test_a_graph_that_does_not_hold_together_is_no_damage() -> None:
    content = {"v": 1, "architecture": {"nodes": [NODES[1]]}}
    with pytest.raises(ArchitectureError, match="'series', which does not stand before it"):
        decode_state(pack(json.dumps(content).encode()))


def test_a_bomb_is_not_unpacked() -> None:
    bomb = pack(b'{"v":1,"code":"' + b" " * 5_000_000 + b'"}')
    assert len(bomb) < 8_000
    with pytest.raises(StateUnreadable, match="more than 1,000,000 bytes"):
        decode_state(bomb)


def test_a_text_that_is_too_long_is_not_looked_at() -> None:
    with pytest.raises(StateUnreadable, match="has 8,001 characters, and at most 8,000 are read"):
        decode_state("A" * 8_001)


def test_the_longest_state_is_the_operators_choice() -> None:
    assert decode_state(GOOD, len(GOOD)) == QUESTIONS["code"]
    with pytest.raises(StateUnreadable, match="at most 10 are read"):
        decode_state(GOOD, 10)
