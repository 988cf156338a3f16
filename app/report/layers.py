"""make_layer(): Keras layers and models from plain values; only classes in the catalogue are constructed."""

from typing import Any

import keras
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer
from keras.src.backend import KerasTensor

from app.architecture.catalogue import OPERATION, find_kind
from app.architecture.declared import Declared, read_declared
from app.architecture.order import order_calls
from app.architecture.spec import MAX_NESTING, MODELS, OPAQUE, TOO_DEEP, Architecture, Node
from app.frozen import JsonObject
from app.report.calls import call_layer
from app.report.values import UnfitValue, check_batch_shape, check_value, is_layer, is_layers

APPLICATION_LAYERS = {layer.__name__: layer for layer in (CustomScaleLayer, LayerScale, StochasticDepth)}
"""Layers in keras.applications that are not in keras.layers."""

TUPLES = frozenset({"ngrams"})
"""Arguments for which Keras takes several numbers only as a tuple."""


class DeclaredLayer(keras.layers.Layer):  # type: ignore[misc]
    """Stands for a custom layer, which is never run: returns the outputs that it declares."""

    def __init__(self, declared: tuple[Declared, ...], name: str | None) -> None:
        super().__init__(name=name)
        self._declared = declared
        self.built = True

    def compute_output_spec(self, *_: Any, **__: Any) -> list[KerasTensor]:
        """The declared shapes and dtypes, whatever the inputs are."""
        return [KerasTensor(tensor.shape, dtype=tensor.dtype) for tensor in self._declared]


def make_layer(
    kind_name: str, arguments: JsonObject, model: Architecture | None, name: str | None, depth: int = 0
) -> Any:
    """A layer, or a nested model; `depth` is how many layers or models are around it.

    Raises UnfitValue for a value that is not passed to Keras, and whatever Keras raises.
    """
    if depth > MAX_NESTING + 1:
        raise UnfitValue(TOO_DEEP)
    if model is not None:
        return _make_model(kind_name, model, name, depth + 1)
    if kind_name == OPAQUE:
        return _make_declared(arguments, name)
    kind = find_kind(kind_name)
    if kind.inputs == "none":
        check_batch_shape(arguments)
    passed: dict[str, Any] = {}
    for key, value in arguments.items():
        argument = kind.argument(key)
        if argument is not None and argument.leaves_out(value):
            continue
        if argument is not None and argument.type == "layer" and is_layer(value):
            passed[key] = _make_inner(value, depth + 1)
        elif argument is not None and argument.type == "layer" and is_layers(value):
            passed[key] = [_make_inner(part, depth + 1) for part in value]
        else:
            # Unknown arguments are passed too, so that Keras can complain about them.
            checked = check_value(key, argument.type if argument else "unknown", value)
            passed[key] = tuple(checked) if key in TUPLES and isinstance(checked, list) else checked
    if name is not None:
        passed["name"] = name
    return (APPLICATION_LAYERS.get(kind.name) or getattr(keras.layers, kind.name))(**passed)


def _make_inner(layer: dict[str, Any], depth: int) -> Any:
    model = layer.get("model")
    inner = Architecture.model_validate(model) if layer["kind"] in MODELS else None
    return make_layer(layer["kind"], layer.get("arguments", {}), inner, None, depth)


def _make_declared(arguments: JsonObject, name: str | None) -> DeclaredLayer:
    declared = read_declared(arguments)
    if not declared:
        check_value("output_shape", "shape", arguments.get("output_shape"))
        raise UnfitValue("The layer is never run, and its output shape is not declared.")
    return DeclaredLayer(declared, name)


def _make_model(kind: str, model: Architecture, name: str | None, depth: int) -> Any:
    if kind == "Sequential" and model.is_chain:
        layers = [_make_node(node, node.name, depth) for node in model.nodes if not node.waits_for_shape]
        return keras.Sequential(layers, name=name)
    made: dict[str, Any] = {}
    tensors: dict[str, list[Any]] = {}
    for node in order_calls(model):
        inbound = [tensors[source.node][source.output] for source in node.inbound]
        layer = made[node.name] = made[node.shares] if node.shares else _make_node(node, node.name, depth)
        tensors[node.name] = call_layer(layer, node, inbound)
    inputs = [tensors[node.name][0] for node in model.nodes if node.is_input]
    outputs = [tensors[source.node][source.output] for source in model.ends]
    return keras.Model(_alone(inputs), _alone(outputs), name=name)


def _make_node(node: Node, name: str | None, depth: int) -> Any:
    if find_kind(node.kind).category == OPERATION:
        return None
    return make_layer(node.kind, node.arguments, node.model, name, depth)


def find_layer(node: Node, layers: dict[str, Any]) -> Any:
    """The layer of a node, made the first time it is asked for; None for an operation."""
    name = node.shares or node.name
    if name not in layers:
        layers[name] = _make_node(node, None, 0)
    return layers[name]


def _alone(tensors: list[Any]) -> Any:
    return tensors[0] if len(tensors) == 1 else tensors
