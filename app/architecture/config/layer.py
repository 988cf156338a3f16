"""Layers in a configuration: their kinds and arguments, as they would be written in code."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import Argument, find_kind, is_kind
from app.architecture.config.functions import find_function
from app.architecture.config.objects import is_own, read_name
from app.architecture.config.values import JsonEntry, read_object, read_plain
from app.architecture.never_built import NEVER_BUILT, NEVER_CALLED
from app.architecture.operation_names import name_operation
from app.architecture.spec import INPUT, MODELS, OPAQUE, UNNAMED, Architecture, Node
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject, read_shape
from app.problems import ConfigError

OLD_MODELS: Mapping[str, str] = {"Model": "Functional"}
"""Model classes under their names in Keras 2."""

OLD_LAYERS: Mapping[str, str] = {"CuDNNGRU": "GRU", "CuDNNLSTM": "LSTM"}
"""Layers of Keras 2 for graphics cards, which Keras 3 chooses by itself."""

HOLDS_CODE = frozenset({*NEVER_BUILT, "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"})
"""Layers that hold functions, which are never run here."""

TAKEN_UNNAMED = frozenset({"lora_rank"})
"""Arguments that add weights, and that convolutions take without naming them among their own."""

DROPPED = frozenset(
    {
        *("adjustment", "batch_input_shape", "dynamic", "experimental_autocast", "fused", "implementation"),
        *("input_dim", "input_length", "input_shape", "renorm", "renorm_clipping", "renorm_momentum"),
        *("time_major", "virtual_batch_size"),
        *("groups", "kernel_constraint", "kernel_initializer", "kernel_regularizer"),
        *("data_format", "oov_method", "quantization_config", "rms_scaling", "seed", "unroll"),
        *("dtype", "trainable", "zero_output_for_mask"),
    }
)
"""What layers of Keras 2, separable convolutions among them, of Keras 3 and of its applications write and do
not take."""

ModelReader = Callable[[JsonEntry], Architecture]


class Layer(NamedTuple):
    """A layer without its name and its inputs."""

    kind: str
    arguments: JsonObject
    model: Architecture | None = None


def make_node(name: str, layer: Layer, shares: str | None = None) -> Node:
    """A node of that name, without inputs yet; `shares` is the node whose weights it shares."""
    # A nested model has the name of its layer.
    model = layer.model and layer.model.model_copy(update={"name": UNNAMED})
    return Node(kind=layer.kind, name=name, arguments=layer.arguments, model=model, shares=shares)


def is_operation(entry: Mapping[str, JsonValue]) -> bool:
    """Whether this is an operation on tensors; Keras 3 lists these among the layers."""
    return str(entry.get("module")).startswith("keras.src.ops")


def read_layer(entry: JsonEntry, read_model: ModelReader) -> Layer:
    """The layer of an entry. Raises ConfigError, or UnknownLayer for an unknown class of Keras."""
    class_name = entry.get("class_name")
    if not isinstance(class_name, str):
        raise ConfigError("A layer has no `class_name`.")
    if is_operation(entry):
        if class_name in NEVER_CALLED:
            return Layer(OPAQUE, {"class_name": class_name})
        return Layer(name_operation(class_name), {})
    class_name = OLD_LAYERS.get(class_name, class_name)
    kind_name = OLD_MODELS.get(class_name, class_name)
    if kind_name in MODELS:
        return Layer(kind_name, {}, read_model(entry))
    config = read_object(entry.get("config"), f"The `config` of {class_name}")
    if function := find_function(entry):
        return Layer(function.name, {})
    if class_name in HOLDS_CODE or _is_own(entry):
        return Layer(OPAQUE, _declare(class_name, config))
    kind = find_kind(class_name)
    given = {name: value for name, value in config.items() if name not in ("name", "batch_input_shape")}
    if kind.name == INPUT and "batch_input_shape" in config:
        given["batch_shape"] = config["batch_input_shape"]
    arguments: JsonObject = {}
    for name, value in given.items():
        argument = kind.argument(name)
        if argument is not None and not argument.leaves_out(value):
            read = _read_argument(argument, value, read_model)
            if read is not None or value is None:
                arguments[name] = read
        elif name in TAKEN_UNNAMED and value is not None:
            arguments[name] = read_plain(value)
        elif argument is None and "module" in entry and name not in DROPPED:
            # Keras will complain. Before it named modules, Keras wrote much that it no longer takes.
            arguments[name] = "…" if isinstance(value, list | dict) else value
    _drop_mirrored(arguments)
    _drop_counted(arguments)
    return Layer(kind.name, tidy_arguments(kind, arguments))


def _is_own(entry: Mapping[str, JsonValue]) -> bool:
    """Whether it is a custom class, or one that is not among those that Keras offers.

    Keras 2 and `.h5` files do not say where a class comes from: one that is unknown is a custom one there.
    """
    unsaid = "module" not in entry or str(entry["module"]).startswith("keras.src.")
    class_name = str(entry.get("class_name"))
    registered = isinstance(entry.get("registered_name"), str)
    return (registered and is_own(entry)) or (unsaid and not is_kind(OLD_LAYERS.get(class_name, class_name)))


def _declare(class_name: str, config: Mapping[str, JsonValue]) -> JsonObject:
    """The arguments of an opaque layer. The `output_shape` of a Lambda has no batch axis."""
    shape = read_shape(config.get("output_shape"))
    declared: JsonObject = {"output_shape": [None, *shape]} if shape else {}
    return {"class_name": class_name.rpartition(">")[2], **declared}


def _drop_mirrored(arguments: JsonObject) -> None:
    """Remove the backward layer of a Bidirectional if it is just the forward layer going backwards."""
    forward, backward = arguments.get("layer"), arguments.get("backward_layer")
    if isinstance(forward, dict) and isinstance(backward, dict):
        inner: list[Any] = [layer.get("arguments") for layer in (forward, backward)]
        turned = [{name: value for name, value in each.items() if name != "go_backwards"} for each in inner]
        differ = inner[0].get("go_backwards", False) != inner[1].get("go_backwards", False)
        if differ and turned[0] == turned[1] and forward["kind"] == backward["kind"]:
            del arguments["backward_layer"]


def _drop_counted(arguments: JsonObject) -> None:
    """Remove the number of terms or bins where it follows from the vocabulary or the boundaries, or changes
    nothing.
    """
    if arguments.get("bin_boundaries") is not None:
        arguments.pop("num_bins", None)
    if arguments.get("vocabulary") is not None or arguments.get("output_mode", "int") == "int":
        arguments.pop("vocabulary_size", None)


def _read_argument(argument: Argument, value: JsonValue, read_model: ModelReader) -> JsonValue:
    if argument.type == "layer" and isinstance(value, list):
        return [_read_argument(argument, element, read_model) for element in value]
    if argument.type == "layer" and value is not None:
        inner = read_layer(read_object(value, f"`{argument.name}`"), read_model)
        if inner.model is None:
            return {"kind": inner.kind, "arguments": inner.arguments}
        model = inner.model.model_dump(mode="json", exclude_defaults=True)
        return {"kind": inner.kind, "arguments": {}, "model": model}
    if isinstance(value, dict):
        return read_name(argument, value)
    return read_plain(value)
