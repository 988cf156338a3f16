"""Architecture: what the user means, before Keras is asked. Frozen, versioned, and its own JSON."""

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    field_validator,
    model_serializer,
    model_validator,
)

from app.architecture.handed import find_own, find_places, order_read
from app.architecture.never_built import NEVER_BUILT
from app.frozen import Frozen, JsonObject, Shape, read_shape
from app.problems import ArchitectureError

INPUT = "InputLayer"
OPAQUE = "Opaque"
"""The kind of a custom layer: it is never run, so its output shape has to be declared."""
MODELS = frozenset({"Functional", "Sequential"})
"""The kinds of nested models."""

UNNAMED = "model"
"""The name of a model without a name."""

MAX_NODES = 20_000
MAX_NAME = 200
MAX_OUTPUTS = 1_000_000
"""How many output tensors one layer may declare."""
MAX_NESTING = 32
"""How deeply models and wrappers may be nested."""
TOO_DEEP = f"Models and wrappers stand inside each other more than {MAX_NESTING} deep."


class Source(Frozen):
    """One tensor: an output of an earlier node.

    In JSON it is just the node's name if it is the first output.
    """

    node: str
    output: int = Field(default=0, ge=0, le=MAX_OUTPUTS)

    @model_serializer(mode="wrap")
    def _as_name(self, full: SerializerFunctionWrapHandler) -> Any:
        return self.node if self.output == 0 else full(self)


def _named(value: Any) -> Any:
    return {"node": value} if isinstance(value, str) else value


SOURCE_SCHEMA: dict[str, Any] = {
    "description": "A layer's name; with `output` where it is not the layer's first output.",
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {"node": {"type": "string"}, "output": {"type": "integer", "minimum": 0}},
            "required": ["node"],
            "additionalProperties": False,
        },
    ],
}

Inbound = tuple[Annotated[Source, BeforeValidator(_named), WithJsonSchema(SOURCE_SCHEMA)], ...]


class Node(Frozen):
    """One call of a layer, and where its inputs come from.

    `arguments` are the constructor arguments that were given, as JSON; a wrapped layer (Bidirectional,
    TimeDistributed) is `{"kind": "LSTM", "arguments": {...}}`. An input is a node of kind `InputLayer` with
    `{"batch_shape": [null, 3], "dtype": "int32"}`. An operation on tensors is a node of kind `ops.add` and so
    on, its constants among its arguments, an array as `{"shape": [1, 2]}`. A model used as a layer is a node
    of kind `Sequential` or `Functional` that holds it in `model`.
    """

    kind: str = Field(max_length=MAX_NAME)
    name: str = Field(min_length=1, max_length=MAX_NAME)
    arguments: JsonObject = Field(default={})
    inbound: Inbound = ()
    call: JsonObject = Field(default={})
    """The keyword arguments of the call. `{"inbound": 1}` is the tensor at that place of `inbound`, which is
    then not one of the layer's inputs: `{"initial_state": [{"inbound": 1}]}`. `{"query": {"input": 0}}` says
    by which name the layer's own first input is passed, as Keras lists layers in the order of these names."""
    listed: bool | None = None
    """Whether one tensor is passed in a list, `layer([x])`; None: as usual, where only layers that merge take
    a list of one."""
    shares: str | None = Field(default=None, max_length=MAX_NAME)
    """The node whose layer, with its weights, is called here again. It has the same kind and arguments."""
    model: "Architecture | None" = None
    line: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _name_never_built(cls, data: Any) -> Any:
        """A class that is never built is read as an opaque layer."""
        if not isinstance(data, dict) or str(data.get("kind")) not in NEVER_BUILT:
            return data
        given = data.get("arguments")
        given = given if isinstance(given, dict) else {}
        declared = {name: given[name] for name in ("output_shape", "dtype") if name in given}
        return {**data, "kind": OPAQUE, "arguments": {"class_name": data["kind"], **declared}}

    @field_validator("arguments")
    @classmethod
    def _check_arguments(cls, arguments: JsonObject) -> JsonObject:
        _check_inner(arguments)
        # Keras writes a dtype policy as an object, but its name is enough.
        match arguments.get("dtype"):
            case {"class_name": str(kind), "config": {"name": str(name)}} if kind.endswith("DTypePolicy"):
                return {**arguments, "dtype": name}
        return arguments

    @property
    def is_input(self) -> bool:
        """Whether this is an input of the model."""
        return self.kind == INPUT

    @property
    def waits_for_shape(self) -> bool:
        """Whether this is the input of a wrapped model, which takes its shape from the layer around it."""
        return self.is_input and not self.arguments.get("batch_shape")

    @property
    def batch_shape(self) -> Shape:
        """The shape of an input node, batch axis first; () if none is given."""
        return read_shape(self.arguments.get("batch_shape")) or ()

    @property
    def handed_by_name(self) -> frozenset[int]:
        """The places in `inbound` of tensors that are passed by keyword."""
        return frozenset(find_places(list(self.call.values())))

    @property
    def inputs(self) -> Inbound:
        """The tensors that the layer is called on, without those that are passed by keyword."""
        if not self.call:
            return self.inbound
        named = self.handed_by_name
        return tuple(source for place, source in enumerate(self.inbound) if place not in named)

    @property
    def read(self) -> Inbound:
        """The tensors at `inbound` in the order in which Keras reads them."""
        if not self.call:
            return self.inbound
        return tuple(self.inbound[place] for place in order_read(self.call, len(self.inbound)))

    def with_arguments(self, **changed: JsonValue) -> "Node":
        """This node with some arguments changed; None removes an argument."""
        merged = {**self.arguments, **changed}
        kept = {key: value for key, value in merged.items() if value is not None}
        return self.model_copy(update={"arguments": kept})


class Architecture(Frozen):
    """A graph of layers in the order in which they are built: every node comes after the nodes it reads."""

    v: Literal[1] = 1
    name: str = Field(default=UNNAMED, max_length=MAX_NAME)
    nodes: tuple[Node, ...] = Field(min_length=1, max_length=MAX_NODES)
    outputs: Inbound = ()
    class_name: str = Field(default="", max_length=MAX_NAME)
    """The custom class whose `call` these layers are; empty if the code has no such class."""

    @model_validator(mode="after")
    def _holds_together(self) -> "Architecture":
        seen: dict[str, Node] = {}
        for node in self.nodes:
            for source in node.inbound:
                if source.node not in seen:
                    raise ArchitectureError(
                        f"Layer {node.name!r} reads from {source.node!r}, which does not stand before it."
                    )
            if node.name in seen:
                raise ArchitectureError(f"Two layers are named {node.name!r}; a name must be unique.")
            if not node.is_input and not node.inbound:
                raise ArchitectureError(f"Layer {node.name!r} is not connected: its `inbound` is empty.")
            _check_call(node)
            seen[node.name] = node
        for node in self.nodes:
            if node.shares is not None:
                _check_shared(node, seen.get(node.shares))
        for source in self.outputs:
            if source.node not in seen:
                raise ArchitectureError(f"The output {source.node!r} is no layer of this architecture.")
        if self.depth > MAX_NESTING:
            raise ArchitectureError(TOO_DEEP)
        return self

    @property
    def depth(self) -> int:
        """How deeply models are nested: 0 if no node holds a model."""
        return max((1 + node.model.depth for node in self.nodes if node.model is not None), default=0)

    @property
    def ends(self) -> Inbound:
        """The declared outputs; if none are declared, every tensor that no layer reads."""
        if self.outputs:
            return self.outputs
        read = {source.node for node in self.nodes for source in node.inbound}
        return tuple(Source(node=node.name) for node in self.nodes if node.name not in read)

    @property
    def is_chain(self) -> bool:
        """Whether each layer reads just the one before it, from one input: what Keras calls Sequential."""
        pairs = zip(self.nodes, self.nodes[1:], strict=False)
        return self.nodes[0].is_input and all(
            after.inbound == (Source(node=before.name),) and not (after.shares or after.call or after.listed)
            for before, after in pairs
        )

    def without_lines(self) -> "Architecture":
        """The same architecture without the line numbers of its layers."""
        nodes = (
            node.model_copy(update={"line": None, "model": node.model and node.model.without_lines()})
            for node in self.nodes
        )
        return self.model_copy(update={"nodes": tuple(nodes)})

    def node(self, name: str) -> Node:
        """The node of that name. Raises ArchitectureError if there is none."""
        for node in self.nodes:
            if node.name == name:
                return node
        raise ArchitectureError(f"There is no layer named {name!r}.")

    def replace(self, name: str, node: Node) -> "Architecture":
        """This architecture with the node `name` replaced by another of the same name.

        Later calls of the same layer get its arguments too.
        """
        same_layer = {"kind": node.kind, "arguments": node.arguments, "model": node.model}
        return self.model_copy(
            update={
                "nodes": tuple(
                    node
                    if old.name == name
                    else old.model_copy(update=same_layer)
                    if old.shares == name
                    else old
                    for old in self.nodes
                )
            }
        )


def _check_call(node: Node) -> None:
    if node.is_input and (node.inbound or node.shares):
        raise ArchitectureError(f"{node.name!r} is an input: it reads from no layer, and shares none.")
    for place in node.handed_by_name if node.call else ():
        if not 0 <= place < len(node.inbound):
            raise ArchitectureError(
                f"The `call` of {node.name!r} names `inbound` {place}, and there are {len(node.inbound)}."
            )
    for own in map(find_own, node.call.values()):
        if own is not None and not 0 <= own < len(node.inputs):
            raise ArchitectureError(
                f"The `call` of {node.name!r} names input {own}, and there are {len(node.inputs)}."
            )
    if node.inbound and not node.inputs:
        raise ArchitectureError(f"Layer {node.name!r} has no input: its `call` takes every tensor by name.")
    if (node.kind in MODELS) != (node.model is not None):
        raise ArchitectureError(
            f"Layer {node.name!r}: the kinds {' and '.join(sorted(MODELS))} hold a `model`, and no others do."
        )


def _check_inner(value: dict[str, JsonValue] | list[JsonValue]) -> None:
    """Raises ValueError or ArchitectureError if a model inside a wrapper is invalid."""
    if isinstance(value, dict) and value.get("kind") in MODELS:
        Architecture.model_validate(value.get("model"))
        return
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            _check_inner(part)


def _check_shared(node: Node, first: Node | None) -> None:
    if first is None or first.shares is not None:
        raise ArchitectureError(
            f"Layer {node.name!r} shares the weights of {node.shares!r}, which is no layer of its own."
        )
    if (node.kind, node.arguments, node.model) != (first.kind, first.arguments, first.model):
        raise ArchitectureError(
            f"Layer {node.name!r} shares the weights of {first.name!r}: its kind and arguments are the same."
        )
