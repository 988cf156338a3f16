"""TensorFlow functions between layers, which Keras 2 saves as TFOpLambda and SlicingOpLambda layers."""

from collections.abc import Mapping

from pydantic import JsonValue

from app.architecture.catalogue import Kind, find_kind
from app.architecture.config.calls import Entry, list_entries
from app.architecture.config.references import collect_references
from app.architecture.operation_names import DEFAULTS, convert_values, find_operation, modernise_argument

CALLING = frozenset({"SlicingOpLambda", "TFOpLambda"})
SLICING = "__operators__.getitem"


def find_function(entry: Mapping[str, JsonValue]) -> Kind | None:
    """The operation that such a layer calls; None if keras.ops has no function of that name."""
    path = _find_path(entry)
    kind = find_kind("ops.get_item") if path == _write_path(SLICING) else find_operation(path)
    if kind is None or kind.call == "positional":
        return None
    try:
        calls = [_name_arguments(kind, path, call) for call in list_entries(entry)]
    except LookupError:
        return None
    fits = all(_takes(kind, name, value) for call in calls for name, value in call.items())
    return kind if fits else None


def modernise_call(kind: Kind, entry: Mapping[str, JsonValue], call: Entry) -> Entry:
    """A call of such a layer, with the argument names of keras.ops."""
    return Entry([], _name_arguments(kind, _find_path(entry), call))


def is_function(entry: Mapping[str, JsonValue]) -> bool:
    """Whether the layer stands for a TensorFlow function."""
    return str(entry.get("class_name")) in CALLING


def _find_path(entry: Mapping[str, JsonValue]) -> str:
    config = entry.get("config")
    return _write_path(config.get("function")) if is_function(entry) and isinstance(config, dict) else ""


def _write_path(function: JsonValue) -> str:
    return f"tensorflow.{str(function).removeprefix('compat.v1.')}"


def _name_arguments(kind: Kind, path: str, call: Entry) -> dict[str, JsonValue]:
    """Raises LookupError if the operation does not take one of the arguments."""
    names = [argument.name for argument in kind.arguments]
    given = {**DEFAULTS.get(path, {}), **dict(zip(names, call.positional, strict=False))}
    for name, value in call.keywords.items():
        modern = "key" if name == "slice_spec" else name if name in names else modernise_argument(name, names)
        if modern is None and value and name != "name":
            raise LookupError(name)
        if modern is not None and value is not None:
            given[modern] = value
    return convert_values(kind, given)


def _takes(kind: Kind, name: str, value: JsonValue) -> bool:
    """Whether a tensor may be passed for this argument; a value without tensors always may."""
    argument = kind.argument(name)
    is_tensor = argument is not None and argument.type.startswith("tensor")
    return is_tensor or not any(collect_references(value))
