"""pad_inputs(): typed sequences, padded to the length that each input reads."""

from typing import NamedTuple

from app.architecture.sequences import Rows, Sequences
from app.flow.entries import Entry
from app.report.places import Numbers, pad_sequences


class Typed(NamedTuple):
    """The sequences that an input reads, and their name in code."""

    name: str
    rows: Rows


class Padded(NamedTuple):
    """The numbers, one row per sequence, and the code that makes them."""

    tokens: Numbers
    code: str


def find_typed(entries: tuple[Entry, ...], sequences: Sequences) -> dict[str, Typed]:
    """The sequences of each input with timesteps, by input name.

    An input reads its own sequences, else those for all inputs, else those of the first input that has some.
    """
    names = [entry.name for entry in entries if entry.has_timesteps]
    named = [name for name in names if name in sequences.by_input]
    typed = {}
    for name in names if sequences.rows or named else []:
        if name not in named and sequences.rows:
            typed[name] = Typed("sequences", sequences.rows)
        else:
            source = name if name in named else named[0]
            typed[name] = Typed(f'sequences["{source}"]', sequences.by_input[source])
    return typed


def pad_inputs(entries: tuple[Entry, ...], sequences: Sequences) -> dict[str, Padded]:
    """The padded sequences of each input with timesteps, by input name.

    An input of fixed length has that length. The others get the length of the first such input, else
    `maxlen`, else the length of the longest sequence, so that inputs that are merged have one length.
    """
    typed = find_typed(entries, sequences)
    known = {entry.name: entry.shape[1] for entry in entries if entry.name in typed}
    usual = next((length for length in known.values() if length is not None), sequences.maxlen)
    longest = max((len(row) for own in typed.values() for row in own.rows), default=0)
    padded = {}
    for name, own in typed.items():
        length = usual if known[name] is None else known[name]
        if length is None and max(map(len, own.rows)) < longest:
            length = longest
        padded[name] = Padded(_pad_rows(own.rows, sequences, length), _spell(own.name, sequences, length))
    return padded


def _pad_rows(rows: Rows, sequences: Sequences, length: int | None) -> Numbers:
    ragged = [list(row) for row in rows]
    return pad_sequences(ragged, length, sequences.padding, sequences.truncating, sequences.value)


def _spell(name: str, sequences: Sequences, length: int | None) -> str:
    """The call of pad_sequences, without arguments that have their default values."""
    options = {"maxlen": length, **sequences.model_dump(include={"padding", "truncating", "value"})}
    usual = {"maxlen": None, "padding": "pre", "truncating": "pre", "value": 0}
    said = [
        f'{key}="{value}"' if isinstance(value, str) else f"{key}={value}"
        for key, value in options.items()
        if value != usual[key]
    ]
    return f"pad_sequences({', '.join([name, *said])})"
