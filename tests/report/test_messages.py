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
    "at least one repeated term": ("StringLookup", {"vocabulary": ["a", "a"]}, (VECTOR,)),
    "`idf_weights` argument must also be provided": (
        "StringLookup",
        {"vocabulary": ["a"], "output_mode": "tf_idf"},
        (VECTOR,),
    ),
    "must be greater than 1": ("IntegerLookup", {"max_tokens": 1}, (VECTOR,)),
    "`frame_step` should be a positive integer": ("STFTSpectrogram", {"frame_step": 300}, (SEQUENCE,)),
    "Invalid window name": ("STFTSpectrogram", {"window": "unheard-of"}, (SEQUENCE,)),
    "Expected a strictly positive value": ("Conv1D", {"filters": -1, "kernel_size": 2}, (SEQUENCE,)),
    "Incompatible input shapes": ("Dot", {"axes": 1}, (VECTOR, (None, 5))),
    "tuple index out of range": ("BatchNormalization", {"axis": 7}, (VECTOR,)),
    "must be a positive integer": ("Embedding", {"input_dim": 0, "output_dim": 3}, (VECTOR,)),
    "Invalid einsum equation": ("EinsumDense", {"equation": "ab,bc", "output_shape": 3}, (VECTOR,)),
    "must be a multiple of the number of channels": ("GroupNormalization", {"groups": 3}, (VECTOR,)),
    "with at least 3 dimensions": (
        "TimeDistributed",
        {"layer": {"kind": "Dense", "arguments": {"units": 3}}},
        (VECTOR,),
    ),
    "You need to set either": ("Discretization", {}, (VECTOR,)),
    "num_tokens must be set": ("CategoryEncoding", {"output_mode": "one_hot"}, (VECTOR,)),
    "should have a `state_size` attribute": (
        "RNN",
        {"cell": {"kind": "Dense", "arguments": {"units": 3}}},
        (SEQUENCE,),
    ),
    "must be divisible by `num_key_value_heads`": (
        "GroupQueryAttention",
        {"head_dim": 2, "num_query_heads": 3, "num_key_value_heads": 2},
        (SEQUENCE, SEQUENCE),
    ),
    "a list of two numbers": ("RandomZoom", {"height_factor": [1, 2, 3]}, (IMAGE,)),
    "the batch size must be static": ("LSTM", {"units": 2, "stateful": True}, (SEQUENCE,)),
    "should be called on exactly 2 inputs": ("Subtract", {}, (VECTOR, VECTOR, VECTOR)),
    "Could not automatically infer the output shape": ("Pipeline", {"layers": []}, (VECTOR,)),
    "Expected as input a list/tuple of 2 tensors": ("HashedCrossing", {"num_bins": 3}, (VECTOR,)),
    "cannot be a negative value": ("ReLU", {"max_value": -1}, (VECTOR,)),
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
