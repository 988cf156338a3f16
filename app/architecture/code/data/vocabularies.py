"""Vocabularies of layers such as TextVectorization, whose size depends on data that is not in the code."""

from collections.abc import Callable, Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.built import Layer
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Namespace, Unknown, Value

SIZE = "vocabulary_size"


def has_vocabulary(layer: Layer) -> bool:
    """Whether the layer looks up terms: StringLookup, TextVectorization and their like."""
    return layer.kind.argument(SIZE) is not None


def learn_size(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> None:
    """Set the vocabulary size of such a layer to an unknown number, if the code does not say it."""
    terms = given.get("vocabulary")
    if isinstance(terms, Unknown | Namespace) and kind.argument(SIZE):
        del given["vocabulary"]
        given.pop("idf_weights", None)
        if _gives_its_size(given):
            given[SIZE] = interpreter.fill(_count(f"len({getattr(terms, 'text', 'vocabulary')})", given))


def _adapt(interpreter: Interpreter, layer: Layer, *data: Value, **more: Value) -> None:
    """`layer.adapt(data)`: the vocabulary has as many terms as the data, at most `max_tokens`."""
    layer.used = True
    if _gives_its_size(layer.arguments):
        interpreter.layer_name = layer.name
        layer.arguments[SIZE] = interpreter.fill(_count_terms(interpreter, layer))
        interpreter.layer_name = None


def _count_terms(interpreter: Interpreter, layer: Layer) -> Unknown:
    return _count(f"{layer.name}.{SIZE}()", layer.arguments)


def _list_terms(interpreter: Interpreter, layer: Layer) -> Value:
    terms = layer.arguments.get("vocabulary")
    if isinstance(terms, list) and "Hashing" not in layer.kind.name:
        return [*_list_special(layer), *terms]
    return _count(f"{layer.name}.get_vocabulary()", layer.arguments)


def _list_special(layer: Layer) -> list[Value]:
    """The terms that Keras puts before those of the vocabulary: of padding, and of unknown terms."""
    given = layer.arguments
    padding = "" if layer.kind.name == "TextVectorization" else given.get("mask_token")
    padded = padding is not None and given.get("output_mode", "int") == "int"
    unknown = given.get("num_oov_indices", 1)
    return [padding] * padded + ["[UNK]"] * (unknown if isinstance(unknown, int) else 1)


def _count(text: str, arguments: Mapping[str, Value]) -> Unknown:
    most = arguments.get("max_tokens")
    return Unknown(text, usual=most if isinstance(most, int) else None)


def _gives_its_size(arguments: Mapping[str, Value]) -> bool:
    """Whether an output axis is as long as the vocabulary, and the size is not given."""
    return (
        arguments.get("output_mode", "int") != "int"
        and arguments.get("vocabulary") is None
        and arguments.get("pad_to_max_tokens") is not True
    )


VOCABULARY_METHODS: Mapping[str, Callable[..., Value]] = {
    "adapt": _adapt,
    "get_vocabulary": _list_terms,
    SIZE: _count_terms,
}
"""Methods of layers with a vocabulary."""
