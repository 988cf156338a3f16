"""write_code(): idiomatic Keras 3 for an architecture. Reading it gives the same architecture again."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import OPERATION, find_kind, name_after
from app.architecture.code.writing.constructors import Constructors
from app.architecture.code.writing.literals import write_keyword, write_shape, write_value
from app.architecture.code.writing.variables import Variables
from app.architecture.handed import find_own, leave_out_own
from app.architecture.operands import hand_out, read_array_shape
from app.architecture.order import order_calls
from app.architecture.outputs import PLACES, SPLITS, count_tensors, group_outputs
from app.architecture.spec import UNNAMED, Architecture, Node, Source

HEAD = "import keras\nfrom keras import {imports}\n\n"

SYMBOLS: Mapping[str, str] = {
    "ops.add": "+",
    "ops.subtract": "-",
    "ops.multiply": "*",
    "ops.divide": "/",
    "ops.floor_divide": "//",
    "ops.mod": "%",
    "ops.power": "**",
    "ops.matmul": "@",
    "ops.greater": ">",
    "ops.greater_equal": ">=",
    "ops.less": "<",
    "ops.less_equal": "<=",
}
"""Operations for which Python has an operator."""


def write_code(architecture: Architecture) -> str:
    """Source that makes the architecture: a Sequential for a chain, else a functional model.

    Names and arguments are written only if they differ from Keras' defaults. Raises UnknownLayer for a kind
    that is not in the catalogue.
    """
    return Writer().write(architecture)


class Written(NamedTuple):
    """Source, and the architecture with the line number of each of its layers."""

    code: str
    architecture: Architecture


def write_numbered(architecture: Architecture) -> Written:
    """The same as `write_code`, with line numbers."""
    writer = Writer()
    return Written(writer.write(architecture), writer.number_lines(architecture))


class Writer:
    """Writes one source: its lines, and the names used in it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._next_line = HEAD.count("\n") + 1
        self._lines_of: dict[int, int] = {}
        """The line of each node that is written, by its id."""
        self._variables = Variables()
        self._constructors = Constructors(self._write_inner)
        self._has_operations = False

    def write(self, architecture: Architecture) -> str:
        """The whole source."""
        name = "" if architecture.name == UNNAMED else architecture.name
        self._write_model(architecture, "model", name, _is_sequential(architecture))
        imports = "layers, ops" if self._has_operations else "layers"
        return HEAD.format(imports=imports) + "\n".join(self._lines) + "\n"

    def number_lines(self, architecture: Architecture) -> Architecture:
        """The written architecture, with the line number of each node."""
        nodes = [
            node.model_copy(
                update={
                    "line": self._lines_of.get(id(node)),
                    "model": node.model and self.number_lines(node.model),
                }
            )
            for node in architecture.nodes
        ]
        return architecture.model_copy(update={"nodes": tuple(nodes)})

    def _add(self, text: str) -> None:
        self._lines.append(text)
        self._next_line += text.count("\n") + 1

    def _write_inner(self, architecture: Architecture, kind: str, name: str, is_named: bool = True) -> str:
        variable = self._variables.take(name)
        chain = kind == "Sequential" and architecture.is_chain
        self._write_model(architecture, variable, name if is_named else "", chain)
        return variable

    def _write_model(self, architecture: Architecture, variable: str, name: str, as_chain: bool) -> None:
        named = f", name={write_value(name)}" if name else ""
        if as_chain:
            nodes = [node for node in architecture.nodes if not node.waits_for_shape]
            layers = [self._write_layer(node) for node in nodes]
            # Each layer has a line of its own, below that on which the model begins.
            self._lines_of |= {id(node): line for line, node in enumerate(nodes, self._next_line + 1)}
            inside = "".join(f"    {layer},\n" for layer in layers)
            self._add(f"{variable} = keras.Sequential([\n{inside}]{named})")
            return
        tensors = self._name_tensors(architecture)
        shared = {node.shares for node in architecture.nodes if node.shares is not None}
        layers_of: dict[str, str] = {}
        for node in order_calls(architecture):
            self._write_node(node, tensors, shared, layers_of)
        inputs = [tensors[node.name, 0] for node in architecture.nodes if node.is_input]
        outputs = [tensors[source.node, source.output] for source in architecture.ends]
        self._add(f"{variable} = keras.Model({_list(inputs)}, {_list(outputs)}{named})")

    def _name_tensors(self, architecture: Architecture) -> dict[tuple[str, int], str]:
        outputs = {node.name: count_tensors(node) for node in architecture.nodes}
        for source in (
            source for node in architecture.nodes for source in (*node.inbound, *architecture.outputs)
        ):
            outputs[source.node] = max(outputs[source.node], source.output + 1)
        return {
            (name, at): self._variables.take(name, f"_output_{at}" if at else "")
            for name, count in outputs.items()
            for at in range(count)
        }

    def _write_node(
        self, node: Node, tensors: dict[tuple[str, int], str], shared: set[str], layers_of: dict[str, str]
    ) -> None:
        listed = list(_list_targets(node, tensors))
        grouped = map(_write_target, group_outputs(node.kind, node.arguments, listed))
        targets = f"({listed[0]},)" if node.kind in SPLITS and len(listed) == 1 else ", ".join(grouped)
        if node.kind == PLACES:
            targets = f"{', '.join(listed)}, *_"
        inbound = [tensors[source.node, source.output] for source in node.inbound]
        if find_kind(node.kind).category == OPERATION:
            self._has_operations = True
            self._constructors.count_name(name_after(node.kind), node.name)
            self._lines_of[id(node)] = self._next_line
            self._add(f"{targets} = {_write_operation(node, inbound)}")
            return
        layer = layers_of.get(node.shares or "") or self._write_layer(node)
        self._lines_of[id(node)] = self._next_line
        if node.name in shared:
            layers_of[node.name] = variable = self._variables.take(node.name, "_layer")
            self._add(f"{variable} = {layer}")
            layer = variable
        self._add(f"{targets} = {layer}{_write_call(node, inbound)}")

    def _write_layer(self, node: Node) -> str:
        if node.model is not None:
            return self._write_inner(node.model, node.kind, node.name)
        return self._constructors.write(node)


def _list_targets(node: Node, tensors: Mapping[tuple[str, int], str]) -> Iterator[str]:
    """The variables of a node's outputs, in order."""
    place = 0
    while (node.name, place) in tensors:
        yield tensors[node.name, place]
        place += 1


def _write_target(target: str | list[str]) -> str:
    return target if isinstance(target, str) else f"({', '.join(target)})"


def _is_sequential(architecture: Architecture) -> bool:
    nodes = architecture.nodes
    return (
        architecture.is_chain
        and len(nodes) > 1
        and architecture.ends == (Source(node=nodes[-1].name),)
        and all(count_tensors(node) == 1 for node in nodes)
        and all(node.model is not None or find_kind(node.kind).inputs != "many" for node in nodes)
        and all(find_kind(node.kind).category != OPERATION for node in nodes)
    )


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _write_call(node: Node, inbound: list[str]) -> str:
    """The arguments in the call of a layer, with their brackets; empty for an input."""
    if not inbound:
        return ""
    kind = find_kind(node.kind)
    own = {place: name for name, value in node.call.items() if (place := find_own(value)) is not None}
    tensors = (tensor for place, tensor in enumerate(inbound) if place not in node.handed_by_name)
    inputs = [f"{own[place]}={tensor}" if place in own else tensor for place, tensor in enumerate(tensors)]
    merges = kind.inputs == "many" and node.model is None
    usual = kind.call == "list" and (len(inputs) > 1 or merges) and kind.category != "opaque"
    listed = usual if node.listed is None or len(inputs) > 1 else node.listed
    handed = f"[{', '.join(inputs)}]" if listed else ", ".join(inputs)
    named = [f"{name}={_write_handed(value, inbound)}" for name, value in leave_out_own(node.call).items()]
    return f"({', '.join([handed, *named])})"


def _write_handed(value: JsonValue, inbound: list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_write_handed(part, inbound) for part in value)}]"
    if isinstance(value, dict) and isinstance(place := value.get("inbound"), int):
        return inbound[place]
    return write_value(value)


def _write_operation(node: Node, inbound: list[str]) -> str:
    """`a + b`, `x[:, -1]`, `ops.mean(x, axis=1)`."""
    if node.kind == "ops.get_item":
        return f"{inbound[0]}[{node.arguments.get('key', '')}]"
    kind = find_kind(node.kind)
    handed = hand_out(kind, node.arguments, inbound)
    parts: dict[str, str] = {}
    for argument in kind.arguments:
        if argument.name in node.arguments:
            value = node.arguments[argument.name]
            shape = value if argument.type == "shape" else read_array_shape(value)
            if isinstance(shape, list):
                written = write_shape(list(shape))
                parts[argument.name] = written if argument.type == "shape" else f"ops.ones({written})"
            else:
                parts[argument.name] = write_value(value)
        elif argument.name in handed:
            listed = ", ".join(handed[argument.name])
            bracketed = argument.type == "tensors" and kind.call == "list"
            parts[argument.name] = f"[{listed}]" if bracketed else listed
    if node.kind in SYMBOLS and parts.keys() == {"x1", "x2"}:
        return f"{parts['x1']} {SYMBOLS[node.kind]} {parts['x2']}"
    listing: list[str] = []
    for argument in kind.arguments:
        if argument.name in parts:
            in_order = len(listing) == kind.arguments.index(argument) and not argument.keyword_only
            plain = in_order and (argument.required or argument.type.startswith("tensor"))
            part = parts[argument.name]
            listing.append(part if plain else write_keyword(argument.name, part))
    return f"{node.kind}({', '.join(listing)})"
