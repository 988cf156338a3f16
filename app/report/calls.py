"""call_layer(): calls a Keras layer, model or operation on tensors, as a model's code does."""

from operator import attrgetter
from typing import Any

import keras
import numpy as np
from pydantic import JsonValue

from app.architecture.catalogue import OPERATION, Argument, Kind, find_kind
from app.architecture.handed import leave_out_own
from app.architecture.operands import hand_out, read_array_shape
from app.architecture.outputs import MOST_OUTPUTS, count_outputs, is_usually_listed
from app.architecture.slices import read_key
from app.architecture.spec import Node
from app.report.values import UnfitValue, check_value

GET_ITEM = "ops.get_item"


def call_layer(layer: Any, node: Node, tensors: list[Any]) -> list[Any]:
    """The output tensors of a node, given the tensors at its `inbound`. `layer` is None for an operation."""
    kind = find_kind(node.kind)
    if kind.category == OPERATION:
        given = list(keras.tree.flatten(_call_operation(kind, node, tensors)))
        if not given:
            raise UnfitValue(f"keras.{kind.name} gives no tensor with these arguments.")
        return given
    if kind.inputs == "none":
        return [layer.output]
    named = node.handed_by_name
    inputs = [tensor for place, tensor in enumerate(tensors) if place not in named]
    keywords = {name: _hand_over(value, tensors) for name, value in leave_out_own(node.call).items()}
    listed = is_usually_listed(node.kind) if node.listed is None else node.listed
    alone = len(inputs) == 1 and not listed
    called_on = inputs if alone or kind.call == "positional" else [inputs]
    return list(keras.tree.flatten(layer(*called_on, **keywords)))


def _hand_over(value: JsonValue, tensors: list[Any]) -> Any:
    """A value of `call`, with its references replaced by the tensors."""
    if isinstance(value, list):
        return [_hand_over(part, tensors) for part in value]
    if isinstance(value, dict):
        place = value.get("inbound")
        if not isinstance(place, int):
            raise UnfitValue('A tensor in `call` is written {"inbound": 1}.')
        return tensors[place]
    return value


def _call_operation(kind: Kind, node: Node, tensors: list[Any]) -> Any:
    if kind.name == GET_ITEM:
        return tensors[0][read_key(str(node.arguments.get("key", "")))]
    handed = hand_out(kind, node.arguments, tensors)
    given: dict[str, Any] = {}
    for argument in kind.arguments:
        name = argument.name
        if name in node.arguments:
            value = check_value(name, argument.type, node.arguments[name])
            shape = read_array_shape(value)
            given[name] = value if shape is None else np.ones(shape, "float32")
            # Adaptive pooling adds the size to a shape, so it must be a tuple.
            if name == "output_size" and isinstance(value, list):
                given[name] = tuple(value)
        elif name in handed:
            given[name] = handed[name] if argument.type == "tensors" else handed[name][0]
    strange = sorted(node.arguments.keys() - given.keys())
    taken = sum(map(len, handed.values()))
    if taken < len(tensors) or strange:
        what = f"no argument `{strange[0]}`" if strange else f"at most {taken} tensors"
        raise UnfitValue(f"keras.{kind.name} takes {what}.")
    if max(count_outputs(kind.name, node.arguments), _count_unstacked(node, tensors)) > MOST_OUTPUTS:
        raise UnfitValue(
            f"keras.{kind.name} gives at most {MOST_OUTPUTS:,} tensors here; these would be more."
        )
    function = attrgetter(kind.name.removeprefix("ops."))(keras.ops)
    if kind.call == "positional":
        operands = next(given.pop(argument.name) for argument in kind.arguments if argument.type == "tensors")
        before = [given.pop(argument.name) for argument in kind.arguments if _comes_before(argument, given)]
        return function(*before, *operands, **given)
    return function(**given)


def _count_unstacked(node: Node, tensors: list[Any]) -> int:
    """How many tensors `unstack` returns for an axis whose length it is not told."""
    axis = node.arguments.get("axis", 0)
    if node.kind != "ops.unstack" or not isinstance(axis, int) or not tensors:
        return 0
    shape = tensors[0].shape
    return (shape[axis] or 0) if -len(shape) <= axis < len(shape) else 0


def _comes_before(argument: Argument, given: dict[str, Any]) -> bool:
    return argument.name in given and not argument.keyword_only
