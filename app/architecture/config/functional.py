"""read_functional(): a functional model, whose layers may be called more than once."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from app.architecture.catalogue import OPERATION, find_kind
from app.architecture.config.calls import Call, Entry, list_entries, read_call
from app.architecture.config.functions import is_function, modernise_call
from app.architecture.config.layer import ModelReader, is_operation, make_node, read_layer
from app.architecture.config.names import Names, find_counted_from_one, name_layer, name_model
from app.architecture.config.references import Reference, collect_references
from app.architecture.config.transposed import spread_transposes
from app.architecture.config.values import JsonEntry, quote
from app.architecture.declared import USUAL, Declared, write_declared
from app.architecture.order import connect_nodes, line_up_inputs
from app.architecture.spec import OPAQUE, Architecture, Node
from app.problems import ConfigError

FUNCTIONAL = "Functional"

CalledNode = tuple[Node, Call]
"""A node for one call of a layer, without its inputs yet, and the call."""


def read_functional(
    config: Mapping[str, JsonValue], layers: Sequence[JsonEntry], read_model: ModelReader
) -> Architecture:
    """The model of a `config` with these `layers`. Raises ConfigError, or UnknownLayer."""
    layers = spread_transposes(layers)
    names = Names(map(name_layer, layers))
    operations = frozenset(name_layer(layer) for layer in layers if is_operation(layer))
    calls = [call for layer in layers for call in _read_calls(layer, names, operations, read_model)]
    read = [reference for _, call in calls for reference in call.inbound]
    ends = tuple(collect_references(config.get("output_layers")))
    inside, outside = _count_from_one([node for node, _ in calls], read, ends)
    nodes = {
        node.name: node.model_copy(
            update={
                "inbound": names.read_sources(call.inbound, inside),
                "call": call.call,
                "listed": call.listed,
            }
        )
        for node, call in _declare_outputs(calls, names, read)
    }
    entries = names.read_sources(collect_references(config.get("input_layers")))
    inputs = [source.node for source in entries]
    outputs = names.read_sources(ends, outside)
    if not inputs or not outputs:
        raise ConfigError("The model names no `input_layers` or no `output_layers`.")
    for name in inputs:
        if name not in nodes or not nodes[name].is_input:
            raise ConfigError(f"{quote(name)} is said to be an input, and is no input layer.")
    return connect_nodes(name_model(config), nodes, inputs, outputs)


def _count_from_one(
    nodes: Sequence[Node], read: Sequence[Reference], ends: Sequence[Reference]
) -> tuple[frozenset[str], frozenset[str]]:
    """The nested models whose calls are numbered from 1: in the inputs of layers, and in the model's outputs.

    Keras 3 numbers calls of functional models from 1 in the outputs only, Keras 2 in both places.
    """
    if any(reference.dtype for reference in read):
        functional = (node.name for node in nodes if node.kind == FUNCTIONAL)
        return frozenset(), frozenset(functional)
    both = find_counted_from_one(nodes, [*read, *ends])
    return both, both


def _read_calls(
    entry: JsonEntry, names: Names, operations: frozenset[str], read_model: ModelReader
) -> Iterator[CalledNode]:
    """A node for each call of the layer; the first holds the layer, the others share its weights."""
    name = name_layer(entry)
    layer = read_layer(entry, read_model)
    entries = list_entries(entry) or [Entry([], {})]
    inputs = _list_inputs(entry)
    order = _choose_order(inputs, entries[0])
    if layer.model is not None:
        layer = layer._replace(model=line_up_inputs(layer.model, order))
    kind = find_kind(layer.kind)
    runs = kind.category == OPERATION
    config = entry.get("config")
    constants = config if is_operation(entry) and isinstance(config, dict) else {}
    for place, told in enumerate(entries):
        given = _order_inputs(inputs, order, told)
        called = modernise_call(kind, entry, given) if is_function(entry) and runs else given
        call = read_call(kind, called, constants, operations)
        own = layer._replace(arguments=call.arguments) if runs else layer
        shares = name if place and not runs else None
        yield make_node(names.name_call(name, place), own, shares), call


def _list_inputs(entry: JsonEntry) -> list[str]:
    """The input names of a nested model; none for other layers."""
    config = entry.get("config")
    entering = config.get("input_layers") if isinstance(config, dict) else None
    return [reference.layer for reference in collect_references(entering)]


def _choose_order(inputs: list[str], first: Entry) -> list[str]:
    """The input names of a nested model, in the order in which its first call passes tensors for them.

    Where a model made from a list is called on a dict, Keras orders the tensors by the dict's keys.
    """
    return sorted(inputs) if _name_tensors(inputs, first) else inputs


def _name_tensors(inputs: list[str], given: Entry) -> dict[str, JsonValue]:
    """The tensors of a nested model's call, by input name; empty if the call does not name them."""
    tensors = given.positional[0] if given.positional else None
    named = isinstance(tensors, dict) and inputs and tensors.keys() >= set(inputs)
    return tensors if named and isinstance(tensors, dict) else {}


def _order_inputs(inputs: list[str], order: list[str], given: Entry) -> Entry:
    """The call of a nested model, with its tensors in the given order of its inputs."""
    tensors = _name_tensors(inputs, given)
    listed = given.positional[0] if given.positional else None
    if order != inputs and isinstance(listed, list) and len(listed) == len(inputs):
        tensors = dict(zip(inputs, listed, strict=True))
    if not tensors:
        return given
    return given._replace(positional=[[tensors[name] for name in order], *given.positional[1:]])


def _declare_outputs(
    calls: Sequence[CalledNode], names: Names, read: Sequence[Reference]
) -> Iterator[CalledNode]:
    """The calls; opaque layers get the output shapes noted by the layers that read them, if all are noted."""
    told: dict[tuple[str, int], dict[int, Declared]] = {}
    for tensor in read:
        if tensor.shape:
            declared = Declared(tensor.shape, tensor.dtype or USUAL)
            told.setdefault((tensor.layer, tensor.call), {})[tensor.output] = declared
    for node, call in calls:
        outputs = told.get(names.find(node.name), {})
        tensors = tuple(outputs[place] for place in sorted(outputs))
        if node.kind == OPAQUE and "output_shape" not in node.arguments and 0 in outputs:
            whole = max(outputs) < len(tensors)
            yield node.with_arguments(**write_declared(tensors if whole else tensors[:1])), call
        else:
            yield node, call
