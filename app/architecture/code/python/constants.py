"""Constant arrays that a custom layer calls its layers on, such as the positions of tokens."""

import ast

from app.architecture.code.built import Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.inputs import open_placeholder
from app.architecture.code.layers.operations import operate, operate_binary, take_slice
from app.architecture.code.values import Array, Value
from app.architecture.spec import INPUT


def open_constant(interpreter: Interpreter, constant: Array) -> Value:
    """A constant array as a tensor.

    Positions 0, 1, 2, … are computed from an input of the same length. Any other constant becomes an input of
    its shape, which makes its layer opaque.
    """
    if constant.counts and (found := _find_axis(interpreter, constant.shape[-1])):
        return _count_positions(interpreter, *found, constant)
    if not interpreter.depth_aside:
        return constant
    return open_placeholder(interpreter, interpreter.naming.make_name("Constant"), constant.shape, None)


def _find_axis(interpreter: Interpreter, length: int | None) -> tuple[Tensor, int] | None:
    """The last made input with an axis of this length, and that axis, not counting the batch axis."""
    for call in reversed(interpreter.calls):
        sizes = call.layer.batch_shape if call.layer.kind.name == INPUT else ()
        if length in sizes[1:]:
            return Tensor(call), sizes.index(length, 1)
    return None


def _count_positions(interpreter: Interpreter, tensor: Tensor, axis: int, constant: Array) -> Value:
    """0, 1, 2, … as a function of the tensor: the cumulative sum of ones along its axis, minus one."""
    layer = tensor.call.layer
    interpreter.notes.add("positions-counted", interpreter.line, name=layer.name)
    axes = range(len(layer.batch_shape))
    along = take_slice(interpreter, tensor, tuple(slice(None) if at == axis else 0 for at in axes))
    ones = operate(interpreter, "ops.ones_like", {"x": along, "dtype": "int32"})
    counted = operate(interpreter, "ops.cumsum", {"x": ones, "axis": 0})
    positions = operate_binary(interpreter, ast.Sub, counted, 1)
    if len(constant.shape) == 1:
        return positions
    sizes = [-1 if size is None else size for size in constant.shape]
    return operate(interpreter, "ops.reshape", {"x": positions, "newshape": sizes})
