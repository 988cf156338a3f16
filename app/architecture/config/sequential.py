"""read_sequential(): a Sequential model, whose input shape may be saved in several places."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from app.architecture.catalogue import find_kind
from app.architecture.chain import connect_chain
from app.architecture.config.layer import ModelReader, make_node, read_layer
from app.architecture.config.names import name_layer, name_model
from app.architecture.config.values import JsonEntry
from app.architecture.least_input import input_dtype, least_input
from app.architecture.spec import INPUT, Architecture, Node
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject, Shape, read_shape


def read_sequential(
    config: Mapping[str, JsonValue],
    layers: Sequence[JsonEntry],
    built: Shape | None,
    read_model: ModelReader,
) -> Architecture:
    """The model of a `config` with these `layers`; `built` is the shape that was passed to build(), if any.

    Raises ConfigError, or UnknownLayer.
    """
    nodes = [make_node(name_layer(layer), read_layer(layer, read_model)) for layer in layers]
    if not nodes[0].is_input:
        shape = _find_first_shape(layers[0]) or read_shape(config.get("build_input_shape")) or built
        nodes.insert(0, _make_input(shape, nodes[0]))
    return connect_chain(name_model(config), nodes)


def _find_first_shape(layer: Mapping[str, JsonValue]) -> Shape | None:
    """The input shape noted in the first layer of a model without an input layer."""
    config = layer.get("config")
    return read_shape(config.get("batch_input_shape")) if isinstance(config, dict) else None


def _make_input(shape: Shape | None, first: Node) -> Node:
    sizes = shape or least_input(first.kind, first.arguments)
    arguments: JsonObject = {"batch_shape": list(sizes), "dtype": input_dtype(first.kind)}
    return Node(kind=INPUT, name="input_layer", arguments=tidy_arguments(find_kind(INPUT), arguments))
