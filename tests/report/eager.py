"""Plain Keras, with weights and a model around the layers: what every answer is compared with."""

import math
import warnings
from typing import Any

import keras
from keras.src.backend import KerasTensor, get_keras_mask, set_keras_mask
from keras.src.layers.merging.base_merge import Merge

from app.architecture.spec import Architecture
from app.report.asked import Evaluation, TensorSpec
from app.report.model import Weight


def make_layer(kind: str, arguments: dict[str, Any], name: str | None = None) -> Any:
    """The layer as a user would write it."""
    values = {key: make_value(value) for key, value in arguments.items()}
    return getattr(keras.layers, kind)(**values, **({"name": name} if name else {}))


def make_value(value: Any) -> Any:
    """An argument: a wrapped layer, a list of cells, or the value as it is."""
    if isinstance(value, dict):
        return make_layer(value["kind"], value["arguments"])
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [make_value(part) for part in value]
    return value


def call_layer(layer: Any, inputs: list[Any]) -> list[Any]:
    """The layer's outputs: most take one tensor or a list; these two take a query, a value and a key."""
    if isinstance(layer, (keras.layers.MultiHeadAttention, keras.layers.GroupQueryAttention)):
        return keras.tree.flatten(layer(*inputs))
    return keras.tree.flatten(layer(inputs if isinstance(layer, Merge) or len(inputs) > 1 else inputs[0]))


def ask_keras(kind: str, arguments: dict[str, Any], *specs: TensorSpec, name: str = "layer") -> Evaluation:
    """One layer with real weights, called on symbolic tensors. Raises what Keras raises."""
    clear_session()
    layer = make_layer(kind, arguments, name)
    # Names are counted: what is asked next begins anew.
    clear_session()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        outputs = call_layer(layer, [make_tensor(spec) for spec in specs])
    return Evaluation(
        outputs=tuple(map(describe_tensor, outputs)),
        weights=tuple(describe_weight(weight, layer) for weight in layer.weights),
        bytes=sum(math.prod(weight.shape) * weight.value.dtype.size for weight in layer.weights),
        supports_masking=layer.supports_masking,
        compute_dtype=layer.compute_dtype,
        variable_dtype=layer.variable_dtype,
        trainable=layer.trainable,
        warnings=tuple(str(warning.message) for warning in caught),
    )


def clear_session() -> None:
    keras.utils.clear_session(free_memory=False)
    # Clearing the session forgets this too.
    keras.config.disable_traceback_filtering()


def make_tensor(spec: TensorSpec) -> Any:
    tensor = KerasTensor(spec.shape, dtype=spec.dtype)
    if spec.mask is not None:
        set_keras_mask(tensor, KerasTensor(spec.mask, dtype="bool"))
    return tensor


def describe_tensor(tensor: Any) -> TensorSpec:
    mask = get_keras_mask(tensor)
    return TensorSpec(tuple(tensor.shape), tensor.dtype, None if mask is None else tuple(mask.shape))


def describe_weight(weight: Any, layer: Any) -> Weight:
    twins = [other for other in layer.weights if other.name == weight.name]
    return Weight(
        name=weight.name if len(twins) == 1 else weight.path.partition("/")[2],
        shape=tuple(weight.shape),
        dtype=weight.dtype,
        trainable=weight.trainable,
    )


def build_model(architecture: Architecture) -> tuple[keras.Model, dict[str, list[Any]]]:
    """The functional model, and the outputs of each of its layers by name."""
    tensors: dict[str, list[Any]] = {}
    for node in architecture.nodes:
        layer = make_layer(node.kind, node.arguments, node.name)
        inputs = [tensors[source.node][source.output] for source in node.inbound]
        tensors[node.name] = [layer.output] if node.is_input else call_layer(layer, inputs)
    inputs = [tensors[node.name][0] for node in architecture.nodes if node.is_input]
    outputs = [tensors[source.node][source.output] for source in architecture.ends]
    return keras.Model(inputs, outputs), tensors
