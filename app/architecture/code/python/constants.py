"""Constants of a class, such as the positions of tokens, as tensors that its layers are called on."""

import ast

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.inputs import open_placeholder
from app.architecture.code.layers.operations import operate, operate_binary, take_slice
from app.architecture.code.values import Array, Tensor, Value
from app.architecture.spec import INPUT


def open_constant(interpreter: Interpreter, constant: Array) -> Value:
    """Positions are counted along an input that is as long; of another constant the shape alone is known,
    which makes no model."""
    if constant.counts and (found := _find_axis(interpreter, constant.shape[-1])):
        return _count_positions(interpreter, *found, constant)
    if not interpreter.depth_aside:
        return constant
    return open_placeholder(interpreter, interpreter.naming.make_name("Constant"), constant.shape, None)


def _find_axis(interpreter: Interpreter, length: int | None) -> tuple[Tensor, int] | None:
    """The input that was made last of those with an axis of this length, the batch left out."""
    for call in reversed(interpreter.calls):
        sizes = call.layer.batch_shape if call.layer.kind.name == INPUT else ()
        if length in sizes[1:]:
            return Tensor(call), sizes.index(length, 1)
    return None


def _count_positions(interpreter: Interpreter, tensor: Tensor, axis: int, constant: Array) -> Value:
    """0, 1, 2, … as a function of the tensor: ones along its axis, added up, less one."""
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
