"""Constructors: `layers.LSTM(32)` and its like, as source."""

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind, find_kind
from app.architecture.code.layers.naming import Naming
from app.architecture.code.writing.literals import write_keyword, write_shape, write_value
from app.architecture.declared import read_declared
from app.architecture.spec import INPUT, MODELS, OPAQUE, Architecture, Node
from app.architecture.tidy import tidy_arguments

ModelWriter = Callable[[Architecture, str, str, bool], str]
"""Writes a model of this kind and name, and returns its variable. The flag says whether the model itself has
the name."""


class Constructors:
    """Writes the constructors of one source, counting layer names as Keras does."""

    def __init__(self, write_model: ModelWriter) -> None:
        self._naming = Naming()
        self._write_model = write_model

    def write(self, node: Node) -> str:
        """`layers.LSTM(32, name="memory")`; the name is left out if Keras would give the same."""
        kind = find_kind(node.kind)
        if node.kind == INPUT:
            parts, function = _write_input(node), "keras.Input"
        elif node.kind == OPAQUE:
            parts, function = _write_opaque(node), "layers.Lambda"
        else:
            parts, function = self._write_arguments(kind, node.arguments, node.name), f"layers.{kind.name}"
        if not self.count_name("Lambda" if node.kind == OPAQUE else kind.name, node.name):
            parts.append(f"name={write_value(node.name)}")
        return f"{function}({', '.join(parts)})"

    def count_name(self, kind: str, name: str) -> bool:
        """Whether Keras would give this name to the next layer of this kind; counts it if so."""
        given = self._naming.next_name(kind) == name
        if given:
            self._naming.make_name(kind)
        return given

    def _write_arguments(self, kind: Kind, arguments: Mapping[str, JsonValue], name: str) -> list[str]:
        """The required arguments by position, the others by name."""
        rest = dict(tidy_arguments(kind, arguments))
        parts = []
        for argument in kind.arguments:
            if not argument.required or argument.name not in rest:
                break
            parts.append(self._write_argument(argument, rest.pop(argument.name), name))
        for key, value in rest.items():
            known = kind.argument(key)
            written = self._write_argument(known, value, name) if known else write_value(value)
            parts.append(write_keyword(key, written))
        return parts

    def _write_argument(self, argument: Argument, value: JsonValue, name: str) -> str:
        if argument.type == "layer" and isinstance(value, list):
            return f"[{', '.join(self._write_argument(argument, layer, name) for layer in value)}]"
        if argument.type == "layer" and isinstance(value, dict) and isinstance(value.get("kind"), str):
            return self._write_inner(value, name)
        if argument.type == "shape" and isinstance(value, list):
            return write_shape(value)
        return write_value(value)

    def _write_inner(self, layer: dict[str, JsonValue], name: str) -> str:
        kind = find_kind(str(layer["kind"]))
        if kind.name in MODELS:
            model = Architecture.model_validate(layer.get("model"))
            return self._write_model(model, kind.name, f"{name}_model", False)
        inner = layer.get("arguments")
        parts = self._write_arguments(kind, inner if isinstance(inner, dict) else {}, name)
        self._naming.make_name(kind.name)
        return f"layers.{kind.name}({', '.join(parts)})"


def _write_input(node: Node) -> list[str]:
    arguments = tidy_arguments(find_kind(INPUT), node.arguments)
    sizes = arguments.pop("batch_shape", None)
    rest = [write_keyword(name, write_value(value)) for name, value in arguments.items()]
    if isinstance(sizes, list) and sizes and sizes[0] is None:
        return [write_shape(sizes[1:]), *rest]
    return [f"batch_shape={write_shape(sizes) if isinstance(sizes, list) else write_value(sizes)}", *rest]


def _write_opaque(node: Node) -> list[str]:
    """A Lambda around a function with the name of the custom class, which only declares its output."""
    own = str(node.arguments.get("class_name") or "Lambda")
    parts = [own if own != "Lambda" and own.isidentifier() else "your_function"]
    shapes = [write_shape(list(tensor.shape[1:])) for tensor in read_declared(node.arguments)]
    listed = ", ".join(shapes)
    if shapes:
        parts.append(f"output_shape={listed if len(shapes) == 1 else f'[{listed}]'}")
    if dtype := node.arguments.get("dtype"):
        parts.append(f"dtype={write_value(dtype)}")
    return parts
