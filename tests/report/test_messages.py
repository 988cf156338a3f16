"""The kinds of message that Keras has for what it refuses: each ends as a Problem that keeps Keras' words."""

import re
from typing import Any

import pytest
from eager import ask_keras

from app.architecture import Architecture
from app.report.asked import TensorSpec
from app.report.build import make_report

SEQUENCE = (None, 6, 4)
VECTOR = (None, 4)
IMAGE = (None, 8, 9, 3)

SEEN: dict[str, tuple[str, dict[str, Any], tuple[tuple[int | None, ...], ...]]] = {
    "expected ndim": ("LSTM", {"units": 3}, (VECTOR,)),
    "expected min_ndim": ("Conv1D", {"filters": 3, "kernel_size": 2}, (VECTOR,)),
    "missing 1 required positional argument": ("Dense", {}, (VECTOR,)),
    "Received an invalid value for `units`": ("Dense", {"units": -3}, (VECTOR,)),
    "Unrecognized keyword arguments passed": ("Dense", {"units": 3, "unit": 4}, (VECTOR,)),
    "Could not interpret activation": ("Dense", {"units": 3, "activation": "rleu"}, (VECTOR,)),
    "must be fully-defined": ("Dense", {"units": 3}, ((None, None),)),
    "requires inputs with matching shapes": ("Concatenate", {"axis": 1}, (VECTOR, SEQUENCE)),
    "incompatible shapes": ("Add", {}, (VECTOR, (None, 5))),
    "negative dimension|output shape is|Computed output size": (
        "Conv1D",
        {"filters": 3, "kernel_size": 9},
        (SEQUENCE,),
    ),
    "total size of the tensor must be unchanged": ("Reshape", {"target_shape": [7]}, (SEQUENCE,)),
    "Invalid permutation": ("Permute", {"dims": [1, 3]}, (SEQUENCE,)),
    "`cropping` parameter": ("Cropping1D", {"cropping": 3}, (SEQUENCE,)),
    "Invalid merge mode": (
        "Bidirectional",
        {"layer": {"kind": "LSTM", "arguments": {"units": 3}}, "merge_mode": "add"},
        (SEQUENCE,),
    ),
    "evenly divisible by the number of groups": (
        "Conv2D",
        {"filters": 4, "kernel_size": 3, "groups": 2},
        (IMAGE,),
    ),
    "Invalid value received for argument `rate`": ("Dropout", {"rate": 1.5}, (SEQUENCE,)),
    "cannot be used as a boolean": ("MultiHeadAttention", {"num_heads": 1, "key_dim": 2}, (SEQUENCE,) * 8),
    "is not in the list of allowed values": ("LSTM", {"units": 3, "dtype": "bfloat16"}, (SEQUENCE,)),
}
"""What Keras (or TensorFlow through it) says, and a layer that makes it say so."""


@pytest.mark.parametrize("words", SEEN)
def test_keras_words_stand_beside_ours(words: str) -> None:
    kind, arguments, shapes = SEEN[words]
    with pytest.raises(Exception, match=re.compile(words)):
        ask_keras(kind, arguments, *(TensorSpec(shape, "float32") for shape in shapes))
    inputs = [
        {"kind": "InputLayer", "name": f"x{place}", "arguments": {"batch_shape": list(shape)}}
        for place, shape in enumerate(shapes)
    ]
    inbound = [each["name"] for each in inputs]
    layer = {"kind": kind, "name": "layer", "arguments": arguments, "inbound": inbound}
    report = make_report(Architecture.model_validate({"nodes": [*inputs, layer]}))
    problem = report.layer("layer").problem
    assert problem
    assert re.search(words, problem.keras_message or "")
    assert problem.happened
    assert problem.expected
    assert problem.fix
