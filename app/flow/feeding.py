"""feed_inputs(): what the inputs of a model read when it is run, and the code that makes it."""

from typing import NamedTuple

import numpy as np

from app.architecture.sequences import Sequences
from app.architecture.spec import INPUT, Architecture
from app.flow.masks import TIMESTEPS, feed_input, spell_padding
from app.report import LayerReport, Report
from app.report.places import pad_sequences
from app.report.running import SEED, Array

TOKENS = 10
"""Random whole numbers are smaller, where no Embedding says how many tokens it knows."""


class Feeding(NamedTuple):
    """Data and code by the input's name, for so many samples; open axes have so many timesteps."""

    data: dict[str, Array]
    codes: dict[str, str]
    samples: int
    timesteps: int


def feed_inputs(report: Report, sequences: Sequences | None, timesteps: int) -> Feeding:
    """The sequences, for every input with timesteps; random numbers from the seed for all others.

    `timesteps` is how many there are where no sequences say so and the axis is open.
    """
    inputs = [row for row in report.layers if row.kind == INPUT]
    timed = [row for row in inputs if TIMESTEPS in row.axes[0][1:2]] if sequences else []
    data: dict[str, Array] = {}
    codes: dict[str, str] = {}
    samples = 1
    if sequences and timed:
        lengths = (row.output_shapes[0][1] for row in timed)
        maxlen = next((length for length in lengths if length is not None), sequences.maxlen)
        options = (maxlen, sequences.padding, sequences.truncating, sequences.value)
        padded = pad_sequences([list(row) for row in sequences.rows], *options)
        samples, timesteps = padded.shape
        for row in timed:
            given = (row.name, row.axes[0], row.output_shapes[0], row.output_dtypes[0])
            data[row.name] = feed_input(given, padded)
            codes[row.name] = spell_padding(sequences, maxlen)
    for row in inputs:
        if row.name not in data:
            batch, *shape = row.output_shapes[0]
            sizes = (batch or samples, *(size or timesteps for size in shape))
            data[row.name], codes[row.name] = _draw_numbers(row, sizes, report.architecture)
    return Feeding(data, codes, samples, timesteps)


def _draw_numbers(row: LayerReport, sizes: tuple[int, ...], architecture: Architecture) -> tuple[Array, str]:
    dtype, generator = row.output_dtypes[0], np.random.default_rng(SEED)
    if not dtype.startswith(("int", "uint")):
        code = f"np.random.default_rng({SEED}).normal(size={sizes})"
        return generator.normal(size=sizes).astype(dtype), code
    tokens = _count_tokens(row.name, architecture)
    # 0 may stand for padding.
    least = min(1, tokens - 1)
    code = f"np.random.default_rng({SEED}).integers({least}, {tokens}, size={sizes})"
    return generator.integers(least, tokens, size=sizes).astype(dtype), code


def _count_tokens(name: str, architecture: Architecture) -> int:
    embeddings = [node for node in architecture.nodes if node.kind == "Embedding"]
    readers = [node for node in embeddings if any(source.node == name for source in node.inbound)]
    sizes = [node.arguments.get("input_dim") for node in readers or embeddings]
    return min((size for size in sizes if isinstance(size, int)), default=TOKENS)
