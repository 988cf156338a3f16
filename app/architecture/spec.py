"""Architecture: what the user means, before Keras is asked. Frozen, versioned, and its own JSON."""

from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    JsonValue,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
    model_validator,
)

from app.frozen import Frozen, JsonObject, Shape
from app.problems import ArchitectureError

INPUT = "InputLayer"

MAX_NODES = 20_000
MAX_NAME = 200


class Source(Frozen):
    """One tensor: an output of an earlier node. Written as the node's name where it is the first output."""

    node: str
    output: int = Field(default=0, ge=0)

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
    """One layer and where its input comes from.

    `arguments` are the constructor arguments that were given, as JSON; a wrapped layer
    (Bidirectional, TimeDistributed) is `{"kind": "LSTM", "arguments": {...}}`. An input is a node of
    kind `InputLayer` with `{"batch_shape": [null, 3], "dtype": "int32"}`.
    """

    kind: str = Field(max_length=MAX_NAME)
    name: str = Field(min_length=1, max_length=MAX_NAME)
    arguments: JsonObject = Field(default={})
    inbound: Inbound = ()
    line: int | None = None

    @property
    def is_input(self) -> bool:
        """Whether data enters here, rather than from another layer."""
        return self.kind == INPUT

    @property
    def batch_shape(self) -> Shape:
        """The shape of an input node, batch axis first."""
        return tuple(self.arguments["batch_shape"])  # type: ignore[arg-type]

    def with_arguments(self, **changed: JsonValue) -> "Node":
        """This node with some arguments given other values (None takes one away)."""
        merged = {**self.arguments, **changed}
        kept = {key: value for key, value in merged.items() if value is not None}
        return self.model_copy(update={"arguments": kept})


class Architecture(Frozen):
    """A graph of layers in the order in which they are built: every source stands before its use."""

    v: Literal[1] = 1
    name: str = Field(default="model", max_length=MAX_NAME)
    nodes: tuple[Node, ...] = Field(min_length=1, max_length=MAX_NODES)
    outputs: Inbound = ()

    @model_validator(mode="after")
    def _holds_together(self) -> "Architecture":
        seen: set[str] = set()
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
            seen.add(node.name)
        for source in self.outputs:
            if source.node not in seen:
                raise ArchitectureError(f"The output {source.node!r} is no layer of this architecture.")
        return self

    @property
    def ends(self) -> Inbound:
        """The declared outputs; where none are declared, every tensor that no layer reads."""
        if self.outputs:
            return self.outputs
        read = {source.node for node in self.nodes for source in node.inbound}
        return tuple(Source(node=node.name) for node in self.nodes if node.name not in read)

    @property
    def is_chain(self) -> bool:
        """One input, and each layer reads the one before it: what Keras calls Sequential."""
        pairs = zip(self.nodes, self.nodes[1:], strict=False)
        return self.nodes[0].is_input and all(
            after.inbound == (Source(node=before.name),) for before, after in pairs
        )

    def node(self, name: str) -> Node:
        """The node of that name. Raises ArchitectureError where there is none."""
        for node in self.nodes:
            if node.name == name:
                return node
        raise ArchitectureError(f"There is no layer named {name!r}.")

    def replace(self, name: str, node: Node) -> "Architecture":
        """This architecture with the node `name` exchanged for another of the same name."""
        return self.model_copy(
            update={"nodes": tuple(node if old.name == name else old for old in self.nodes)}
        )
