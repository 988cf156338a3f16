"""guess_input(): the input of a Sequential that declares none, from its layers and the data in the code."""

import math

from app.architecture.code.built import Layer
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array
from app.architecture.least_input import input_dtype, least_input
from app.frozen import Shape

NAMES_OF_DATA = ("input", "x", "data", "sequence", "train")
"""How people name a model's input data, the clearest names first."""


def guess_input(interpreter: Interpreter, first: Layer) -> tuple[Shape, str | None]:
    """The shape (batch axis first) and dtype of the first layer's input; adds a note on what was assumed."""
    embedding = first.kind.name == "Embedding"
    dtype = input_dtype(first.kind.name)
    if first.input_length is not None and embedding:
        interpreter.notes.add("input-length-ignored", first.line, first.name, length=first.input_length)
        return (None, first.input_length), dtype
    if first.input_shape is not None:
        return first.input_shape, dtype
    shape, source = _guess_tokens(interpreter) if embedding else _guess_from_data(interpreter, first)
    inside = str(shape[1:]) + (f', dtype="{dtype}"' if dtype else "")
    interpreter.notes.add("input-shape-assumed", first.line, first.name, source=source, shape=inside)
    return shape, dtype


def _guess_tokens(interpreter: Interpreter) -> tuple[Shape, str]:
    """Sequences of any length: an Embedding looks up each token by itself."""
    source = "It was read as sequences of tokens of any length"
    padded = [array.shape[1] for _, array in _find_data(interpreter) if len(array.shape) == 2]
    if padded and padded[0] is not None:
        return (None, None), f"{source}; the data in the code is {padded[0]} long."
    return (None, None), f"{source}."


def _guess_from_data(interpreter: Interpreter, first: Layer) -> tuple[Shape, str]:
    wanted = least_input(first.kind.name, first.arguments)
    for name, array in _find_data(interpreter):
        if _fits(array.shape, first, wanted):
            return (None, *array.shape[1:]), f"It was taken from the data in it: {name} is {array.shape}."
    return wanted, f"It was read as {wanted}, the least that {first.kind.name} takes."


def _find_data(interpreter: Interpreter) -> list[tuple[str, Array]]:
    """The arrays in the code: those passed to a model first, then by how likely their names are inputs."""
    fed = [("what the model is given", array) for array in interpreter.fed]
    named = [
        (f"`{name}`", value) for name, value in interpreter.module.values.items() if isinstance(value, Array)
    ]
    return fed + sorted(named, key=lambda pair: _tell(pair[0]))


def _tell(name: str) -> int:
    lowered = name.lower().strip("`")
    return next((at for at, word in enumerate(NAMES_OF_DATA) if lowered.startswith(word)), len(NAMES_OF_DATA))


def _fits(shape: Shape, first: Layer, wanted: Shape) -> bool:
    if first.kind.name == "Reshape":
        sizes = shape[1:]
        return None not in sizes and math.prod(size or 0 for size in sizes) == math.prod(
            size or 0 for size in wanted[1:]
        )
    return len(shape) == len(wanted)
