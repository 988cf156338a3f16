"""Masks in a call: tensors are handed over; the numbers of an array are not read, and that is said."""

import pytest

from app.architecture.code import read_code

CODE = """
import numpy as np
from keras import Input, Model, layers, ops
series = Input((5, 8))
mask = {0}
seen = layers.MultiHeadAttention(2, 4, name="looks")(series, series, attention_mask=mask)
model = Model(series, seen)
"""


@pytest.mark.parametrize(
    "mask", ["np.tril(np.ones((5, 5)))", "ops.tril(ops.ones((5, 5)))", "np.ones((1, 5, 5))"]
)
def test_the_numbers_of_an_array_are_not_read(mask: str) -> None:
    reading = read_code(CODE.format(mask))
    (note,) = reading.notes
    assert (note.code, note.layer, note.line) == ("mask-not-read", "looks", 6)
    assert "`attention_mask` in the call of a MultiHeadAttention" in note.happened
    assert reading.architecture.node("looks").call == {}


@pytest.mark.parametrize("mask", ["ops.tril(ops.ones_like(series[:, :, :5]))", "None"])
def test_a_tensor_is_handed_over_and_none_is_no_mask(mask: str) -> None:
    reading = read_code(CODE.format(mask))
    assert reading.notes == ()
    assert ("attention_mask" in reading.architecture.node("looks").call) == (mask != "None")
