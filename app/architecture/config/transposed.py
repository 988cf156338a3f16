"""spread_transposes(): `matmul(a, b, transpose_b=True)` of TensorFlow as the two operations of Keras."""

from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from app.architecture.config.calls import Entry, list_entries
from app.architecture.config.names import name_layer
from app.architecture.config.values import JsonEntry

FUNCTION = "TFOpLambda"
MATMUL = ("linalg.matmul", "matmul")
SWAPPED: dict[str, JsonValue] = {"axis1": -2, "axis2": -1}


def spread_transposes(layers: Sequence[JsonEntry]) -> list[JsonEntry]:
    """The layers, with one that swaps the last two axes before each such product. Raises ConfigError."""
    taken = {name_layer(layer) for layer in layers}
    return [part for layer in layers for part in _spread(layer, taken)]


def _spread(layer: JsonEntry, taken: set[str]) -> Iterator[JsonEntry]:
    config = layer.get("config")
    function = config.get("function") if isinstance(config, dict) else None
    is_product = layer.get("class_name") == FUNCTION and function in MATMUL
    entries = list_entries(layer) if is_product else []
    if not any(_turns(entry) for entry in entries):
        yield layer
        return
    nodes: list[JsonValue] = []
    for entry in entries:
        given = {**dict(zip("ab", entry.positional, strict=False)), **entry.keywords}
        for operand in "ab":
            if given.pop(f"transpose_{operand}", None) is True:
                name = _find_name(f"{name_layer(layer)}_{operand}", taken)
                yield {
                    "class_name": layer.get("class_name"),
                    "name": name,
                    "config": {"name": name, "function": "swapaxes"},
                    "inbound_nodes": [{"args": [given.get(operand)], "kwargs": SWAPPED}],
                }
                given[operand] = [name, 0, 0]
        nodes.append({"args": [given.pop("a", None)], "kwargs": given})
    yield {**layer, "inbound_nodes": nodes}


def _turns(entry: Entry) -> bool:
    return True in (entry.keywords.get("transpose_a"), entry.keywords.get("transpose_b"))


def _find_name(wanted: str, taken: set[str]) -> str:
    name = wanted
    while name in taken:
        name += "_"
    taken.add(name)
    return name
