"""A model as a user of plain Keras would write it, layer by layer: what rows are compared with."""

from contextlib import suppress
from operator import attrgetter
from typing import Any, NamedTuple

from app.architecture.catalogue import OPERATION, Kind, find_kind
from app.architecture.spec import MODELS, Architecture, Node

Shape = tuple[int | None, ...]

KEYS: dict[str, Any] = {
    ":, -1": (slice(None), -1),
    ":, 0": (slice(None), 0),
    ":, 1:": (slice(None), slice(1, None)),
    "..., :2": (..., slice(None, 2)),
    ":, None": (slice(None), None),
    ":, ::-1": (slice(None), slice(None, None, -1)),
    ":, 9": (slice(None), 9),
}
"""Keys of a tensor, as they are written and as Python hands them over."""


Refusal = tuple[str, str]
"""What Keras raised: its type and its words."""


class Tensor(NamedTuple):
    """A symbolic tensor. `mask` is the shape of its mask."""

    shape: Shape
    dtype: str
    mask: Shape | None


class Answer(NamedTuple):
    """What became of one call."""

    outputs: tuple[Tensor, ...] = ()
    weights: tuple[tuple[str, Shape, str, bool], ...] = ()
    parameters: int = 0
    error: Refusal | None = None


class Beginning(NamedTuple):
    """How a model is made: under a policy for all its types, and from dicts of its inputs or from lists."""

    policy: str = "float32"
    as_dict: bool = False


class Whole(NamedTuple):
    """A finished model: its layers in order, operations left out, and its sums."""

    layers: tuple[str, ...]
    parameters: int
    trainable: int
    outputs: tuple[Shape, ...]


class Finished(NamedTuple):
    """A finished model, and its configuration; None where that says something else."""

    whole: Whole
    config: str | None


class PlainModel:
    """A functional model, written as a user would: each layer made with weights, and called."""

    def __init__(self, as_dict: bool = False) -> None:
        self._as_dict = as_dict
        self.layers: dict[str, Any] = {}
        self.tensors: dict[str, list[Any]] = {}
        self.entering: list[Any] = []

    def add(self, node: Node) -> Answer:
        """Call one layer. What Keras raises is the answer too."""
        try:
            called_on = [self.tensors[source.node][source.output] for source in node.inbound]
            own = node.model_copy(update={"name": node.shares or node.name})
            layer = self.layers.get(own.name) or make_node(own, self._as_dict)
            given = call_node(layer, node, called_on, self._as_dict)
            if given_back(given, called_on) and not given_back(given, self.entering):
                refuse_cycle(layer, node, called_on)
        except Exception as error:
            return Answer(error=(type(error).__name__, str(error)))
        self.layers[own.name], self.tensors[node.name] = layer, given
        self.entering += given if node.is_input else []
        outputs = tuple(map(describe_tensor, self.tensors[node.name]))
        if layer is None or node.shares:
            return Answer(outputs)
        weights = tuple((w.name, tuple(w.shape), w.dtype, w.trainable) for w in layer.weights)
        return Answer(outputs, weights, layer.count_params())

    def leave(self, name: str) -> Refusal | None:
        """What Keras says of a model that gives what this layer gives, and nothing else."""
        import keras

        leaving = self.tensors[name]
        try:
            keras.Model(self.entering, leaving[0] if len(leaving) == 1 else leaving)
        except Exception as error:
            return type(error).__name__, str(error)
        return None

    def finish(self, architecture: Architecture) -> Finished | Refusal:
        """Put a keras.Model around the layers."""
        try:
            model = self.make_model(architecture, None)
        except Exception as error:
            return type(error).__name__, str(error)
        whole = Whole(
            layers=list_layers(architecture, [layer.name for layer in model.layers]),
            parameters=model.count_params(),
            trainable=sum(weight.value.numpy().size for weight in model.trainable_weights),
            outputs=tuple(tuple(output.shape) for output in model.outputs),
        )
        return Finished(whole, write_config(model) if whole.layers else None)

    def make_model(self, architecture: Architecture, name: str | None) -> Any:
        """The model between the inputs and the outputs of the architecture."""
        import keras

        inputs = {node.name: self.tensors[node.name][0] for node in architecture.nodes if node.is_input}
        outputs = [self.tensors[source.node][source.output] for source in architecture.ends]
        entering = inputs if self._as_dict else list(inputs.values())
        return keras.Model(entering, outputs[0] if len(outputs) == 1 else outputs, name=name)


def write_config(model: Any) -> str | None:
    """The model's configuration; None where Keras itself makes something else of it, or nothing."""
    import keras

    with suppress(Exception):
        config: str = model.to_json()
        if list_facts(keras.models.model_from_json(config)) == list_facts(model):
            return config
    return None


def list_facts(model: Any) -> tuple[object, ...]:
    """What a configuration does not always keep."""
    return [layer.compute_dtype for layer in model.layers], [tuple(output.shape) for output in model.outputs]


GIVES_BACK = "Equalization"


def given_back(given: list[Any], read: list[Any]) -> bool:
    """Whether one of the tensors is the very one that was read."""
    return any(tensor is other for tensor in given for other in read)


def list_layers(architecture: Architecture, names: list[str]) -> tuple[str, ...]:
    """The names of a model's layers; none where Keras leaves one out, and makes its input anew."""
    return () if any(node.kind == GIVES_BACK for node in architecture.nodes) else tuple(names)


def make_node(node: Node, as_dict: bool = False) -> Any:
    """The layer; None where the node is an operation."""
    if find_kind(node.kind).category == OPERATION:
        return None
    return make_layer(node.kind, node.arguments, node.model, node.name, as_dict)


def make_layer(
    kind: str, arguments: dict[str, Any], model: Architecture | None, name: str | None, as_dict: bool = False
) -> Any:
    """A layer, or a model that is used as one."""
    import keras

    if model is not None and kind == "Sequential":
        return keras.Sequential([make_node(node) for node in model.nodes], name=name)
    if model is not None:
        inner = PlainModel(as_dict)
        for node in model.nodes:
            if error := inner.add(node).error:
                raise ValueError(error[1])
        return inner.make_model(model, name)
    values = {key: make_value(value) for key, value in arguments.items()}
    return getattr(keras.layers, kind)(**give_tuples(values, "ngrams"), **({"name": name} if name else {}))


def give_tuples(arguments: dict[str, Any], *names: str) -> dict[str, Any]:
    """The arguments, with tuples where Keras takes no list; JSON has none."""
    return {
        name: tuple(value) if name in names and isinstance(value, list) else value
        for name, value in arguments.items()
    }


def make_value(value: Any) -> Any:
    """An argument: a layer, a list of cells, or the value as it is."""
    if isinstance(value, dict):
        model = Architecture.model_validate(value["model"]) if value["kind"] in MODELS else None
        return make_layer(value["kind"], value.get("arguments", {}), model, None)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [make_value(part) for part in value]
    return value


def call_node(layer: Any, node: Node, tensors: list[Any], as_dict: bool = False) -> list[Any]:
    """The tensors that come out."""
    import keras

    if node.is_input:
        return [layer.output]
    kind = find_kind(node.kind)
    if layer is None:
        return keras.tree.flatten(call_operation(kind, node, tensors))  # type: ignore[no-any-return]
    inputs = [tensor for place, tensor in enumerate(tensors) if place not in node.handed_by_name]
    keywords = {name: hand_over(value, tensors) for name, value in node.call.items()}
    if kind.call == "positional":
        return keras.tree.flatten(layer(*inputs, **keywords))  # type: ignore[no-any-return]
    alone = len(inputs) == 1 and (kind.inputs == "one" or node.model is not None)
    called_on = inputs[0] if alone else inputs
    if as_dict and node.kind == "Functional" and node.model is not None:
        entering = [inner.name for inner in node.model.nodes if inner.is_input]
        called_on = dict(zip(entering, inputs, strict=True))
    return keras.tree.flatten(layer(called_on, **keywords))  # type: ignore[no-any-return]


def refuse_cycle(layer: Any, node: Node, tensors: list[Any]) -> None:
    """Raises Keras' complaint about a layer that gives back what it was given, which only a model hears."""
    import keras

    inputs = [keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype) for tensor in tensors]
    keras.Model(inputs, call_node(layer, node, inputs))


def hand_over(value: Any, tensors: list[Any]) -> Any:
    """The value of a keyword, with the tensors in it."""
    if isinstance(value, list):
        return [hand_over(part, tensors) for part in value]
    return tensors[value["inbound"]] if isinstance(value, dict) else value


def call_operation(kind: Kind, node: Node, tensors: list[Any]) -> Any:
    """A function of keras.ops, or a key in brackets."""
    import keras

    if kind.name == "ops.get_item":
        return tensors[0][KEYS[str(node.arguments["key"])]]
    function = attrgetter(kind.name.removeprefix("ops."))(keras.ops)
    arguments = give_tuples(node.arguments, "output_size")
    if kind.call == "positional":
        before = [value for name, value in arguments.items() if name in kind.positional]
        named = {name: value for name, value in arguments.items() if name not in kind.positional}
        return function(*before, *tensors, **named)
    if any(argument.type == "tensors" for argument in kind.arguments):
        return function(tensors, **arguments)
    names = [argument.name for argument in kind.arguments if argument.type == "tensor"]
    waiting = [name for name in names if name not in arguments]
    return function(**dict(zip(waiting, tensors, strict=False)), **arguments)


def describe_tensor(tensor: Any) -> Tensor:
    """Shape, dtype and mask."""
    from keras.src.backend import get_keras_mask

    mask = get_keras_mask(tensor)
    return Tensor(tuple(tensor.shape), tensor.dtype, None if mask is None else tuple(mask.shape))
