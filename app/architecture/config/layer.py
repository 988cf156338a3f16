"""Layers in a configuration: their kinds and arguments, as they would be written in code."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import Argument, find_kind
from app.architecture.config.functions import find_function
from app.architecture.config.values import JsonEntry, quote, read_object, read_plain
from app.architecture.never_built import NEVER_BUILT
from app.architecture.operation_names import name_operation
from app.architecture.spec import INPUT, MODELS, OPAQUE, UNNAMED, Architecture, Node
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject, read_shape
from app.problems import ConfigError

OLD_MODELS: Mapping[str, str] = {"Model": "Functional"}
"""Model classes under their names in Keras 2."""

HOLDS_CODE = frozenset({*NEVER_BUILT, "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"})
"""Layers that hold functions, which are never run here."""

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
        return Layer(name_operation(class_name), {})
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
            arguments[name] = _read_argument(argument, value, read_model)
    _drop_mirrored(arguments)
    _drop_counted(arguments)
    return Layer(kind.name, tidy_arguments(kind, arguments))


def _is_own(entry: Mapping[str, JsonValue]) -> bool:
    """Whether it is a custom class, which Keras saves with the name that it is registered under."""
    registered, module = entry.get("registered_name"), str(entry.get("module") or "")
    if not isinstance(registered, str):
        return False
    return ">" in registered or module.partition(".")[0] not in ("", "keras", "tensorflow", "tf_keras")


def _declare(class_name: str, config: Mapping[str, JsonValue]) -> JsonObject:
    """The arguments of an opaque layer. The `output_shape` of a Lambda has no batch axis."""
    shape = read_shape(config.get("output_shape"))
    declared: JsonObject = {"output_shape": [None, *shape]} if shape else {}
    return {"class_name": class_name, **declared}


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
    """Remove the number of terms where it follows from the vocabulary, or changes nothing."""
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
        return _read_name(argument, value)
    return read_plain(value)


def _read_name(argument: Argument, value: Mapping[str, JsonValue]) -> str:
    """The name of a serialised object, such as a dtype policy or an activation."""
    class_name, config = value.get("class_name"), value.get("config")
    if isinstance(config, dict) and {"mode", "source_name"} <= config.keys():
        return f"{config['mode']}_from_{config['source_name']}"
    if isinstance(class_name, str) and class_name in HOLDS_CODE:
        raise ConfigError(f"The `{argument.name}` of a layer holds code, which is never run here.")
    name = config.get("name") if isinstance(config, dict) else config
    if argument.name != "dtype" and isinstance(config, dict):
        name = str(class_name).lower()
    if not isinstance(name, str):
        raise ConfigError(f"The `{argument.name}` of a layer is not understood: {quote(class_name)}.")
    return name
