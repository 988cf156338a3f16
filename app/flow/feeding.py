"""feed_inputs(): the data on which a model is run, and the code that makes it."""

from typing import NamedTuple

import numpy as np

from app.architecture.sequences import Sequences
from app.architecture.spec import Architecture
from app.flow.entries import Entry
from app.flow.padded import Padded, pad_inputs
from app.report.places import Numbers
from app.report.runs.running import SEED, Array
from app.report.runs.tokens import find_vocabulary

TOKENS = 10
"""The upper limit of random tokens if no layer has a vocabulary for them."""


class Plan(NamedTuple):
    """By input name: its typed sequences, if any, and the sizes of its data."""

    padded: dict[str, Padded]
    sizes: dict[str, tuple[int, ...]]


class Feeding(NamedTuple):
    """Data and code, by input name."""

    data: dict[str, Array]
    codes: dict[str, str]


def plan_inputs(entries: tuple[Entry, ...], sequences: Sequences | None, timesteps: int) -> Plan:
    """The sizes of the data for each input, before any data is made.

    `timesteps` is the length of an open axis if no sequences are typed.
    """
    padded = pad_inputs(entries, sequences) if sequences else {}
    samples, timesteps = next((one.tokens.shape for one in padded.values()), (1, timesteps))
    sizes = {}
    for entry in entries:
        first = padded[entry.name].tokens.shape if entry.name in padded else (entry.shape[0] or samples,)
        sizes[entry.name] = (*first, *(size or timesteps for size in entry.shape[len(first) :]))
        if entry.name in padded:
            tokens, code = padded[entry.name]
            padded[entry.name] = Padded(tokens, code + _spell_spread(sizes[entry.name][2:]))
    return Plan(padded, sizes)


def feed_inputs(entries: tuple[Entry, ...], plan: Plan, architecture: Architecture) -> Feeding:
    """The typed sequences for every input with timesteps, the same number for each feature.

    The other inputs get random numbers from the seed, or random tokens if a layer looks them up.
    """
    data: dict[str, Array] = {}
    codes: dict[str, str] = {}
    for entry in entries:
        sizes = plan.sizes[entry.name]
        if entry.name in plan.padded:
            tokens, codes[entry.name] = plan.padded[entry.name]
            data[entry.name] = _spread(tokens, sizes).astype(entry.dtype)
        else:
            data[entry.name], codes[entry.name] = _draw_numbers(entry, sizes, architecture)
    return Feeding(data, codes)


def _spell_spread(sizes: tuple[int, ...]) -> str:
    """The code after an array of tokens that repeats each token for every feature."""
    return "".join(f"[..., None].repeat({size}, -1)" if size > 1 else "[..., None]" for size in sizes)


def _spread(tokens: Numbers, sizes: tuple[int, ...]) -> Array:
    each = tokens.reshape(*tokens.shape, *(1 for _ in sizes[2:]))
    return np.broadcast_to(each, sizes)


def _draw_numbers(entry: Entry, sizes: tuple[int, ...], architecture: Architecture) -> tuple[Array, str]:
    generator = np.random.default_rng(SEED)
    if entry.dtype == "bool":
        # It is passed as a mask: everything counts.
        return np.ones(sizes, bool), f"np.ones({sizes}, bool)"
    vocabulary = find_vocabulary(entry.name, architecture)
    if vocabulary is None and not entry.dtype.startswith(("int", "uint")):
        code = f"np.random.default_rng({SEED}).normal(size={sizes})"
        return generator.normal(size=sizes).astype(entry.dtype), code
    tokens = vocabulary.size if vocabulary else TOKENS
    # 0 may stand for padding.
    least = min(1, tokens - 1)
    code = f"np.random.default_rng({SEED}).integers({least}, {tokens}, size={sizes})"
    return generator.integers(least, tokens, size=sizes).astype(entry.dtype), code
