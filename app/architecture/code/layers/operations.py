"""Operations: functions and operators on layer outputs. Each becomes a node of the graph."""

import ast
from collections.abc import Callable, Mapping
from types import EllipsisType

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind, find_kind, name_after
from app.architecture.code.built import Layer, Tensor, spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.construct import construct_layer
from app.architecture.code.layers.graph import call_layer, holds_tensor, make_call, read_tensors
from app.architecture.code.layers.layer_functions import LAYER_FUNCTIONS, call_layer_function
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.layers.types import name_type
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal, would_raise
from app.architecture.code.values import Array, Unknown, Value
from app.architecture.operands import read_array_shape
from app.architecture.operation_names import DEFAULTS, convert_values, find_operation, modernise_argument
from app.architecture.outputs import PLACES, count_outputs
from app.architecture.slices import write_key
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject

OPERATORS: Mapping[type[ast.operator] | type[ast.cmpop] | type[ast.unaryop], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "mod",
    ast.Pow: "power",
    ast.MatMult: "matmul",
    ast.BitAnd: "logical_and",
    ast.BitOr: "logical_or",
    ast.BitXor: "logical_xor",
    ast.USub: "negative",
    ast.Invert: "logical_not",
    ast.Gt: "greater",
    ast.GtE: "greater_equal",
    ast.Lt: "less",
    ast.LtE: "less_equal",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
}
"""Python's operators on tensors, as functions of keras.ops."""


def call_operation(interpreter: Interpreter, path: str, arguments: Arguments) -> Value:
    """Call a function on layer outputs. Raises a Refusal if neither keras.ops nor a layer does the same."""
    if path in LAYER_FUNCTIONS:
        return call_layer_function(interpreter, path, arguments)
    if path in COMPOSED:
        return _compose(interpreter, path, arguments)
    kind = find_operation(path)
    if kind is None:
        raise Refusal(f"`{path}` on a layer's output is not understood.")
    turned = [arguments.keywords.pop(name, False) is True for name in ("transpose_a", "transpose_b")]
    given = {**DEFAULTS.get(path, {}), **_name_arguments(kind, path, arguments)}
    for name, turn in zip(("x1", "x2"), turned, strict=True):
        if turn:
            given[name] = operate(interpreter, "ops.swapaxes", {"x": given[name], "axis1": -2, "axis2": -1})
    sizes = given.get("newshape")
    if isinstance(sizes, list | tuple) and sizes and (sizes[0] is None or isinstance(sizes[0], Unknown)):
        return _keep_batch(interpreter, given["x"], list(sizes[1:]))
    if path.startswith("tensorflow."):
        given = convert_values(kind, given)
    if kind.name == "ops.unstack" and given.get("num") is None:
        given["num"] = _measure_axis(interpreter, given.get("x"), given.get("axis", 0))
    return operate(interpreter, kind.name, given)


def _compose(interpreter: Interpreter, path: str, arguments: Arguments) -> Value:
    try:
        return COMPOSED[path](interpreter, *arguments.positional, **arguments.keywords)
    except TypeError as error:
        raise would_raise(error) from None


def _add_bias(interpreter: Interpreter, x: Value, bias: Value, *_: Value, **__: Value) -> Value:
    return operate(interpreter, "ops.add", {"x1": x, "x2": bias})


def _compare(interpreter: Interpreter, y_true: Value, y_pred: Value, *_: Value, **__: Value) -> Value:
    """A loss by its shape: one number for each row, as the mean of a difference gives it."""
    difference = operate(interpreter, "ops.subtract", {"x1": y_true, "x2": y_pred})
    return operate(interpreter, "ops.mean", {"x": difference, "axis": -1})


def _align(interpreter: Interpreter, y_true: Value, y_pred: Value, *_: Value) -> Value:
    """`K.ctc_batch_cost(…)` by its shape: one number for each sequence, (batch, 1)."""
    cost = operate(interpreter, "ops.mean", {"x": y_pred, "axis": [1, 2]})
    return operate(interpreter, "ops.expand_dims", {"x": cost, "axis": 1})


LOSSES = (
    *("binary_crossentropy", "categorical_crossentropy", "kullback_leibler_divergence", "mae", "mape"),
    *("mean_absolute_error", "mean_squared_error", "mean_squared_logarithmic_error", "mse", "msle"),
)

COMPOSED: Mapping[str, Callable[..., Value]] = {
    **{f"keras.{module}.{name}": _compare for module in ("losses", "metrics") for name in LOSSES},
    "keras.backend.bias_add": _add_bias,
    "keras.backend.ctc_batch_cost": _align,
    "tensorflow.nn.bias_add": _add_bias,
}
"""Functions that several of keras.ops do together, by path, with their parameters."""


def _keep_batch(interpreter: Interpreter, tensor: Value, sizes: list[Value]) -> Value:
    """`reshape(x, (batch_size, …))` as the layer Reshape, which keeps the batch axis."""
    return call_layer(
        interpreter, construct_layer(interpreter, "Reshape", Arguments([sizes])), Arguments([tensor])
    )


def _measure_axis(interpreter: Interpreter, tensor: Value, axis: Value) -> int:
    """How many tensors `unstack` returns: the length of the axis."""
    shape = measure_tensor(interpreter, tensor) if isinstance(tensor, Tensor) else None
    if isinstance(shape, tuple) and isinstance(axis, int) and -len(shape) <= axis < len(shape):
        size: object = shape[axis]
        if isinstance(size, int):
            return size
    raise Refusal("How many tensors `unstack` gives is not known here; say `num=`.")


def _name_arguments(kind: Kind, path: str, arguments: Arguments) -> dict[str, Value]:
    names = [argument.name for argument in kind.arguments if not argument.keyword_only]
    if kind.call == "positional":
        operands = [value for value in arguments.positional if holds_tensor(value)]
        plain = [value for value in arguments.positional if not holds_tensor(value)]
        return {**dict(zip(names, [*plain, operands], strict=False)), **arguments.keywords}
    if len(arguments.positional) > len(names):
        raise Refusal(f"`{path}` takes at most {len(names)} arguments without a name.")
    given = dict(zip(names, arguments.positional, strict=False))
    for name, value in arguments.keywords.items():
        modern = name if name in names else modernise_argument(name, names)
        if modern is not None:
            given[modern] = value
        elif name != "name":
            raise Refusal(f"`{name}=` of `{path}` is not understood.")
    return given


def operate(interpreter: Interpreter, name: str, given: Mapping[str, Value]) -> Value:
    """Add the operation `name` (`ops.add`) to the graph; `given` are its arguments by name."""
    kind = find_kind(name)
    inbound: list[Tensor] = []
    constants: JsonObject = {}
    for argument in kind.arguments:
        value = given.get(argument.name, argument.default)
        if holds_tensor(value):
            inbound += read_tensors(interpreter, value) or ()
        elif argument.name in given and isinstance(value, Array):
            constants[argument.name] = _write_array(kind, argument, value)
        elif argument.name in given and value is not None and argument.type != "ignored":
            constants[argument.name] = _write_constant(interpreter, argument.name, value)
    layer = Layer(
        kind=kind,
        name=interpreter.naming.make_name(name_after(kind.name)),
        arguments=tidy_arguments(kind, constants),
        line=interpreter.line,
        used=True,
    )
    count = count_outputs(kind.name, layer.arguments, len(inbound))
    if kind.name == PLACES and inbound:
        shape = measure_tensor(interpreter, inbound[0])
        count = len(shape) if isinstance(shape, tuple) else count
    return make_call(interpreter, layer, inbound, {}, count)


def _write_array(kind: Kind, argument: Argument, array: Array) -> JsonValue:
    """A constant array as its shape. Beside a batch of tensors, one row stands for any number of rows."""
    combines = kind.argument("x1") is not None and kind.argument("x2") is not None
    written: JsonValue = {"shape": [1 if size is None and combines else size for size in array.shape]}
    if argument.type != "tensor" or read_array_shape(written) is None:
        raise Refusal(f"An array of numbers as `{argument.name}` beside a layer's output is not understood.")
    return written


def _write_constant(interpreter: Interpreter, name: str, value: Value) -> JsonValue:
    if name.endswith("dtype"):
        value = name_type(value)
    if isinstance(value, list | tuple):
        parts = list(iterate(value, interpreter.budget))
        unsaid = [place for place, part in enumerate(parts) if isinstance(part, Unknown)]
        if name in ("newshape", "shape") and len(unsaid) == 1 and -1 not in parts:
            # An unknown size, usually the batch.
            parts[unsaid[0]] = -1
        return [_write_constant(interpreter, name, part) for part in parts]
    if isinstance(value, bool | int | float | str | None):
        return value
    if isinstance(value, Unknown):
        return interpreter.fill(value, name)
    raise Refusal(f"As `{name}` of an operation, {spell(value)} is not understood.")


def operate_binary(
    interpreter: Interpreter, kind: type[ast.operator] | type[ast.cmpop], left: Value, right: Value
) -> Value:
    """`left <operator> right`, at least one of them a layer's output."""
    if kind not in OPERATORS:
        raise Refusal("This operator on a layer's output is not understood.")
    return operate(interpreter, f"ops.{OPERATORS[kind]}", {"x1": left, "x2": right})


def operate_unary(interpreter: Interpreter, kind: type[ast.unaryop], value: Tensor) -> Value:
    """`-value` and `~value`."""
    if kind not in OPERATORS:
        raise Refusal("Keras would stop here: a layer's output takes no such sign.")
    return operate(interpreter, f"ops.{OPERATORS[kind]}", {"x": value})


def take_slice(interpreter: Interpreter, owner: Tensor, key: Value) -> Value:
    """`owner[key]`."""
    parts = key if isinstance(key, tuple) else (key,)
    for part in parts:
        ends = (part.start, part.stop, part.step) if isinstance(part, slice) else (part,)
        if not all(isinstance(end, int | EllipsisType | None) for end in ends):
            raise Refusal(f"`[{spell(part)}]` of a layer's output is not understood; write the numbers down.")
    return operate(interpreter, "ops.get_item", {"x": owner, "key": write_key(parts)})
