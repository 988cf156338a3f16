"""Inbound: how a configuration says what a layer reads, in the forms of Keras 2 and Keras 3."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from app.architecture.spec import Inbound, Source
from app.problems import ConfigError

MAX_DEPTH = 8
"""How deep references may stand inside lists."""

TENSOR = "__keras_tensor__"

ATTENDED = ("query", "value", "key")
"""What attention may be given by name, in the order in which it takes them."""


class InboundReader:
    """Reads what each layer of one model reads."""

    def __init__(self, entries: Sequence[Mapping[str, JsonValue]]) -> None:
        self._operations = {entry.get("name") for entry in entries if self.is_operation(entry)}

    @staticmethod
    def is_operation(entry: Mapping[str, JsonValue]) -> bool:
        """Whether this is an operation, not a layer; Keras 3 lists those that make masks among the layers."""
        return str(entry.get("module")).startswith("keras.src.ops")

    def read_inbound(self, entry: Mapping[str, JsonValue]) -> Inbound:
        """The tensors that a layer is called on. Raises ConfigError for what is not understood yet."""
        calls = entry.get("inbound_nodes") or []
        name = str(entry.get("name"))[:80]
        if not isinstance(calls, list):
            raise ConfigError(f"The `inbound_nodes` of {name!r} are not a list.")
        if len(calls) > 1:
            raise ConfigError(
                f"The layer {name!r} is used {len(calls)} times; shared layers are not understood yet."
            )
        sources = tuple(source for call in calls for source in _read_call(call, name))
        for source in sources:
            if source.node in self._operations:
                raise ConfigError(
                    f"The layer {name!r} reads from the operation {source.node!r}; operations "
                    "between layers are not understood yet. Use a layer, for instance Add or Reshape."
                )
        return sources


def read_references(value: JsonValue) -> Inbound:
    """The tensors in `input_layers` or `output_layers`: one reference, or a list or object of them."""
    return tuple(_collect(value, MAX_DEPTH))


def _read_call(call: JsonValue, name: str) -> Inbound:
    if isinstance(call, dict):
        keywords = call.get("kwargs")
        if isinstance(keywords, dict) and any(
            list(_collect(value, MAX_DEPTH))
            for key, value in keywords.items()
            if not key.endswith("mask") and key not in ATTENDED
        ):
            raise ConfigError(f"The layer {name!r} is given tensors by name; that is not understood yet.")
        named = [keywords.get(key) for key in ATTENDED] if isinstance(keywords, dict) else []
        return tuple(_collect([call.get("args"), *named], MAX_DEPTH))
    # Keras 2 writes a list of [layer, call, output, keywords].
    return tuple(_collect(call, MAX_DEPTH))


def _collect(value: JsonValue, depth: int) -> Iterator[Source]:
    """The references in nested lists and objects, in order."""
    if not depth:
        raise ConfigError("What a layer reads is nested too deeply.")
    if isinstance(value, dict):
        if value.get("class_name") == TENSOR:
            inner = value.get("config")
            history = inner.get("keras_history") if isinstance(inner, dict) else None
            yield _read_reference(history)
        else:
            for part in value.values():
                yield from _collect(part, depth - 1)
    elif isinstance(value, list):
        if len(value) in (3, 4) and isinstance(value[0], str):
            yield _read_reference(value)
        else:
            for part in value:
                yield from _collect(part, depth - 1)


def _read_reference(reference: JsonValue) -> Source:
    if (
        not isinstance(reference, list)
        or len(reference) not in (3, 4)
        or not isinstance(reference[0], str)
        or not isinstance(reference[2], int)
        or not 0 <= reference[2] < 1000
    ):
        raise ConfigError("A reference to a tensor is not of the form [layer, call, output].")
    if len(reference) == 4 and isinstance(reference[3], dict) and any(_collect(reference[3], MAX_DEPTH)):
        raise ConfigError(
            f"The layer {reference[0]!r} is handed on with tensors by name; not understood yet."
        )
    return Source(node=reference[0], output=reference[2])
