"""Tokens: sequences of whole numbers that stand in the code itself, which the model can be run on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from app.architecture.code.data.numpy_functions import array_of, pad_sequences
from app.architecture.code.holes.input_guess import NAMES_OF_DATA
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Value
from app.architecture.sequences import MOST_SEQUENCES, Sequences


def array_of_tokens(interpreter: Interpreter, value: Value, *_: Value, **__: Value) -> Value:
    """`np.array([[0, 1, 2]])`."""
    return _keep_numbers(array_of(interpreter, value), value)


def pad_tokens(
    interpreter: Interpreter,
    sequences: Value,
    maxlen: Value = None,
    dtype: Value = None,
    padding: Value = "pre",
    truncating: Value = "pre",
    value: Value = 0,
    **_: Value,
) -> Value:
    """`pad_sequences([[0, 1, 2], [0, 1]], maxlen=5, padding="post")`."""
    told = {"maxlen": maxlen, "padding": padding, "truncating": truncating, "value": value}
    return _keep_numbers(pad_sequences(interpreter, sequences, maxlen), sequences, **told)


TOKENS: Mapping[str, Callable[..., Value]] = {"array": array_of_tokens, "asarray": array_of_tokens}
"""Functions of NumPy that keep the numbers."""


def find_tokens(interpreter: Interpreter) -> Sequences | None:
    """The sequences passed to a model, or else those under a name that inputs usually have."""
    names = interpreter.module.values
    arrays = [(name.lower(), value) for name, value in names.items() if isinstance(value, Array)]
    usual = [array for start in NAMES_OF_DATA for name, array in arrays if name.startswith(start)]
    return next((array.tokens for array in (*interpreter.fed, *usual) if array.tokens), None)


def _keep_numbers(array: Value, rows: Value, **told: Value) -> Value:
    """The array with its numbers, if these are all whole numbers in rows."""
    if not isinstance(array, Array) or len(array.shape) != 2 or not isinstance(rows, list | tuple):
        return array
    first = rows[:MOST_SEQUENCES]
    if not all(isinstance(row, list | tuple) and _are_whole(row) for row in first):
        return array
    try:
        return replace(array, tokens=Sequences.model_validate({"rows": first, **told}))
    except ValidationError:
        return array


def _are_whole(row: Sequence[Value]) -> bool:
    return bool(row) and all(type(number) is int for number in row)
