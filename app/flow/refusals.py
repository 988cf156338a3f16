"""Why a model is not run on its data, or Keras could not run it, in a visitor's words."""

import re
from collections.abc import Mapping

from app.architecture.sequences import Sequences
from app.architecture.spec import Architecture
from app.flow.entries import Entry
from app.flow.padded import find_typed
from app.report.running import Array
from app.report.tokens import find_vocabulary

LONGEST_REASON = 200

_MACHINERY = re.compile(r"\x1b\[\d*m|\{\{.*?\}\}|\[Op:\w+\](?: name:)?")
"""What TensorFlow says of itself, and in which type."""


def refuse_sequences(entries: tuple[Entry, ...], sequences: Sequences) -> str:
    """Why sequences are not those of a batch for these inputs, in a sentence; empty where they are."""
    timed = [entry.name for entry in entries if entry.has_timesteps]
    if strange := [name for name in sequences.by_input if name not in timed]:
        return (
            f"There are sequences for {strange[0]}, which is no input of this model that has timesteps. "
            f"Name one of its own: {', '.join(timed)}."
        )
    counts = {name: len(typed.rows) for name, typed in find_typed(entries, sequences).items()}
    if len(set(counts.values())) < 2:
        return ""
    most, fewest = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
    return (
        f"{most} has {counts[most]} sequences, {fewest} has {counts[fewest]}. Each sample of a batch is one "
        f"sequence for every input: type as many for {fewest} as for {most}."
    )


def explain_refusal(error: Exception, architecture: Architecture, data: Mapping[str, Array]) -> str:
    """The token that a layer does not know, where there is one in the data of an input; else Keras' words."""
    unknown = (_find_unknown(name, numbers, architecture) for name, numbers in data.items())
    if said := next(filter(None, unknown), None):
        return said
    reason = " ".join(_MACHINERY.sub(" ", str(error)).split())[:LONGEST_REASON]
    return f"Keras could not run the model on this data: {reason}"


def _find_unknown(name: str, numbers: Array, architecture: Architecture) -> str | None:
    vocabulary = find_vocabulary(name, architecture)
    if vocabulary is None:
        return None
    layer, kind, argument, size = vocabulary
    least, most = int(numbers.min()), int(numbers.max())
    if least >= 0 and most < size:
        return None
    knows = f"is no token of {layer}, which knows {size:,}: from 0 to {size - 1:,}."
    if most < size:
        return f"{least} {knows} Type no numbers below 0, and none to pad with."
    return f"{most} {knows} Type smaller numbers, or write {argument}={most + 1} in the {kind}."
