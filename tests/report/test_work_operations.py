"""What an operation on tensors computes is what TensorFlow's profiler counts of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import keras
import pytest
import tensorflow as tf
from keras import ops
from profiler import profile_layer
from test_work import count_flops, measure

from app.report.work.rules.operations import ELEMENTWISE, FUNCTIONS, MOVES, OPERATIONS

SEQUENCE = (2, 6, 4)
SECOND = (2, 4, 3)


def _call_with_constant(operate: Callable[..., Any], tensor: Any) -> Any:
    return operate(tensor, 2.0)


CALLS: dict[str, Callable[..., Any]] = {
    **{name: getattr(ops, name) for name in (*FUNCTIONS, "negative", "square", "softmax")},
    **{
        name: partial(_call_with_constant, getattr(ops, name))
        for name in ELEMENTWISE
        if name not in ("negative", "square")
    },
    "concatenate": lambda x: ops.concatenate([x, x], axis=1),
    "expand_dims": lambda x: ops.expand_dims(x, 1),
    "get_item": lambda x: ops.get_item(x, (slice(None), 0)),
    "matmul": ops.matmul,
    "mean": lambda x: ops.mean(x, axis=1),
    "reshape": lambda x: ops.reshape(x, (2, 24)),
    "squeeze": lambda x: ops.squeeze(ops.expand_dims(x, 1), 1),
    "stack": lambda x: ops.stack([x, x]),
    "stop_gradient": ops.stop_gradient,
    "swapaxes": lambda x: ops.swapaxes(x, 1, 2),
    "transpose": lambda x: ops.transpose(x, (0, 2, 1)),
}


class Operation(keras.layers.Layer):
    """One operation, as a layer that the profiler can be asked about."""

    def __init__(self, operate: Callable[..., Any]) -> None:
        super().__init__()
        self.operate = operate

    def call(self, inputs: Any) -> Any:
        return self.operate(*inputs) if isinstance(inputs, list) else self.operate(inputs)


def test_every_operation_with_a_rule_is_called() -> None:
    assert {f"ops.{name}" for name in CALLS} == set(OPERATIONS)
    assert set(MOVES) < set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_an_operation_counts_what_the_profiler_counts(name: str) -> None:
    shapes = [SEQUENCE, SECOND] if name == "matmul" else [SEQUENCE]
    layer = Operation(CALLS[name])
    profiled, outputs = profile_layer(layer, *(tf.TensorSpec(shape, "float32") for shape in shapes))
    assert count_flops(measure(f"ops.{name}", {}, shapes, outputs)) == profiled
