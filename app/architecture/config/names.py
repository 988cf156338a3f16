"""The names of a model's nodes, one for each call of a layer."""

from collections.abc import Collection, Iterable, Mapping

from pydantic import JsonValue

from app.architecture.calls import name_call
from app.architecture.config.references import Reference
from app.architecture.config.values import quote
from app.architecture.spec import UNNAMED, Inbound, Node, Source
from app.problems import ConfigError


def name_model(config: Mapping[str, JsonValue]) -> str:
    """The model's name; a name that Keras generated (`sequential_3`) counts as none."""
    name = config.get("name")
    if not isinstance(name, str):
        return UNNAMED
    return UNNAMED if name.rstrip("0123456789").rstrip("_") in ("sequential", "functional", "model") else name


def name_layer(entry: Mapping[str, JsonValue]) -> str:
    """The name of a layer. Raises ConfigError if it has none."""
    config = entry.get("config")
    name = entry.get("name") or (config.get("name") if isinstance(config, dict) else None)
    if not isinstance(name, str):
        raise ConfigError(f"A layer of the kind {quote(entry.get('class_name'))} has no name.")
    return name


class Names:
    """The names of a model's nodes: `lstm` for the first call of a layer, `lstm@2` for the second."""

    def __init__(self, layers: Iterable[str]) -> None:
        self._layers: set[str] = set()
        for name in layers:
            if name in self._layers:
                raise ConfigError(f"Two layers are named {quote(name)}; a name must be unique.")
            self._layers.add(name)
        self._calls: dict[str, tuple[str, int]] = {}

    def name_call(self, layer: str, call: int) -> str:
        """The name of one call of a layer."""
        name = name_call(layer, call + 1)
        while call and name in self._layers:
            name += "@"
        self._calls[name] = (layer, call)
        return name

    def find(self, name: str) -> tuple[str, int]:
        """The layer and the number of the call that has this name."""
        return self._calls[name]

    def read_sources(
        self, references: Iterable[Reference], from_one: Collection[str] = frozenset()
    ) -> Inbound:
        """The sources for these references; for the models in `from_one`, call number 1 is the first."""
        return tuple(
            Source(
                node=self.name_call(reference.layer, reference.call - (reference.layer in from_one)),
                output=reference.output,
            )
            for reference in references
        )


def find_counted_from_one(nodes: Iterable[Node], references: Iterable[Reference]) -> frozenset[str]:
    """The models whose first call has the number 1, as 0 stands for the call in which the model was made."""
    calls: dict[str, int] = {}
    for node in nodes:
        if node.model is not None:
            calls[node.shares or node.name] = calls.get(node.shares or node.name, 0) + 1
    return frozenset(r.layer for r in references if calls.get(r.layer, r.call + 1) <= r.call)
