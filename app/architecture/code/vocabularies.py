"""Vocabularies: what layers over texts learn from data, of which the code does not say the size."""

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Layer, Unknown, Value

SIZE = "vocabulary_size"


def has_vocabulary(layer: Layer) -> bool:
    """Whether the layer looks up terms: StringLookup and its kin."""
    return layer.kind.argument(SIZE) is not None


def adapt(interpreter: Interpreter, layer: Layer, *data: Value, **more: Value) -> None:
    """`layer.adapt(data)`: the vocabulary is as long as the data has terms, `max_tokens` at most."""
    layer.used = True
    if not _gives_its_size(layer):
        return
    most = layer.arguments.get("max_tokens")
    interpreter.layer_name = layer.name
    layer.arguments[SIZE] = interpreter.fill(
        Unknown(f"{layer.name}.{SIZE}()"), usual=most if isinstance(most, int) else None
    )
    interpreter.layer_name = None


def _gives_its_size(layer: Layer) -> bool:
    """Whether an axis is as long as the vocabulary, which is not given."""
    arguments = layer.arguments
    return (
        arguments.get("output_mode", "int") != "int"
        and arguments.get("vocabulary") is None
        and arguments.get("pad_to_max_tokens") is not True
    )
