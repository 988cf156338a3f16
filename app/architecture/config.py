"""read_config(): what `model.to_json()` gives, in the form of Keras 3 and in that of Keras 2 and tf.keras."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue, ValidationError

from app.architecture.bytecode import refuse_bytecode
from app.architecture.catalogue import Argument, Kind, find_kind
from app.architecture.inbound import InboundReader, read_references
from app.architecture.least_input import input_dtype, least_input
from app.architecture.order import connect_nodes
from app.architecture.spec import INPUT, MAX_NODES, Architecture, Inbound, Node, Source
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject
from app.problems import ArchitectureError, ConfigError, UnknownLayer

FUNCTIONAL = frozenset({"Functional", "Model"})
MODELS = FUNCTIONAL | {"Sequential"}
HOLDS_CODE = frozenset({"Lambda", "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "__lambda__"})

MAX_DEPTH = 8
"""How deep lists may stand inside an argument."""


def read_config(config: JsonObject) -> Architecture:
    """The architecture in `json.loads(model.to_json())`.

    Raises ConfigError where it is no such thing or holds code, UnknownLayer for a layer that is not known.
    """
    refuse_bytecode(config)
    try:
        class_name = config.get("class_name")
        if class_name == "Sequential":
            return _read_sequential(config.get("config"))
        if isinstance(class_name, str) and class_name in FUNCTIONAL:
            return _read_functional(_object(config.get("config"), "The model's `config`"))
    except (UnknownLayer, ConfigError):
        raise
    except ArchitectureError as error:
        raise ConfigError(error.detail) from None
    except ValidationError as error:
        raise ConfigError(f"The configuration does not hold together: {error.errors()[0]['msg']}.") from None
    raise ConfigError(
        "This is not what `model.to_json()` gives for a Sequential or functional model: "
        f"its `class_name` is {_quote(class_name)}."
    )


def _read_sequential(config: JsonValue) -> Architecture:
    # Keras 1 and early Keras 2 wrote the bare list of layers.
    whole = {"layers": config} if isinstance(config, list) else _object(config, "The model's `config`")
    nodes = [_read_node(_object(entry, "A layer"), ()) for entry in _layers(whole)]
    if not nodes[0].is_input:
        nodes.insert(0, _make_input(whole, nodes[0]))
    chained = [nodes[0]]
    for node in nodes[1:]:
        chained.append(node.model_copy(update={"inbound": (Source(node=chained[-1].name),)}))
    return Architecture(name=_model_name(whole), nodes=tuple(chained))


def _make_input(config: Mapping[str, JsonValue], first: Node) -> Node:
    """The input of a Sequential without one: told to its first layer, or to build(), or the least."""
    entry = _object(_layers(config)[0], "A layer").get("config")
    told = entry.get("batch_input_shape") if isinstance(entry, dict) else None
    shape = _shape(told) or _shape(config.get("build_input_shape"))
    arguments: JsonObject = {
        "batch_shape": shape or list(least_input(first.kind, first.arguments)),
        "dtype": input_dtype(first.kind),
    }
    return Node(kind=INPUT, name="input_layer", arguments=tidy_arguments(find_kind(INPUT), arguments))


def _shape(value: JsonValue) -> list[JsonValue] | None:
    if isinstance(value, list) and value and all(size is None or isinstance(size, int) for size in value):
        return value
    return None


def _read_functional(config: Mapping[str, JsonValue]) -> Architecture:
    entries = [_object(entry, "A layer") for entry in _layers(config)]
    reader = InboundReader(entries)
    nodes: dict[str, Node] = {}
    for entry in entries:
        if not reader.is_operation(entry):
            node = _read_node(entry, reader.read_inbound(entry))
            if node.name in nodes:
                raise ConfigError(f"Two layers are named {_quote(node.name)}; a name must be unique.")
            nodes[node.name] = node
    inputs = [source.node for source in read_references(config.get("input_layers"))]
    outputs: Inbound = read_references(config.get("output_layers"))
    if not inputs or not outputs:
        raise ConfigError("The model names no `input_layers` or no `output_layers`.")
    for name in inputs:
        if name not in nodes or not nodes[name].is_input:
            raise ConfigError(f"{_quote(name)} is said to be an input, and is no input layer.")
    return connect_nodes(_model_name(config), nodes, inputs, outputs)


def _layers(config: Mapping[str, JsonValue]) -> list[JsonValue]:
    layers = config.get("layers")
    if not isinstance(layers, list) or not layers:
        raise ConfigError("The model has no `layers`.")
    if len(layers) > MAX_NODES:
        raise ConfigError(f"The model has {len(layers):,} layers; at most {MAX_NODES:,} are read.")
    return layers


def _model_name(config: Mapping[str, JsonValue]) -> str:
    """The model's own name. One that Keras counted (`sequential_3`) is as good as none."""
    name = config.get("name")
    unnamed = str(Architecture.model_fields["name"].default)
    if not isinstance(name, str):
        return unnamed
    return unnamed if name.rstrip("0123456789").rstrip("_") in ("sequential", "functional", "model") else name


def _read_node(entry: Mapping[str, JsonValue], inbound: Inbound) -> Node:
    kind, arguments = _read_layer(entry)
    config = _object(entry.get("config"), "A layer's `config`")
    name = entry.get("name") or config.get("name")
    if not isinstance(name, str):
        raise ConfigError(f"A layer of the kind {kind.name} has no name.")
    return Node(kind=kind.name, name=name, arguments=arguments, inbound=inbound)


def _read_layer(entry: Mapping[str, JsonValue]) -> tuple[Kind, JsonObject]:
    """The kind of a layer and its arguments as they would be written in code."""
    class_name = entry.get("class_name")
    if not isinstance(class_name, str):
        raise ConfigError("A layer has no `class_name`.")
    if class_name in MODELS:
        raise ConfigError(
            f"The model holds another one ({_quote(entry.get('name'))}); that is not understood yet."
        )
    if class_name in HOLDS_CODE:
        raise ConfigError(f"A {class_name} layer holds code, which is never run here.")
    registered = entry.get("registered_name")
    if isinstance(registered, str) and ">" in registered:
        raise UnknownLayer(
            f"{_quote(registered)} is a layer of your own; only Keras' own layers can be built."
        )
    kind = find_kind(class_name)
    config = _object(entry.get("config"), f"The `config` of {class_name}")
    given = {name: value for name, value in config.items() if name not in ("name", "batch_input_shape")}
    if kind.name == INPUT and "batch_input_shape" in config:
        given["batch_shape"] = config["batch_input_shape"]
    arguments: JsonObject = {}
    for name, value in given.items():
        argument = kind.argument(name)
        if argument is not None and argument.type != "ignored":
            arguments[name] = _read_argument(argument, value)
    _drop_mirrored(arguments)
    return kind, tidy_arguments(kind, arguments)


def _drop_mirrored(arguments: JsonObject) -> None:
    """Leave out the backward layer that Bidirectional made itself: the forward one, going backwards."""
    forward, backward = arguments.get("layer"), arguments.get("backward_layer")
    if isinstance(forward, dict) and isinstance(backward, dict):
        inner: list[Any] = [layer.get("arguments") for layer in (forward, backward)]
        turned = [{name: value for name, value in each.items() if name != "go_backwards"} for each in inner]
        differ = inner[0].get("go_backwards", False) != inner[1].get("go_backwards", False)
        if differ and turned[0] == turned[1] and forward["kind"] == backward["kind"]:
            del arguments["backward_layer"]


def _read_argument(argument: Argument, value: JsonValue) -> JsonValue:
    if argument.type == "layer" and isinstance(value, list):
        return [_read_argument(argument, element) for element in value]
    if argument.type == "layer" and value is not None:
        kind, arguments = _read_layer(_object(value, f"`{argument.name}`"))
        return {"kind": kind.name, "arguments": arguments}
    if isinstance(value, dict):
        return _read_object(argument, value)
    return _read_plain(value, MAX_DEPTH)


def _read_object(argument: Argument, value: Mapping[str, JsonValue]) -> str:
    """The name of a serialised object: a dtype policy, an activation."""
    class_name, config = value.get("class_name"), value.get("config")
    if isinstance(class_name, str) and class_name in HOLDS_CODE:
        raise ConfigError(f"The `{argument.name}` of a layer holds code, which is never run here.")
    name = config.get("name") if isinstance(config, dict) else config
    if argument.name != "dtype" and isinstance(config, dict):
        name = str(class_name).lower()
    if not isinstance(name, str):
        raise ConfigError(f"The `{argument.name}` of a layer is not understood.")
    return name


def _read_plain(value: JsonValue, depth: int) -> JsonValue:
    if isinstance(value, list):
        if not depth:
            raise ConfigError("An argument of a layer is nested too deeply.")
        return [_read_plain(element, depth - 1) for element in value]
    if isinstance(value, dict):
        raise ConfigError("An argument of a layer is an object where a number, a text or a list belongs.")
    return value


def _object(value: JsonValue, what: str) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise ConfigError(f"{what} is not an object.")
    return value


def _quote(value: JsonValue) -> str:
    return repr(value)[:80] if isinstance(value, str | int | None) else "not a text"
