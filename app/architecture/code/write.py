"""write_code(): idiomatic Keras 3 for an architecture. Reading it back gives the same architecture."""

import keyword
import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind, find_kind
from app.architecture.code.naming import Naming
from app.architecture.outputs import count_outputs
from app.architecture.spec import INPUT, Architecture, Node, Source
from app.architecture.tidy import tidy_arguments

HEADER = "import keras\nfrom keras import layers\n"
UNNAMED = str(Architecture.model_fields["name"].default)
RESERVED = ("keras", "layers", "model")


def write_code(architecture: Architecture) -> str:
    """Source that makes the architecture: a Sequential for a chain, the functional way for anything else.

    Names and arguments are written only where they differ from what Keras would give them.
    Raises UnknownLayer for a kind that the catalogue does not have.
    """
    naming = Naming()
    calls = [_write_constructor(node, naming) for node in architecture.nodes]
    if _is_sequential(architecture):
        return _write_sequential(architecture, calls)
    return _write_functional(architecture, calls)


def _is_sequential(architecture: Architecture) -> bool:
    nodes = architecture.nodes
    return (
        architecture.is_chain
        and len(nodes) > 1
        and architecture.ends == (Source(node=nodes[-1].name),)
        and all(count_outputs(node.kind, node.arguments) == 1 for node in nodes)
        and all(find_kind(node.kind).inputs != "many" for node in nodes)
    )


def _write_sequential(architecture: Architecture, calls: list[str]) -> str:
    lines = "".join(f"    {call},\n" for call in calls)
    return f"{HEADER}\nmodel = keras.Sequential([\n{lines}]{_write_model_name(architecture)})\n"


def _write_functional(architecture: Architecture, calls: list[str]) -> str:
    variables = _name_variables(architecture)
    lines = []
    for node, call in zip(architecture.nodes, calls, strict=True):
        targets = ", ".join(variables[node.name, at] for at in range(_count(node)))
        inbound = [variables[source.node, source.output] for source in node.inbound]
        kind = find_kind(node.kind)
        listed = kind.call == "list" and (len(inbound) > 1 or kind.inputs == "many")
        handed = f"[{', '.join(inbound)}]" if listed else ", ".join(inbound)
        lines.append(f"{targets} = {call}" + (f"({handed})" if inbound else ""))
    inputs = [variables[node.name, 0] for node in architecture.nodes if node.is_input]
    outputs = [variables[source.node, source.output] for source in architecture.ends]
    lines.append(f"model = keras.Model({_list(inputs)}, {_list(outputs)}{_write_model_name(architecture)})")
    return f"{HEADER}\n" + "\n".join(lines) + "\n"


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _count(node: Node) -> int:
    return count_outputs(node.kind, node.arguments)


def _write_model_name(architecture: Architecture) -> str:
    return "" if architecture.name == UNNAMED else f", name={write_value(architecture.name)}"


def _name_variables(architecture: Architecture) -> dict[tuple[str, int], str]:
    """A Python name for each tensor: the layer's own where that is one, told apart by numbers."""
    outputs = {node.name: _count(node) for node in architecture.nodes}
    for source in (
        source for node in architecture.nodes for source in (*node.inbound, *architecture.outputs)
    ):
        outputs[source.node] = max(outputs[source.node], source.output + 1)
    taken: set[str] = set(RESERVED)
    variables: dict[tuple[str, int], str] = {}
    for name, count in outputs.items():
        for at in range(count):
            stem = _make_identifier(name) + (f"_output_{at}" if at else "")
            variables[name, at] = variable = next(
                candidate for candidate in _number(stem) if candidate not in taken
            )
            taken.add(variable)
    return variables


def _make_identifier(name: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_")
    if not plain or plain[0].isdigit() or keyword.iskeyword(plain):
        plain = f"x_{plain}".rstrip("_")
    return plain


def _number(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}_{number}"
        number += 1


def _write_constructor(node: Node, naming: Naming) -> str:
    kind = find_kind(node.kind)
    parts = _write_input(node) if node.kind == INPUT else _write_arguments(kind, node.arguments, naming)
    if naming.next_name(kind.name) == node.name:
        naming.make_name(kind.name)
    else:
        parts.append(f"name={write_value(node.name)}")
    return f"{'keras.Input' if node.kind == INPUT else f'layers.{kind.name}'}({', '.join(parts)})"


def _write_input(node: Node) -> list[str]:
    arguments = tidy_arguments(find_kind(INPUT), node.arguments)
    sizes = arguments.pop("batch_shape", None)
    rest = [_write_keyword(name, value) for name, value in arguments.items()]
    if isinstance(sizes, list) and sizes and sizes[0] is None:
        return [write_shape(sizes[1:]), *rest]
    return [f"batch_shape={write_shape(sizes) if isinstance(sizes, list) else write_value(sizes)}", *rest]


def _write_arguments(kind: Kind, arguments: Mapping[str, JsonValue], naming: Naming) -> list[str]:
    """The required arguments in front and without their names, the others by name."""
    rest = dict(tidy_arguments(kind, arguments))
    parts = []
    for argument in kind.arguments:
        if not argument.required or argument.name not in rest:
            break
        parts.append(_write_argument(argument, rest.pop(argument.name), naming))
    for name, value in rest.items():
        known = kind.argument(name)
        written = _write_argument(known, value, naming) if known else write_value(value)
        parts.append(f"{name}={written}" if _is_plain(name) else f"**{{{write_value(name)}: {written}}}")
    return parts


def _write_argument(argument: Argument, value: JsonValue, naming: Naming) -> str:
    if argument.type == "layer" and isinstance(value, list):
        return f"[{', '.join(_write_argument(argument, layer, naming) for layer in value)}]"
    if argument.type == "layer" and isinstance(value, dict) and isinstance(value.get("kind"), str):
        inner = value.get("arguments")
        kind = find_kind(str(value["kind"]))
        parts = _write_arguments(kind, inner if isinstance(inner, dict) else {}, naming)
        naming.make_name(kind.name)
        return f"layers.{kind.name}({', '.join(parts)})"
    if argument.type == "shape" and isinstance(value, list):
        return write_shape(value)
    return write_value(value)


def _write_keyword(name: str, value: JsonValue) -> str:
    return (
        f"{name}={write_value(value)}"
        if _is_plain(name)
        else f"**{{{write_value(name)}: {write_value(value)}}}"
    )


def _is_plain(name: str) -> bool:
    return name.isidentifier() and name.isascii() and not keyword.iskeyword(name)


def write_shape(sizes: list[JsonValue]) -> str:
    """A shape as a tuple: "(3, 50)", "(8,)"."""
    inside = ", ".join(write_value(size) for size in sizes)
    return f"({inside},)" if len(sizes) == 1 else f"({inside})"


def write_value(value: JsonValue) -> str:
    """A value as a Python literal; texts in double quotes, with everything strange escaped."""
    if isinstance(value, str):
        return f'"{"".join(_escape(character) for character in value)}"'
    if isinstance(value, list):
        return f"[{', '.join(write_value(element) for element in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{write_value(key)}: {write_value(item)}' for key, item in value.items())}}}"
    return repr(value)


def _escape(character: str) -> str:
    if character == '"':
        return '\\"'
    if character.isprintable() and character != "\\":
        return character
    return character.encode("unicode_escape").decode()
