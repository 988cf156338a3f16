"""Sequences that stand in the code itself are a click away from being drawn and run."""

import html
import re

import httpx
import pytest
from browsers import HTML

from app.architecture import Question
from app.architecture.code import read_code
from app.architecture.sequences import Sequences
from app.links import decode_state, encode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

PADDED = """model = Sequential([Embedding(3, 50), LSTM(100)])
input_data = [[0, 1, 2], [0, 1], [0, 1, 2, 0]]
input_data = pad_sequences(input_data, maxlen=5, padding='post')
"""
TOKENS = "model = Sequential([Embedding(9, 4), LSTM(8)])\n"


def test_the_data_is_drawn_and_run_as_the_code_pads_it(client: httpx.Client) -> None:
    page = client.get(f"/?s={encode_state(Question(code=PADDED))}", headers=HTML).text
    (href,) = re.findall(r'5 timesteps long:\s*<a href="([^"]+)#masks"[^>]*>run the model on it</a>', page)
    opened = client.get(html.unescape(href), headers=HTML).text
    assert "Your code has data" not in opened
    assert "The model was run on the data in your code" in opened
    (state,) = re.findall(r"s=([^&]+)", html.unescape(href))
    data = Sequences(rows=((0, 1, 2), (0, 1), (0, 1, 2, 0)), maxlen=5, padding="post")
    assert decode_state(state) == Question(code=PADDED, sequences=data)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("model.predict([[1, 2, 3]])", ((1, 2, 3),)),
        ("model.predict(np.array([[1, 2, 3]]))", ((1, 2, 3),)),
        ("x = np.array([[1, 2], [3, 4]])", ((1, 2), (3, 4))),
        ("y = np.array([[1, 2], [3, 4]])\nmodel.fit(np.array([[5, 6]]), y)", ((5, 6),)),
    ],
)
def test_what_is_passed_to_the_model_is_its_data_or_else_what_is_named_so(
    line: str, rows: tuple[tuple[int, ...], ...]
) -> None:
    assert read_code(TOKENS + line).data == Sequences(rows=rows)


@pytest.mark.parametrize(
    "line",
    [
        "model.predict(np.array([[1.5, 2.5]]))",
        "y = np.array([[1, 2], [3, 4]])",
        "x = np.zeros_like(np.array([[1, 2]]))",
        "x = np.array([[1, 2]]) * 2",
        "x = np.array([1, 2])",
        "x = pad_sequences(load(), maxlen=5)",
    ],
    ids=["no whole numbers", "targets", "zeros", "computed", "one axis", "from a file"],
)
def test_other_data_is_not_taken_for_sequences(line: str) -> None:
    assert read_code(TOKENS + line).data is None


def test_a_model_of_vectors_reads_no_sequences(client: httpx.Client) -> None:
    code = "model = Sequential([Input((3,)), Dense(4)])\nmodel.predict(np.array([[1, 2, 3]]))"
    page = client.get(f"/?s={encode_state(Question(code=code))}", headers=HTML).text
    assert "Your code has data" not in page
