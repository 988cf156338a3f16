"""read_config(): a whole model, in the form of Keras 3 and in that of Keras 2 and tf.keras."""

from collections.abc import Iterable, Mapping

from pydantic import JsonValue, ValidationError

from app.architecture.bytecode import refuse_bytecode
from app.architecture.catalogue import find_kind
from app.architecture.config.calls import Call, Entry, list_entries, read_call
from app.architecture.config.layer import OLD_MODELS, Layer, is_operation, read_layer
from app.architecture.config.references import Reference, collect_references
from app.architecture.config.values import JsonEntry, quote, read_object
from app.architecture.least_input import input_dtype, least_input
from app.architecture.order import connect_nodes
from app.architecture.spec import INPUT, MAX_NESTING, MAX_NODES, OPAQUE, Architecture, Inbound, Node, Source
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject
from app.problems import ArchitectureError, ConfigError, UnknownLayer

UNNAMED = str(Architecture.model_fields["name"].default)


def read_config(config: JsonObject) -> Architecture:
    """The architecture in `json.loads(model.to_json())`.

    Layers of somebody's own become opaque nodes. Raises ConfigError where it is no such thing, LambdaBytecode
    where it holds compiled code, UnknownLayer for a layer that is not known.
    """
    refuse_bytecode(config)
    try:
        return ConfigReader().read(config)
    except (UnknownLayer, ConfigError):
        raise
    except ArchitectureError as error:
        raise ConfigError(error.detail) from None
    except ValidationError as error:
        raise ConfigError(f"The configuration does not hold together: {error.errors()[0]['msg']}.") from None


class ConfigReader:
    """Reads one model and those inside it, and counts what it has read."""

    def __init__(self) -> None:
        self._depth = 0
        self._nodes = 0

    def read(self, entry: JsonEntry) -> Architecture:
        """The model of an entry `{"class_name": …, "config": …}`."""
        class_name = entry.get("class_name")
        if self._depth > MAX_NESTING:
            raise ConfigError(f"Models stand inside models more than {MAX_NESTING} deep.")
        self._depth += 1
        try:
            if class_name == "Sequential":
                return self._read_sequential(entry)
            if isinstance(class_name, str) and OLD_MODELS.get(class_name, class_name) == "Functional":
                return self._read_functional(read_object(entry.get("config"), "The model's `config`"))
        finally:
            self._depth -= 1
        raise ConfigError(
            "This is not what `model.to_json()` gives for a Sequential or functional model: "
            f"its `class_name` is {quote(class_name)}."
        )

    def _list_layers(self, config: Mapping[str, JsonValue]) -> list[JsonEntry]:
        layers = config.get("layers")
        if not isinstance(layers, list) or not layers:
            raise ConfigError("The model has no `layers`.")
        self._nodes += len(layers)
        if self._nodes > MAX_NODES:
            raise ConfigError(f"The model has {self._nodes:,} layers; at most {MAX_NODES:,} are read.")
        return [read_object(entry, "A layer") for entry in layers]

    def _read_sequential(self, entry: JsonEntry) -> Architecture:
        config = entry.get("config")
        # Keras 1 and early Keras 2 wrote the bare list of layers.
        whole = (
            {"layers": config} if isinstance(config, list) else read_object(config, "The model's `config`")
        )
        entries = self._list_layers(whole)
        nodes = [_make_node(_read_name(entry), self._read_layer(entry)) for entry in entries]
        if not nodes[0].is_input:
            nodes.insert(0, _make_input(_find_input_shape(entry, whole, entries[0]), nodes[0]))
        chained = [nodes[0]]
        for node in nodes[1:]:
            chained.append(node.model_copy(update={"inbound": (Source(node=chained[-1].name),)}))
        return Architecture(name=_model_name(whole), nodes=tuple(chained))

    def _read_layer(self, entry: JsonEntry) -> Layer:
        return read_layer(entry, self.read)

    def _read_functional(self, config: Mapping[str, JsonValue]) -> Architecture:
        entries = self._list_layers(config)
        operations = frozenset(_read_name(entry) for entry in entries if is_operation(entry))
        names = Names(_read_name(entry) for entry in entries)
        calls: list[tuple[Node, Call]] = []
        for entry in entries:
            calls += self._read_calls(entry, names, operations)
        ends = list(collect_references(config.get("output_layers")))
        names.count_from_one(
            [node for node, _ in calls], [r for _, call in calls for r in call.inbound] + ends
        )
        told = {
            (r.layer, r.call): r
            for _, call in calls
            for r in call.inbound
            if r.shape is not None and not r.output
        }
        nodes: dict[str, Node] = {}
        for node, call in calls:
            if node.kind == OPAQUE and "output_shape" not in node.arguments:
                node = _declare(node, told.get(names.find(node.name)))
            nodes[node.name] = node.model_copy(
                update={"inbound": names.read_sources(call.inbound), "call": call.call}
            )
        inputs = [
            source.node for source in names.read_sources(collect_references(config.get("input_layers")))
        ]
        outputs = names.read_sources(ends)
        if not inputs or not outputs:
            raise ConfigError("The model names no `input_layers` or no `output_layers`.")
        for name in inputs:
            if name not in nodes or not nodes[name].is_input:
                raise ConfigError(f"{quote(name)} is said to be an input, and is no input layer.")
        return connect_nodes(_model_name(config), nodes, inputs, outputs)

    def _read_calls(
        self, entry: JsonEntry, names: "Names", operations: frozenset[str]
    ) -> list[tuple[Node, Call]]:
        """A node for each call of the layer; the first holds the layer, the others share it."""
        name = _read_name(entry)
        layer = self._read_layer(entry)
        kind = find_kind(layer.kind)
        config = entry.get("config")
        constants = config if is_operation(entry) and isinstance(config, dict) else {}
        calls = []
        for place, given in enumerate(list_entries(entry) or [Entry([], {})]):
            call = read_call(kind, given, constants, operations)
            own = layer._replace(arguments=call.arguments) if is_operation(entry) else layer
            shares = name if place and not is_operation(entry) else None
            calls.append((_make_node(names.name_call(name, place), own, shares), call))
        return calls


class Names:
    """The names of a model's nodes: a layer's own for its first call, `lstm@2` for its second."""

    def __init__(self, layers: Iterable[str]) -> None:
        self._layers: set[str] = set()
        for name in layers:
            if name in self._layers:
                raise ConfigError(f"Two layers are named {quote(name)}; a name must be unique.")
            self._layers.add(name)
        self._calls: dict[str, tuple[str, int]] = {}
        self._from_one: set[str] = set()

    def count_from_one(self, nodes: Iterable[Node], references: Iterable[Reference]) -> None:
        """Find the models whose first call is called 1: for Keras, 0 is where the model itself was made."""
        calls: dict[str, int] = {}
        for node in nodes:
            if node.model is not None:
                calls[node.shares or node.name] = calls.get(node.shares or node.name, 0) + 1
        self._from_one = {r.layer for r in references if calls.get(r.layer, r.call + 1) <= r.call}

    def name_call(self, layer: str, call: int) -> str:
        """The name of one call of a layer."""
        name = layer if call == 0 else f"{layer}@{call + 1}"
        while call and name in self._layers:
            name += "@"
        self._calls[name] = (layer, call)
        return name

    def find(self, name: str) -> tuple[str, int]:
        """Which layer's call, and the how manieth, has this name."""
        return self._calls[name]

    def read_sources(self, references: Iterable[Reference]) -> Inbound:
        """The sources that are meant."""
        return tuple(
            Source(
                node=self.name_call(reference.layer, reference.call - (reference.layer in self._from_one)),
                output=reference.output,
            )
            for reference in references
        )


def _declare(node: Node, told: Reference | None) -> Node:
    """The opaque node with the shape that those who read it were told."""
    if told is None or told.shape is None:
        return node
    return node.with_arguments(output_shape=list(told.shape), dtype=told.dtype)


def _make_node(name: str, layer: Layer, shares: str | None = None) -> Node:
    # The name of a model that is used as a layer is the layer's.
    model = layer.model and layer.model.model_copy(update={"name": UNNAMED})
    return Node(kind=layer.kind, name=name, arguments=layer.arguments, model=model, shares=shares)


def _find_input_shape(
    entry: JsonEntry, config: Mapping[str, JsonValue], first: Mapping[str, JsonValue]
) -> list[JsonValue] | None:
    """What a Sequential without an input was told: by its first layer, or by build()."""
    told, built = first.get("config"), entry.get("build_config")
    return (
        _shape(told.get("batch_input_shape") if isinstance(told, dict) else None)
        or _shape(config.get("build_input_shape"))
        or _shape(built.get("input_shape") if isinstance(built, dict) else None)
    )


def _make_input(shape: list[JsonValue] | None, first: Node) -> Node:
    arguments: JsonObject = {
        "batch_shape": shape or list(least_input(first.kind, first.arguments)),
        "dtype": input_dtype(first.kind),
    }
    return Node(kind=INPUT, name="input_layer", arguments=tidy_arguments(find_kind(INPUT), arguments))


def _shape(value: JsonValue) -> list[JsonValue] | None:
    if isinstance(value, list) and value and all(size is None or isinstance(size, int) for size in value):
        return value
    return None


def _read_name(entry: Mapping[str, JsonValue]) -> str:
    config = entry.get("config")
    name = entry.get("name") or (config.get("name") if isinstance(config, dict) else None)
    if not isinstance(name, str):
        raise ConfigError(f"A layer of the kind {quote(entry.get('class_name'))} has no name.")
    return name


def _model_name(config: Mapping[str, JsonValue]) -> str:
    """The model's own name. One that Keras counted (`sequential_3`) is as good as none."""
    name = config.get("name")
    if not isinstance(name, str):
        return UNNAMED
    return UNNAMED if name.rstrip("0123456789").rstrip("_") in ("sequential", "functional", "model") else name
