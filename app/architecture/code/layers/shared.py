"""Layers that are used in a nested model and outside of it, whose weights are counted in both places."""

from collections.abc import Iterator

from app.architecture.code.built import Layer, Model
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.models import list_layers
from app.architecture.code.notes import list_words
from app.architecture.spec import INPUT

WEIGHTLESS = frozenset({"image", "merging", "pooling", "regularization", "reshaping"})
"""Categories of layers that have nothing to count."""

NAMED = 3
"""How many such layers the note names."""


def note_shared(interpreter: Interpreter, model: Model) -> None:
    """Add a note if the model has such layers: an Architecture shares layers within one model only."""
    homes: dict[int, set[int]] = {}
    layers: dict[int, Layer] = {}
    for home, layer in _walk(interpreter, model, set()):
        homes.setdefault(id(layer), set()).add(home)
        layers[id(layer)] = layer
    shared = [layers[key] for key, places in homes.items() if len(places) > 1]
    if shared:
        names = list_words([f"`{layer.name}`" for layer in shared[:NAMED]])
        interpreter.notes.add("weights-counted-again", shared[0].line, shared[0].name, names=names)


def _walk(interpreter: Interpreter, model: Model, seen: set[int]) -> Iterator[tuple[int, Layer]]:
    """Each layer with weights, and the model that it is in; each model once."""
    if id(model) in seen:
        return
    seen.add(id(model))
    for layer in list_layers(model):
        interpreter.budget.spend()
        if layer.model is not None:
            yield from _walk(interpreter, layer.model, seen)
        elif layer.kind.name != INPUT and layer.kind.category not in WEIGHTLESS:
            yield id(model), layer
