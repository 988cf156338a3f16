"""What a report says of bytes, types and work: of each layer, and of the whole model."""

from typing import Any

import keras
import pytest
import tensorflow as tf
from profiler import profile_layer

from app.architecture.spec import Architecture
from app.report.build import make_report
from app.report.model import LayerReport, Report
from app.report.work.model import TotalWork


def report(
    *layers: tuple[Any, ...], shape: tuple[int | None, ...], dtype: str = "float32", timesteps: int = 8
) -> Report:
    """A chain of layers on one input."""
    nodes = [
        {"kind": "InputLayer", "name": "input", "arguments": {"batch_shape": [None, *shape], "dtype": dtype}}
    ]
    for kind, arguments in layers:
        nodes.append(
            {"kind": kind, "name": kind.lower(), "arguments": arguments, "inbound": [nodes[-1]["name"]]}
        )
    return make_report(Architecture.model_validate({"nodes": nodes}), timesteps=timesteps)


EMBEDDING = ("Embedding", {"input_dim": 3, "output_dim": 50})
LSTM = ("LSTM", {"units": 100, "return_sequences": True})


def test_what_leaves_a_layer_has_a_size_for_each_sample() -> None:
    _, embedding, lstm = report(EMBEDDING, LSTM, shape=(3,), dtype="int32").layers
    assert embedding.activations is not None and lstm.activations is not None
    assert (embedding.activations.elements, embedding.activations.formula) == (150, "3·50·4")
    assert (lstm.activations.bytes, lstm.activations.where) == (1200, {})


def test_where_a_size_is_open_a_letter_stands_for_the_timesteps_that_are_drawn() -> None:
    lstm = report(EMBEDDING, LSTM, shape=(None,), dtype="int32", timesteps=5).layer("lstm")
    assert lstm.activations is not None and lstm.work is not None
    assert (lstm.activations.formula, lstm.activations.where) == ("T·100·4", {"T": 5})
    assert lstm.activations.bytes == 5 * 100 * 4
    assert (lstm.work.formula, lstm.work.where) == ("T·4·(50 + 100)·100", {"T": 5})
    assert lstm.work.macs == 5 * 4 * (50 + 100) * 100


def test_a_length_that_follows_from_the_timesteps_is_another_letter() -> None:
    """Three of eight timesteps are read at a time: there are six such threes. Keras counts them."""
    conv = report(("Conv1D", {"filters": 16, "kernel_size": 3}), shape=(None, 2)).layer("conv1d")
    assert conv.work is not None
    assert (conv.work.formula, conv.work.where, conv.work.macs) == ("S·3·2·16", {"S": 6}, 6 * 3 * 2 * 16)


def test_where_the_layer_does_not_run_on_so_few_timesteps_nothing_is_said() -> None:
    answer = report(
        ("Conv1D", {"filters": 16, "kernel_size": 9}), ("Dropout", {"rate": 0.1}), shape=(None, 2)
    )
    conv = answer.layer("conv1d")
    assert answer.status == "builds" and conv.activations is not None
    assert (conv.activations.bytes, conv.activations.formula, conv.work) == (None, "S·16·4", None)
    assert answer.totals.activations is None
    assert answer.totals.work.unknown == ("conv1d", "dropout")


def test_a_given_batch_is_computed_whole() -> None:
    nodes = [
        {"kind": "InputLayer", "name": "input", "arguments": {"batch_shape": [32, 4]}},
        {"kind": "Dense", "name": "dense", "arguments": {"units": 5}, "inbound": ["input"]},
    ]
    answer = make_report(Architecture.model_validate({"nodes": nodes}))
    dense = answer.layer("dense")
    assert dense.work is not None and dense.activations is not None
    assert (dense.work.formula, dense.work.macs) == ("32·4·5", 640)
    assert dense.activations.bytes == 5 * 4
    assert answer.totals.work == TotalWork(macs=640, flops=2 * 640 + 32 * 5, batch=32)


def test_totals_are_the_sums_of_the_rows() -> None:
    answer = report(EMBEDDING, LSTM, ("Dense", {"units": 1}), shape=(None,), dtype="int32")
    known = [row.work for row in answer.layers if row.work]
    assert answer.totals.work.macs == sum(work.macs for work in known) == 8 * (60_000 + 100)
    assert answer.totals.work.flops == sum(work.flops or 0 for work in known)
    assert answer.totals.work.timesteps == 8
    assert answer.totals.activations == 8 * 4 + 8 * 50 * 4 + 8 * 100 * 4 + 8 * 4


def test_the_total_is_what_the_profiler_counts_of_the_whole_model() -> None:
    layers = (
        ("Conv2D", {"filters": 8, "kernel_size": 3, "activation": "relu"}),
        ("BatchNormalization", {}),
        ("MaxPooling2D", {"pool_size": 2}),
        ("Flatten", {}),
        ("Dense", {"units": 10, "activation": "softmax"}),
    )
    model = keras.Sequential([getattr(keras.layers, kind)(**arguments) for kind, arguments in layers])
    profiled, _ = profile_layer(model, tf.TensorSpec((1, 28, 28, 1), "float32"))
    assert report(*layers, shape=(28, 28, 1)).totals.work.flops == profiled


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float16", "float64", None])
def test_keras_says_which_types_a_layer_computes_in_and_keeps(policy: str | None) -> None:
    arguments = {"units": 5, **({"dtype": policy} if policy else {})}
    row = report(("Dense", arguments), shape=(4,)).layer("dense")
    layer = keras.layers.Dense(5, dtype=policy)
    output = layer(keras.Input((4,)))
    assert (row.compute_dtype, row.variable_dtype) == (layer.compute_dtype, layer.variable_dtype)
    assert row.output_dtypes == (output.dtype,)
    assert row.bytes == 25 * keras.tree.flatten(layer.weights)[0].numpy().itemsize
    assert row.activations is not None and row.activations.bytes == 5 * (
        2 if "16" in str(policy) else 8 if policy else 4
    )


def test_a_layer_that_is_not_trained_says_so() -> None:
    row = report(("Dense", {"units": 5, "trainable": False}), shape=(4,)).layer("dense")
    assert (row.trainable, row.parameters.total, row.parameters.trainable) == (False, 25, 0)


def make_dense(name: str, inbound: str, **more: Any) -> dict[str, Any]:
    return {"kind": "Dense", "name": name, "arguments": {"units": 4}, "inbound": [inbound], **more}


def test_a_shared_layer_computes_at_each_call() -> None:
    nodes = [
        {"kind": "InputLayer", "name": "input", "arguments": {"batch_shape": [None, 4]}},
        make_dense("dense", "input"),
        make_dense("again", "dense", shares="dense"),
    ]
    answer = make_report(Architecture.model_validate({"nodes": nodes}))
    works = [row.work.macs for row in answer.rows if row.work]
    assert (works, answer.totals.work.macs, answer.totals.parameters) == ([0, 16, 16], 32, 20)


def test_a_model_used_as_a_layer_computes_what_its_layers_do() -> None:
    inside = {
        "nodes": [
            {"kind": "InputLayer", "name": "inner", "arguments": {"batch_shape": [None, None, 4]}},
            make_dense("one", "inner"),
            make_dense("two", "one"),
        ]
    }
    nodes = [
        {"kind": "InputLayer", "name": "input", "arguments": {"batch_shape": [None, None, 4]}},
        {"kind": "Functional", "name": "model", "inbound": ["input"], "model": inside},
    ]
    answer = make_report(Architecture.model_validate({"nodes": nodes}), timesteps=3)
    model: LayerReport = answer.layer("model")
    assert model.work is not None
    assert [row.work.formula for row in model.layers if row.work] == ["0", "T·4·4", "T·4·4"]
    assert model.work.macs == answer.totals.work.macs == 2 * 3 * 4 * 4
    assert answer.totals.activations == 3 * (3 * 4 * 4)
