"""Assembles the layers, calls and models that the interpreter has found into one Architecture."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.architecture.calls import name_call
from app.architecture.catalogue import KINDS
from app.architecture.chain import connect_chain
from app.architecture.code.built import Call, Functional, Layer, Model, Sequential, Tensor
from app.architecture.code.holes.input_guess import guess_input
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.construct import make_layer
from app.architecture.code.layers.graph import find_open_layer
from app.architecture.code.layers.measuring import find_type, measure_tensor
from app.architecture.code.layers.shared import note_shared
from app.architecture.code.origins import list_calls
from app.architecture.code.python.calls import unroll
from app.architecture.code.source.alternatives import choose_alternative
from app.architecture.freezing import freeze_layers
from app.architecture.order import connect_nodes, line_up_inputs
from app.architecture.spec import INPUT, MAX_NODES, TOO_DEEP, UNNAMED, Architecture, Inbound, Node, Source
from app.frozen import Shape
from app.problems import CodeError, CodeTooComplex


def assemble(interpreter: Interpreter, model: Model) -> Architecture:
    """The architecture of the model that is shown. Raises CodeError."""
    interpreter.shown = model
    try:
        architecture = assemble_model(interpreter, model)
        note_shared(interpreter, model)
    except RecursionError:
        raise CodeTooComplex(TOO_DEEP) from None
    return architecture if model.trainable else freeze_layers(architecture)


def assemble_model(interpreter: Interpreter, model: Model) -> Architecture:
    """The architecture of one model in the code. Raises CodeError."""
    if isinstance(model, Sequential):
        return _assemble_chain(interpreter, model)
    return assemble_graph(model, interpreter)


def _assemble_chain(interpreter: Interpreter, model: Sequential) -> Architecture:
    if model.branches is not None:
        return assemble_graph(unroll(interpreter, model), interpreter)
    layers = choose_alternative(interpreter.notes, model.layers) if model.assumed else model.layers
    first, *rest = layers
    if first.kind.name != INPUT:
        first, rest = _open_entrance(interpreter, model, first), layers
    for layer in rest[1:]:
        if layer.input_shape is not None:
            interpreter.notes.add(
                "argument-ignored",
                layer.line,
                layer.name,
                argument="input_shape=",
                kind=layer.kind.name,
                reason="Only the first layer of a model can say what enters it.",
            )
    _check_count(len(rest) + 1)
    if any(find_open_layer(layer.model) for layer in rest):
        # The output of the layer before tells the nested model its input shape.
        unroll(interpreter, _begin_with(first, rest, model))
    if any(layer.function is not None for layer in rest):
        return assemble_graph(unroll(interpreter, _begin_with(first, rest, model)), interpreter)
    calls = [Call(layer, ()) for layer in (first, *rest)]
    return connect_chain(
        model.name, (_make_node(interpreter, named, ()) for named in name_calls(calls).values())
    )


def _begin_with(first: Layer, rest: list[Layer], model: Sequential) -> Sequential:
    return Sequential(model.name, model.line, [first, *(layer for layer in rest if layer is not first)])


def unroll_chain(interpreter: Interpreter, model: Sequential) -> None:
    """Convert a Sequential into a graph and keep that, so that its tensors can be asked for."""
    if not model.layers or (model.unrolled and model.unrolled[0] == len(model.layers)):
        return
    chain = model
    first = model.layers[0]
    if first.kind.name != INPUT and model.branches is None:
        chain = Sequential(model.name, model.line, [_open_entrance(interpreter, model, first), *model.layers])
    model.unrolled = (len(model.layers), unroll(interpreter, chain))


def _open_entrance(interpreter: Interpreter, model: Sequential, first: Layer) -> Layer:
    """The input layer added before a chain that begins with another layer; the same one each time."""
    shape, dtype = _find_input(interpreter, first)
    here, interpreter.line = interpreter.line, first.line
    name = model.entrance.name if model.entrance else model.entrance_name or None
    given = {"batch_shape": shape, "dtype": dtype, "name": name}
    model.entrance = make_layer(interpreter, KINDS[INPUT], given)
    interpreter.line = here
    return model.entrance


def _find_input(interpreter: Interpreter, first: Layer) -> tuple[Shape, str | None]:
    """The input shape and dtype of a chain whose first layer is not an input. A model there has its own."""
    if first.model is None or first.input_shape is not None:
        return _find_former_input(interpreter, first) or guess_input(interpreter, first)
    inside = first.model
    if isinstance(inside, Functional):
        names = inside.called_in or (inside.inputs[0].call.layer.name,)
        enters = next(tensor.call.layer for tensor in inside.inputs if tensor.call.layer.name == names[0])
    elif inside.branches is not None:
        enters = inside.branches.inputs[0].call.layer
    else:
        enters = inside.layers[0]
    if enters.kind.name != INPUT:
        return _find_input(interpreter, enters)
    return enters.batch_shape, str(enters.arguments.get("dtype") or "") or None


def _find_former_input(interpreter: Interpreter, first: Layer) -> tuple[Shape, str | None] | None:
    """The input of this layer in the model it was taken from; None if the layer has an input shape."""
    if first.input_shape is not None or first.input_length is not None:
        return None
    for model in interpreter.models:
        if isinstance(model, Sequential) and first in model.layers[1:]:
            unroll_chain(interpreter, model)
    before = first.first_call.inbound if first.first_call else ()
    shape = measure_tensor(interpreter, before[0]) if len(before) == 1 else None
    return (shape, find_type(before[0])) if isinstance(shape, tuple) else None


def assemble_graph(model: Functional, interpreter: Interpreter) -> Architecture:
    """The layers between a model's inputs and outputs. Raises CodeError if they are not connected."""
    found = list_calls((*model.inputs, *model.outputs))
    entering = {id(tensor.call) for tensor in model.inputs}
    for call in found:
        if call.layer.kind.name == INPUT and id(call) not in entering:
            raise CodeError(
                f"Keras would stop here: the model needs the input {call.layer.name!r}, which is not among "
                "its inputs.",
                model.line,
            )
    _check_count(len(found))
    calls = name_calls(sorted(found, key=lambda call: call.place))
    nodes: dict[str, Node] = {}
    for named in calls.values():
        inbound = tuple(_source(tensor, calls) for tensor in named.call.inbound)
        nodes[named.name] = _make_node(interpreter, named, inbound)
    inputs = [calls[id(tensor.call)].name for tensor in model.inputs]
    outputs = tuple(_source(tensor, calls) for tensor in model.outputs)
    return connect_nodes(model.name, nodes, inputs, outputs)


class NamedCall(NamedTuple):
    """A call with the name of its node.

    For later calls of a layer, `shares` is the node of its first call.
    """

    name: str
    call: Call
    shares: str | None


def name_calls(calls: Sequence[Call]) -> dict[int, NamedCall]:
    """Names for the calls of a model, by the calls' ids: `lstm` for a layer's first call, `lstm@2` for its
    second.

    Raises CodeError if two layers have the same name.
    """
    layers: dict[str, Layer] = {}
    counts: Counter[str] = Counter()
    named: dict[int, NamedCall] = {}
    for call in calls:
        name = call.layer.name
        if layers.setdefault(name, call.layer) is not call.layer:
            raise _twice(name, call.layer, layers[name])
        counts[name] += 1
        number = counts[name]
        named[id(call)] = NamedCall(name_call(name, number), call, None if number == 1 else name)
    return named


def _source(tensor: Tensor, calls: Mapping[int, NamedCall]) -> Source:
    return Source(node=calls[id(tensor.call)].name, output=tensor.output)


def _assemble_inner(interpreter: Interpreter, model: Model) -> Architecture:
    # A nested model has the name of its layer.
    architecture = assemble_model(interpreter, model).model_copy(update={"name": UNNAMED})
    if isinstance(model, Sequential):
        return architecture
    named = architecture.model_copy(update={"class_name": model.class_name})
    return line_up_inputs(named, model.called_in)


def _make_node(interpreter: Interpreter, named: NamedCall, inbound: Inbound) -> Node:
    layer = named.call.layer
    model = None if layer.model is None else _assemble_inner(interpreter, layer.model)
    return Node(
        kind=layer.kind.name,
        name=named.name,
        arguments=layer.arguments,
        inbound=inbound,
        call=named.call.handed,
        listed=named.call.listed,
        shares=named.shares,
        model=model,
        line=layer.line,
    )


def _check_count(count: int) -> None:
    if count > MAX_NODES:
        raise CodeTooComplex(f"The model has {count:,} layers; at most {MAX_NODES:,} are read.")


def _twice(name: str, layer: Layer, other: Layer) -> CodeError:
    return CodeError(
        f"Keras would stop here: two layers are named {name!r}, and a name must be unique in a model.",
        max(layer.line, other.line),
    )
