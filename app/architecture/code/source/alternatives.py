"""Alternative beginnings: two input layers in a row, as questions show them, belong to two models."""

from app.architecture.code.built import Layer
from app.architecture.code.notes import Notes, list_words
from app.architecture.spec import INPUT


def choose_alternative(notes: Notes, layers: list[Layer]) -> list[Layer]:
    """The layers from the last one that has an input shape.

    For layers that the code puts into no model. Keras allows an input shape on the first layer only, so two
    of them are two models, never one chain.
    """
    starts = [at for at, layer in enumerate(layers) if at == 0 or _begins(layer, layers[at - 1])]
    if len(starts) < 2:
        return layers
    chosen = layers[starts[-1] :]
    notes.add(
        "alternative-chosen",
        chosen[0].line,
        count=len(starts),
        beginnings=list_words([_spell(layers[at]) for at in starts]),
        last=chosen[0].line,
    )
    return chosen


def _begins(layer: Layer, before: Layer) -> bool:
    return before.kind.name != INPUT and (layer.kind.name == INPUT or layer.input_shape is not None)


def _spell(layer: Layer) -> str:
    shape = layer.arguments.get("batch_shape") if layer.kind.name == INPUT else layer.input_shape
    inside = f" of {tuple(shape[1:])}" if isinstance(shape, list | tuple) else ""
    return f"{layer.kind.name}{inside} on line {layer.line}"
