"""One layer, asked of Keras without weights, is the same layer that plain Keras builds with them."""

import json
import re
import resource
from typing import Any

import keras
import pytest
from asking import evaluate_layer
from calls import any_call
from eager import ask_keras
from hypothesis import given
from keras.src.backend.common import global_state

from app.architecture.spec import MAX_NESTING, TOO_DEEP
from app.problems import UnknownLayer
from app.report import evaluate
from app.report.asked import PLACEHOLDER, TensorSpec
from app.report.values import UnfitValue

SEQUENCE = TensorSpec((None, 6, 4), "float32")
MASKED = TensorSpec((None, 6, 4), "float32", (None, 6))
VECTOR = TensorSpec((None, 4), "float32")
TOKENS = TensorSpec((None, 6), "int32")

# Each is made with and without a mask.
CALLS: list[tuple[str, dict[str, Any], TensorSpec]] = [
    ("Embedding", {"input_dim": 9, "output_dim": 4}, TOKENS),
    ("Embedding", {"input_dim": 9, "output_dim": 4, "mask_zero": True}, TOKENS),
    ("Embedding", {"input_dim": 9, "output_dim": 4, "lora_rank": 2}, TOKENS),
    ("Masking", {"mask_value": -1.0}, SEQUENCE),
    ("Dense", {"units": 5}, SEQUENCE),
    ("Dense", {"units": 5, "use_bias": False, "trainable": False}, VECTOR),
    ("Dense", {"units": 5, "dtype": "mixed_float16"}, VECTOR),
    ("Dense", {"units": 5, "lora_rank": 2}, VECTOR),
    ("Activation", {"activation": "softmax"}, SEQUENCE),
    ("LSTM", {"units": 3}, SEQUENCE),
    ("LSTM", {"units": 3, "return_sequences": True, "return_state": True}, SEQUENCE),
    ("LSTM", {"units": 3, "dropout": 0.5, "recurrent_dropout": 0.5, "seed": 1}, SEQUENCE),
    ("LSTM", {"units": 3, "stateful": True}, TensorSpec((2, 6, 4), "float32")),
    ("GRU", {"units": 3, "reset_after": False, "return_state": True}, SEQUENCE),
    ("GRU", {"units": 3, "go_backwards": True, "unroll": True}, SEQUENCE),
    ("SimpleRNN", {"units": 3, "use_bias": False, "return_sequences": True}, SEQUENCE),
    ("Bidirectional", {"layer": {"kind": "LSTM", "arguments": {"units": 3}}}, SEQUENCE),
    (
        "Bidirectional",
        {"layer": {"kind": "GRU", "arguments": {"units": 3, "return_sequences": True}}, "merge_mode": None},
        SEQUENCE,
    ),
    (
        "Bidirectional",
        {"layer": {"kind": "LSTM", "arguments": {"units": 3, "stateful": True}}, "merge_mode": "sum"},
        TensorSpec((2, 6, 4), "float32"),
    ),
    ("TimeDistributed", {"layer": {"kind": "Dense", "arguments": {"units": 3}}}, SEQUENCE),
    (
        "TimeDistributed",
        {"layer": {"kind": "LSTM", "arguments": {"units": 3}}},
        TensorSpec((None, 5, 6, 4), "float32"),
    ),
    ("Conv1D", {"filters": 3, "kernel_size": 2, "padding": "causal", "dilation_rate": 2}, SEQUENCE),
    ("Conv1D", {"filters": 4, "kernel_size": [3], "strides": 2, "groups": 2}, SEQUENCE),
    ("MaxPooling1D", {}, SEQUENCE),
    ("AveragePooling1D", {"pool_size": 4, "strides": 3, "padding": "same"}, SEQUENCE),
    ("GlobalMaxPooling1D", {"keepdims": True}, SEQUENCE),
    ("GlobalAveragePooling1D", {}, SEQUENCE),
    ("Reshape", {"target_shape": [8, -1]}, SEQUENCE),
    ("Permute", {"dims": [2, 1]}, SEQUENCE),
    ("Flatten", {}, SEQUENCE),
    ("RepeatVector", {"n": 7}, VECTOR),
    ("ZeroPadding1D", {"padding": [1, 2]}, SEQUENCE),
    ("UpSampling1D", {"size": 3}, SEQUENCE),
    ("Cropping1D", {"cropping": 2}, SEQUENCE),
    ("Dropout", {"rate": 0.5, "noise_shape": [None, 1, 4]}, SEQUENCE),
    ("SpatialDropout1D", {"rate": 0.5}, SEQUENCE),
    ("BatchNormalization", {"renorm": True, "scale": False}, SEQUENCE),
    ("LayerNormalization", {"axis": [1, 2]}, SEQUENCE),
    ("ReLU", {"max_value": 6.0}, SEQUENCE),
    ("Softmax", {"axis": 1}, SEQUENCE),
]
MERGES = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"]

# What Keras refuses, each for its own reason.
FAILURES: list[tuple[str, dict[str, Any], tuple[TensorSpec, ...]]] = [
    ("LSTM", {"units": 3}, (VECTOR,)),
    ("LSTM", {"units": 0}, (SEQUENCE,)),
    ("LSTM", {"units": -7}, (SEQUENCE,)),
    ("LSTM", {"units": 3}, (SEQUENCE, SEQUENCE)),
    ("LSTM", {"units": 3, "stateful": True}, (SEQUENCE,)),
    ("LSTM", {"units": 3, "unroll": True, "cell": 1}, (SEQUENCE,)),
    ("LSTM", {}, (SEQUENCE,)),
    ("Dense", {"units": 3}, (TensorSpec((None, None), "float32"),)),
    ("Dense", {"units": 3, "unit": 4}, (VECTOR,)),
    ("Dense", {"units": 3, "activation": "rleu"}, (VECTOR,)),
    ("Dense", {"units": 3, "dtype": "float31"}, (VECTOR,)),
    ("Concatenate", {"axis": 1}, (VECTOR, SEQUENCE)),
    ("Add", {}, (VECTOR, TensorSpec((None, 5), "float32"))),
    ("Conv1D", {"filters": 3, "kernel_size": 9}, (SEQUENCE,)),
    ("Reshape", {"target_shape": [7]}, (SEQUENCE,)),
    ("Permute", {"dims": [1, 3]}, (SEQUENCE,)),
    ("RepeatVector", {"n": 3}, (SEQUENCE,)),
    ("Cropping1D", {"cropping": 3}, (SEQUENCE,)),
    ("TimeDistributed", {"layer": {"kind": "LSTM", "arguments": {"units": 3}}}, (SEQUENCE,)),
    ("Bidirectional", {"layer": 3}, (SEQUENCE,)),
    (
        "Bidirectional",
        {"layer": {"kind": "LSTM", "arguments": {"units": 3}}, "merge_mode": "add"},
        (SEQUENCE,),
    ),
    ("SpatialDropout1D", {"rate": 0.5, "axis": 1}, (SEQUENCE,)),
    ("Dropout", {"rate": 1.5}, (SEQUENCE,)),
]


def name_case(case: Any) -> str:
    return f"{case[0]} {json.dumps(case[1])}"


@pytest.mark.parametrize("case", CALLS, ids=name_case)
@pytest.mark.parametrize("masked", [False, True], ids=["unmasked", "masked"])
def test_one_layer_is_what_plain_keras_makes_of_it(case: Any, masked: bool) -> None:
    kind, arguments, spec = case
    if masked:
        spec = spec._replace(mask=spec.shape[:2])
    assert evaluate_layer(kind, arguments, (spec,)) == ask_keras(kind, arguments, spec, name=PLACEHOLDER)


@pytest.mark.parametrize("kind", MERGES)
@pytest.mark.parametrize("masks", ["none", "first", "both"])
def test_two_branches_meet_as_in_plain_keras(kind: str, masks: str) -> None:
    specs = (SEQUENCE if masks == "none" else MASKED, MASKED if masks == "both" else SEQUENCE)
    assert evaluate_layer(kind, {}, specs) == ask_keras(kind, {}, *specs, name=PLACEHOLDER)


@pytest.mark.parametrize("case", FAILURES, ids=name_case)
def test_what_keras_refuses_is_refused_in_keras_words(case: Any) -> None:
    kind, arguments, specs = case
    evaluation = evaluate_layer(kind, arguments, specs)
    with pytest.raises(Exception) as raised:
        ask_keras(kind, arguments, *specs, name=PLACEHOLDER)
    assert without_tensor_names(str(evaluation.error)) == without_tensor_names(str(raised.value))
    assert evaluation.outputs == ()
    assert "Arguments received by" not in str(evaluation.error)
    assert "\x1b" not in str(evaluation.error)


def without_tensor_names(message: str) -> str:
    return re.sub(r"name=keras_tensor\w*", "name=…", message)


VALUES = [
    2.5,
    True,
    0,
    1,
    "5",
    "True",
    "no",
    "",
    float("nan"),
    float("inf"),
    -1,
    [],
    [[1]],
    ["5"],
    [2.5],
    [True],
]
"""Values for arguments that are mostly made for others."""


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("BatchNormalization", "axis"), ("BatchNormalization", "center"), ("Conv1D", "kernel_size")),
        *(("Dense", "activation"), ("Dense", "trainable"), ("Dense", "units"), ("Dense", "use_bias")),
        *(("Dropout", "rate"), ("LSTM", "return_sequences"), ("LSTM", "return_state"), ("LSTM", "units")),
        *(("Permute", "dims"), ("Reshape", "target_shape"), ("ZeroPadding1D", "padding")),
    ],
)
def test_whether_a_value_is_one_for_an_argument_keras_says(kind: str, name: str, value: Any) -> None:
    needed = {"Conv1D": {"filters": 3}, "Dense": {"units": 3}, "LSTM": {"units": 3}}
    arguments = {**needed.get(kind, {}), name: value}
    evaluation = evaluate_layer(kind, arguments, (SEQUENCE,))
    try:
        asked = ask_keras(kind, arguments, SEQUENCE, name=PLACEHOLDER)
    except Exception as error:
        assert evaluation.error is not None
        assert str(evaluation.error)[:40] in str(error)
    else:
        assert (evaluation.outputs, evaluation.weights) == (asked.outputs, asked.weights)


@pytest.mark.parametrize(
    ("kind", "arguments", "words"),
    [
        ("Dropout", {"rate": 0.1, "seed": "a"}, "`seed` must be an integer"),
        ("Dropout", {"rate": 0.1, "seed": 2.5}, "`seed` must be an integer"),
        ("LSTM", {"units": 3, "use_cudnn": "maybe"}, "argument `use_cudnn`"),
    ],
)
def test_what_changes_no_shape_may_still_be_wrong(kind: str, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ask_keras(kind, arguments, SEQUENCE, name=PLACEHOLDER)
    assert words in str(evaluate_layer(kind, arguments, (SEQUENCE,)).error)


@pytest.mark.parametrize("value", [{"class_name": "x"}, [{"class_name": "x"}], {"kind": "Dense"}])
@pytest.mark.parametrize(
    ("kind", "name"), [("Dense", "units"), ("Dense", "activation"), ("Reshape", "target_shape")]
)
def test_a_value_that_may_name_an_object_never_reaches_keras(kind: str, name: str, value: Any) -> None:
    evaluation = evaluate_layer(
        kind, {"units": 3, name: value} if kind == "Dense" else {name: value}, (VECTOR,)
    )
    assert isinstance(evaluation.error, UnfitValue)
    assert name in str(evaluation.error)


def test_numbers_too_long_to_write_are_refused() -> None:
    with pytest.raises(ValueError, match="integer string conversion"):
        evaluate_layer("Dense", {"units": 10**5000}, (VECTOR,))


def test_lists_too_deep_to_write_are_refused() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RecursionError):
        evaluate_layer("Reshape", {"target_shape": deep}, (VECTOR,))


def test_layers_wrapped_too_deep_are_refused() -> None:
    layer: Any = {"kind": "Dense", "arguments": {"units": 3}}
    for _ in range(MAX_NESTING + 1):
        layer = {"kind": "TimeDistributed", "arguments": {"layer": layer}}
    evaluation = evaluate_layer("TimeDistributed", {"layer": layer}, (SEQUENCE,))
    assert str(evaluation.error) == TOO_DEEP


@pytest.mark.parametrize(
    "arguments",
    [
        {"units": 3, "activation": "__import__('os').abort()"},
        {"units": 3, "activation": "os>abort"},
        {"units": 3, "activation": {"class_name": "function", "module": "os", "config": "abort"}},
        {"units": 3, "dtype": "os.abort"},
        {"units": 3, "dtype": {"module": "os", "class_name": "abort", "config": {}}},
        {"units": 3, "anything": {"module": "os", "class_name": "abort", "config": {}}},
    ],
)
def test_no_text_and_no_object_is_taken_for_code(arguments: dict[str, Any]) -> None:
    assert evaluate_layer("Dense", arguments, (VECTOR,)).error is not None


@pytest.mark.parametrize("name", ["Lambda", "Model", "__init__", "TFSMLayer", ""])
def test_only_kinds_of_the_catalogue_are_made(name: str) -> None:
    with pytest.raises(UnknownLayer):
        evaluate_layer(name, {}, (VECTOR,))
    with pytest.raises(UnknownLayer):
        evaluate_layer("TimeDistributed", {"layer": {"kind": name, "arguments": {}}}, (SEQUENCE,))


def test_initializers_regularizers_and_seeds_never_reach_keras() -> None:
    objects = {"kernel_initializer": {"module": "os"}, "seed": {"module": "os"}}
    ignored = {**objects, "kernel_regularizer": "l2", "name": "y"}
    assert evaluate_layer("LSTM", {"units": 3, **ignored}, (SEQUENCE,)) == evaluate_layer(
        "LSTM", {"units": 3}, (SEQUENCE,)
    )


def test_terabytes_of_weights_take_no_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    embedding = evaluate_layer("Embedding", {"input_dim": 10**9, "output_dim": 4096}, (TOKENS,))
    lstm = evaluate_layer("LSTM", {"units": 10**12}, (SEQUENCE,))
    state = evaluate_layer("LSTM", {"units": 10**10, "stateful": True}, (TensorSpec((64, 6, 4), "float32"),))
    assert embedding.bytes == 4 * 4096 * 10**9
    assert lstm.outputs[0].shape == (None, 10**12)
    assert state.outputs[0].shape == (64, 10**10)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes


def test_the_remembered_answer_is_the_asked_one() -> None:
    for kind, arguments, spec in CALLS:
        evaluate._remember_keras.cache_clear()
        asked = evaluate_layer(kind, arguments, (spec,))
        assert evaluate_layer(kind, arguments, (spec,)) is asked
        evaluate._remember_keras.cache_clear()
        assert evaluate_layer(kind, arguments, (spec,)) == asked


def test_what_was_asked_once_is_not_asked_again() -> None:
    evaluate_layer("Dense", {"units": 12345}, (VECTOR,))
    before = evaluate._remember_keras.cache_info().misses
    again = evaluate_layer("Dense", {"units": 12345}, (VECTOR,))
    assert again.outputs[0].shape == (None, 12345)
    assert evaluate._remember_keras.cache_info().misses == before


def test_a_huge_argument_is_not_kept() -> None:
    before = evaluate._remember_keras.cache_info().currsize
    evaluate_layer("Reshape", {"target_shape": [1] * 5_000 + [24]}, (SEQUENCE,))
    assert evaluate._remember_keras.cache_info().currsize == before


def test_two_thousand_layers_leave_nothing_behind() -> None:
    for units in range(1, 2001):
        evaluate_layer("Dense", {"units": units, "activation": "relu"}, (VECTOR,))
        evaluate_layer("LSTM", {"units": -units}, (SEQUENCE,))
    assert not global_state.get_global_attribute("uninitialized_variables")
    assert not global_state.get_global_attribute("object_name_uids")
    assert not global_state.get_global_attribute("name_scope_stack")
    assert not keras.src.backend.in_stateless_scope()


@given(any_call())
def test_no_call_at_all_raises(call: Any) -> None:
    kind, arguments, specs = call
    evaluation = evaluate_layer(kind, arguments, specs)
    assert (evaluation.error is None) != (evaluation.outputs == ())
