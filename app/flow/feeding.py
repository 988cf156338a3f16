"""feed_inputs(): what the inputs of a model read when it is run, and the code that makes it."""

from typing import NamedTuple

import numpy as np

from app.architecture.sequences import Sequences
from app.architecture.spec import INPUT, Architecture
from app.frozen import Shape
from app.report import Report
from app.report.places import Numbers, pad_sequences
from app.report.running import SEED, Array
from app.report.tokens import find_vocabulary

TIMESTEPS = "timesteps"

TOKENS = 10
"""Random whole numbers are smaller, where no layer says how many tokens it knows."""


class Entry(NamedTuple):
    """An input of a model, its batch axis first."""

    name: str
    axes: tuple[str, ...]
    shape: Shape
    dtype: str

    @property
    def has_timesteps(self) -> bool:
        """Whether it reads sequences."""
        return TIMESTEPS in self.axes[1:2]


class Feeding(NamedTuple):
    """Data and code by the input's name, for so many samples; open axes have so many timesteps."""

    data: dict[str, Array]
    codes: dict[str, str]
    samples: int
    timesteps: int


def list_entries(report: Report) -> tuple[Entry, ...]:
    """The inputs of a model that builds."""
    rows = (row for row in report.layers if row.kind == INPUT)
    return tuple(Entry(row.name, row.axes[0], row.output_shapes[0], row.output_dtypes[0]) for row in rows)


def feed_inputs(
    entries: tuple[Entry, ...], architecture: Architecture, sequences: Sequences | None, timesteps: int
) -> Feeding:
    """The sequences, for every input with timesteps, with the same number for each feature; random numbers
    from the seed for all others, which are tokens where a layer looks them up.

    `timesteps` is how many there are where no sequences say so and the axis is open.
    """
    timed = [entry for entry in entries if entry.has_timesteps] if sequences else []
    data: dict[str, Array] = {}
    codes: dict[str, str] = {}
    samples = 1
    if sequences and timed:
        maxlen = find_maxlen(entries, sequences)
        padded = pad_rows(sequences, maxlen)
        samples, timesteps = padded.shape
        for entry in timed:
            data[entry.name] = _spread(entry, padded)
            codes[entry.name] = spell_padding(sequences, maxlen)
    for entry in entries:
        if entry.name not in data:
            batch, *shape = entry.shape
            sizes = (batch or samples, *(size or timesteps for size in shape))
            data[entry.name], codes[entry.name] = _draw_numbers(entry, sizes, architecture)
    return Feeding(data, codes, samples, timesteps)


def find_maxlen(entries: tuple[Entry, ...], sequences: Sequences) -> int | None:
    """How long the sequences become: as the first input with timesteps, if its length is known."""
    lengths = (entry.shape[1] for entry in entries if entry.has_timesteps)
    return next((length for length in lengths if length is not None), sequences.maxlen)


def pad_rows(sequences: Sequences, maxlen: int | None) -> Numbers:
    """The sequences, all of one length."""
    rows = [list(row) for row in sequences.rows]
    return pad_sequences(rows, maxlen, sequences.padding, sequences.truncating, sequences.value)


def spell_padding(sequences: Sequences, maxlen: int | None) -> str:
    """The call, without the arguments that are at their defaults."""
    options = {"maxlen": maxlen, **sequences.model_dump(include={"padding", "truncating", "value"})}
    usual = {"maxlen": None, "padding": "pre", "truncating": "pre", "value": 0}
    said = [f"{name}={value!r}" for name, value in options.items() if value != usual[name]]
    return f"pad_sequences({', '.join(['sequences', *said])})".replace("'", '"')


def _spread(entry: Entry, padded: Numbers) -> Array:
    samples, timesteps = padded.shape
    features = tuple(size or timesteps for size in entry.shape[2:])
    each = padded.reshape(samples, timesteps, *(1 for _ in features))
    return np.broadcast_to(each, (samples, timesteps, *features)).astype(entry.dtype)


def _draw_numbers(entry: Entry, sizes: tuple[int, ...], architecture: Architecture) -> tuple[Array, str]:
    generator = np.random.default_rng(SEED)
    vocabulary = find_vocabulary(entry.name, architecture)
    if vocabulary is None and not entry.dtype.startswith(("int", "uint")):
        code = f"np.random.default_rng({SEED}).normal(size={sizes})"
        return generator.normal(size=sizes).astype(entry.dtype), code
    tokens = vocabulary.size if vocabulary else TOKENS
    # 0 may stand for padding.
    least = min(1, tokens - 1)
    code = f"np.random.default_rng({SEED}).integers({least}, {tokens}, size={sizes})"
    return generator.integers(least, tokens, size=sizes).astype(entry.dtype), code
