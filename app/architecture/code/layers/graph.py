"""Calls of layers and models on tensors: each adds a node to the functional graph."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pydantic import JsonValue

from app.architecture.calls import ATTENDED, FIRST, STATES, name_first
from app.architecture.catalogue import find_kind
from app.architecture.code.built import Call, Functional, Layer, Model, Sequential, Tensor, spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.counting import count_call
from app.architecture.code.layers.feeding import feed
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.layers.naming import INNER_OF_BUILT
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Namespace, Unknown, Value
from app.architecture.handed import name_own
from app.architecture.outputs import (
    CELLS,
    EACH,
    MOST_OUTPUTS,
    PLACES,
    SPLITS,
    count_outputs,
    group_outputs,
    is_usually_listed,
)
from app.architecture.spec import INPUT, OPAQUE, UNNAMED
from app.frozen import JsonObject, Shape

MAX_DEPTH = 8
"""How deeply lists of tensors may be nested."""

LISTS = SPLITS | {PLACES}
"""Kinds that give a list, even of one tensor."""

NONE_NAMED: Mapping[str, int] = MappingProxyType({})

NO_EFFECT = frozenset({"training"})
"""Call arguments that change no shape, mask or count."""


def call_layer(interpreter: Interpreter, layer: Layer, arguments: Arguments) -> Value:
    """`layer(inputs)`: a Tensor, or a list if the layer returns several. Unknown if it is called on data."""
    keywords = dict(arguments.keywords)
    names = ATTENDED if layer.kind.call == "positional" else () if arguments.positional else FIRST
    named = {name: keywords.pop(name) for name in names if keywords.get(name) is not None}
    if names == FIRST:
        _check_first(interpreter, layer, named)
    positional = [*arguments.positional, *named.values()] or [None]
    if layer.kind.call == "positional":
        positional = [[value for value in positional if value is not None]]
    elif layer.kind.category == "recurrent" or layer.kind.name == "Bidirectional":
        keywords |= dict(zip(STATES, positional[1:], strict=False))
        positional = positional[:1]
    elif layer.kind.name in CELLS and len(positional) > 1:
        keywords["states"] = positional[1]
        positional = positional[:1]
    if len(positional) > 1 and any(map(holds_tensor, positional[1:])) and layer.kind.name != OPAQUE:
        raise Refusal(
            f"{layer.kind.name} is called on several values at once, which is not understood. "
            "Layers that merge take one list: `layers.Concatenate()([a, b])`."
        )
    if isinstance(positional[0], dict) and is_usually_listed(layer.kind.name):
        raise Refusal(
            f"Keras would stop here: {layer.kind.name} is called on a dict, and takes a list: "
            f"`layers.{layer.kind.name}()(list(tensors.values()))`."
        )
    inputs = read_tensors(interpreter, positional if len(positional) > 1 else positional[0])
    if layer.first_call is None:
        interpreter.naming.count_inner(layer.kind.name, INNER_OF_BUILT)
    layer.used = True
    if inputs is None:
        return Unknown(f"data from {layer.name}")
    if layer.kind.name == INPUT:
        raise Refusal("An input layer cannot be called.")
    scores = keywords.get("return_attention_scores") is True
    count = count_outputs(layer.kind.name, layer.arguments, len(inputs)) + scores
    own = {name: len(inputs) - place for place, name in enumerate(reversed(named), 1)}
    singly = all(isinstance(value, Tensor) for value in named.values())
    given = make_call(interpreter, layer, inputs, keywords, count, own if singly else {})
    if len(inputs) == 1 and layer.kind.call == "list" and layer.kind.name != OPAQUE:
        is_list = not isinstance(positional[0], Tensor)
        if is_list != is_usually_listed(layer.kind.name):
            interpreter.calls[-1].listed = is_list
        if is_list and layer.kind.name in EACH:
            return [given]
    if isinstance(given, list) and isinstance(positional[0], dict) and layer.kind.name in EACH:
        return dict(zip(sorted(positional[0], key=str), given, strict=True))
    return group_outputs(layer.kind.name, layer.arguments, given) if isinstance(given, list) else given


def _check_first(interpreter: Interpreter, layer: Layer, named: Mapping[str, Value]) -> None:
    """Raises a Refusal if the first parameter has another name. In Keras 2 each was `inputs`."""
    name, first = next(iter(named), ""), name_first(layer.kind.name, layer.kind.category)
    if name in ("", first) or layer.kind.name == OPAQUE:
        return
    if name != "inputs":
        raise Refusal(f"Python would stop here with TypeError: missing a required argument: {first!r}.")
    interpreter.notes.add("old-spelling", interpreter.line, old=f"{name}=…", new=f"{first}=…")


def make_call(
    interpreter: Interpreter,
    layer: Layer,
    inputs: Sequence[Tensor],
    keywords: dict[str, Value],
    count: int,
    own: Mapping[str, int] = NONE_NAMED,
) -> Value:
    """Add a call to the graph. Returns its output tensor, or a list of `count`; for a split always a list.

    `own` are the places of those of the `inputs` that are passed by keyword.
    """
    inbound = list(inputs)
    handed: JsonObject = {}
    # As Keras reads a dict.
    for name, value in sorted(keywords.items()):
        if name not in NO_EFFECT and value is not None and value is not False:
            written = _hand_over(interpreter, name, value, inbound)
            if written is not None:
                handed[name] = written
            elif name.endswith("mask"):
                interpreter.notes.add(
                    "mask-not-read", interpreter.line, layer.name, argument=name, kind=layer.kind.name
                )
    if count > MOST_OUTPUTS:
        raise Refusal(f"{layer.name} gives more than {MOST_OUTPUTS:,} tensors, which are not read here.")
    call = Call(layer, tuple(inbound), name_own(handed, own, len(inbound)))
    interpreter.calls.append(call)
    outputs = [Tensor(call, at) for at in range(count)]
    return outputs if len(outputs) > 1 or layer.kind.name in LISTS else outputs[0]


def _hand_over(interpreter: Interpreter, name: str, value: Value, inbound: list[Tensor]) -> JsonValue:
    """A keyword value as a Node's `call` has it; its tensors are appended to `inbound`. None for data."""
    if isinstance(value, Tensor):
        inbound.append(value)
        return {"inbound": len(inbound) - 1}
    if isinstance(value, list | tuple) and holds_tensor(value):
        return [_hand_over(interpreter, name, part, inbound) for part in iterate(value, interpreter.budget)]
    if isinstance(value, bool | int | float | str):
        return value
    parts = value if isinstance(value, list | tuple) else [value]
    if all(isinstance(part, Array | Unknown | Namespace) for part in parts):
        return None
    raise Refusal(f"`{name}={spell(value)}` in the call of a layer is not understood.")


def holds_tensor(value: Value) -> bool:
    """Whether a value is a tensor, or a list with a tensor in it."""
    return Arguments([value]).tensor is not None


def read_tensors(interpreter: Interpreter, value: Value) -> tuple[Tensor, ...] | None:
    """The tensors in a tensor, list, tuple or dict; None if the value is data."""
    if isinstance(value, Tensor):
        return (value,)
    if isinstance(value, Array | Unknown | Namespace):
        return None
    if isinstance(value, dict):
        # As Keras reads a dict.
        value = [value[key] for key in sorted(value, key=str)]
    if isinstance(value, list | tuple):
        parts = list(iterate(value, interpreter.budget))
        if parts and all(isinstance(part, Tensor) for part in parts):
            return tuple(parts)
        if not holds_tensor(parts):
            return None
    if isinstance(value, Layer):
        raise Refusal(
            f"Keras would stop here: a tensor is wanted, and {value.name} is a layer that was not called: "
            f"`{value.kind.name}(…)(x)` calls it."
        )
    raise Refusal(f"A layer is called on tensors here, and {spell(value)} is none.")


def read_structure(interpreter: Interpreter, value: Value) -> tuple[Tensor, ...] | None:
    """The tensors in nested lists and dicts, as a model's inputs and outputs may be given; None for data."""
    return read_tensors(interpreter, _flatten(interpreter, value, MAX_DEPTH))


def _flatten(interpreter: Interpreter, value: Value, depth: int) -> Value:
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value, key=str)]
    if not isinstance(value, list | tuple) or not depth:
        return value
    parts = [_flatten(interpreter, part, depth - 1) for part in iterate(value, interpreter.budget)]
    return [leaf for part in parts for leaf in (part if isinstance(part, list) else [part])]


def call_model(interpreter: Interpreter, model: Model, arguments: Arguments) -> Value:
    """`model(tensor)`: the model becomes a layer of another. On data the call has no effect."""
    keywords = dict(arguments.keywords)
    positional = arguments.positional or ([keywords.pop("inputs")] if "inputs" in keywords else [])
    if positional and isinstance(model, Functional):
        positional = [_order_inputs(model, positional[0]), *positional[1:]]
    arguments = Arguments(positional, keywords)
    if arguments.tensor is None:
        for value in arguments.positional[:1]:
            feed(interpreter, model, "the call", value)
        return Unknown(f"data from {model.name}")
    given = positional[0] if positional else None
    keywords |= dict(zip(("training", "mask"), positional[1:], strict=False))
    inputs = read_tensors(interpreter, given)
    if inputs is None:
        raise Refusal(f"A model is called on tensors here, and {spell(given)} is none.")
    if isinstance(model, Sequential) and model.layers:
        count_call(interpreter.naming, model)
        tell_input(interpreter, model, inputs[0])
    layer = use_as_layer(interpreter, model)
    given = make_call(interpreter, layer, inputs, keywords, count_leaving(model))
    if isinstance(model, Functional) and model.output_keys:
        return dict(zip(model.output_keys, given if isinstance(given, list) else [given], strict=True))
    return given


def count_leaving(model: Model) -> int:
    """The number of a model's outputs: those of a Sequential are its last layer's."""
    if isinstance(model, Functional):
        return len(model.outputs)
    count = 1
    for layer in model.layers:
        inner = layer.model
        count = count_leaving(inner) if inner else count_outputs(layer.kind.name, layer.arguments, count)
    return count


def _order_inputs(model: Functional, given: Value) -> Value:
    """The tensors of a list or dict, in the order in which the model was called on them first.

    Entries of a dict are matched by the keys of the dict that the model was made of, else by input name.
    """
    names = [tensor.call.layer.name for tensor in model.inputs]
    keys = model.input_keys or names
    if isinstance(given, dict) and given.keys() >= set(keys):
        tensors = {name: given[key] for name, key in zip(names, keys, strict=True)}
    elif isinstance(given, list | tuple) and len(given) == len(names):
        tensors = dict(zip(names, given, strict=True))
    elif isinstance(given, dict) and any(isinstance(value, Tensor) for value in given.values()):
        raise Refusal(
            f"Keras would stop here: {model.name} is called on a dict with the keys "
            f"{sorted(given, key=str)}, and its inputs are {sorted(keys)}."
        )
    else:
        return given
    # Keras reads a dict by its sorted keys.
    by_name = isinstance(given, dict) and not model.input_keys
    model.called_in = model.called_in or tuple(sorted(names) if by_name else names)
    return [tensors[name] for name in model.called_in]


def tell_input(interpreter: Interpreter, model: Sequential, tensor: Tensor) -> None:
    """Give a Sequential without an input the shape and dtype of the tensor that it is first called on."""
    if first := find_open_layer(model):
        shape = measure_tensor(interpreter, tensor)
        first.input_shape = shape if isinstance(shape, tuple) else None


def find_open_layer(model: Model | None) -> Layer | None:
    """The first layer of a Sequential whose input shape nobody has said; None for other models."""
    first = None
    while isinstance(model, Sequential) and model.layers:
        first = model.layers[0]
        model = first.model
    is_open = first and model is None and first.kind.name != INPUT and first.input_shape is None
    return first if is_open else None


def find_entrance_shape(model: Model) -> Shape | None:
    """The shape of the only input of a model, batch axis first; None if it has several, or says none."""
    if isinstance(model, Functional):
        return model.inputs[0].call.layer.batch_shape if len(model.inputs) == 1 else None
    first = model.layers[0] if model.layers else None
    if first is None or first.model is not None:
        return find_entrance_shape(first.model) if first and first.model else None
    return first.batch_shape or first.input_shape


def use_as_layer(interpreter: Interpreter, model: Model) -> Layer:
    """The layer that stands for the model in other models; the same one each time."""
    if isinstance(model, Sequential) and not model.layers:
        raise Refusal(f"The model {model.name!r} has no layers yet, so it cannot be used as one.")
    if model.layer is None:
        kind = find_kind("Sequential" if isinstance(model, Sequential) else "Functional")
        given = model.counted_name if model.name == UNNAMED else model.name
        name = given or interpreter.naming.make_name(kind.name)
        model.layer = Layer(kind=kind, name=name, arguments={}, line=interpreter.line, model=model, used=True)
    return model.layer
