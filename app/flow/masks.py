"""trace_masks(): what becomes of padded sequences in every layer. Keras runs the model. Only in builders."""

import math
from functools import lru_cache

import numpy as np

from app.architecture.read import override_inputs
from app.architecture.sequences import Sequences
from app.architecture.spec import OPAQUE, Architecture, Node
from app.flow.feeding import (
    TIMESTEPS,
    Entry,
    feed_inputs,
    find_maxlen,
    list_entries,
    pad_rows,
    spell_padding,
)
from app.flow.masked import MaskedLayer, MaskTrace, Steps
from app.flow.refusals import explain_refusal
from app.frozen import Shape
from app.report import Report
from app.report.arguments import argument
from app.report.rows import build_rows
from app.report.run import Ran, run_twice
from app.report.running import Array

MOST_PARAMETERS = 5_000_000
MOST_NUMBERS = 1_000_000
"""A model that has more parameters, or of which more numbers leave a layer, is not run."""


def trace_masks(report: Report, sequences: Sequences) -> MaskTrace:
    """Run the model on the sequences, which become as long as its first input is, if that is known.

    Every input with timesteps reads them, with the same number for each feature; others read random numbers.
    Where the model cannot be run, `refused` says why.
    """
    entries = list_entries(report)
    timed = [entry for entry in entries if entry.has_timesteps]
    if refused := refuse_run(report, any(entry.shape[1] != 0 for entry in timed)):
        return MaskTrace(refused=refused)
    timesteps = find_maxlen(entries, sequences) or max(map(len, sequences.rows))
    if count_most(report.architecture, entries, len(sequences.rows), timesteps) > MOST_NUMBERS:
        return MaskTrace(refused=f"More than {MOST_NUMBERS:,} numbers leave a layer: the model is not run.")
    rows = tuple((row.name, row.axes[0]) for row in report.rows)
    return _trace(report.architecture.model_dump_json(), entries, rows, sequences)


def count_most(architecture: Architecture, entries: tuple[Entry, ...], samples: int, timesteps: int) -> int:
    """How many numbers leave the layer that gives the most, for so many samples of so many timesteps."""
    sizes: dict[str, Shape] = {
        entry.name: (samples, *(size or timesteps for size in entry.shape[1:])) for entry in entries
    }
    rows = build_rows(override_inputs(architecture, sizes)).values()
    return max(math.prod(size or 1 for size in spec.shape) for row in rows for spec in row.tensors)


def refuse_run(report: Report, has_timesteps: bool) -> str:
    """Why a model is not run at all, in a sentence; empty where it may be."""
    if report.status != "builds":
        return "The model does not build, so it cannot be run."
    if own := [node.name for node in report.architecture.nodes if node.kind == OPAQUE]:
        return f"{own[0]} is a layer of your own, which is never run."
    if crashing := [node.name for node in report.architecture.nodes if _ends_process(node)]:
        return f"{crashing[0]} picks the maximum of everything, which TensorFlow crashes at: it is not run."
    if not has_timesteps:
        return "No input of this model has timesteps."
    if report.totals.parameters > MOST_PARAMETERS:
        return f"The model has more than {MOST_PARAMETERS:,} parameters: it is not run."
    return ""


def _ends_process(node: Node) -> bool:
    """Adaptive maxima in one window make TensorFlow divide by zero, which ends its process."""
    size = argument(node, "output_size")
    return node.kind.startswith("AdaptiveMaxPooling") and 1 in (size if isinstance(size, list) else [size])


Named = tuple[str, tuple[str, ...]]


@lru_cache(64)
def _trace(
    content: str, entries: tuple[Entry, ...], rows: tuple[Named, ...], sequences: Sequences
) -> MaskTrace:
    architecture = Architecture.model_validate_json(content)
    data = feed_inputs(entries, architecture, sequences, 1).data
    maxlen = find_maxlen(entries, sequences)
    try:
        ran = run_twice(architecture, data)
    except Exception as error:
        return MaskTrace(refused=explain_refusal(error, architecture, data))
    return MaskTrace(
        code=spell_padding(sequences, maxlen),
        tokens=tuple(map(tuple, pad_rows(sequences, maxlen).tolist())),
        layers=tuple(_describe(name, axes, ran[name]) for name, axes in rows),
    )


def _describe(name: str, axes: tuple[str, ...], ran: Ran) -> MaskedLayer:
    has_timesteps = TIMESTEPS in axes[1:2]
    samples = ran.changed.shape[0]
    steps = ran.changed.shape[1] if has_timesteps else 1
    changed: Array = np.asarray(ran.changed.reshape(samples, steps, -1).any(axis=2))
    mask = ran.mask
    return MaskedLayer(
        layer=name,
        mask=_list_steps(mask) if mask is not None and mask.shape == changed.shape else None,
        changed=_list_steps(changed),
        has_timesteps=has_timesteps,
    )


def _list_steps(steps: Array) -> Steps:
    return tuple(map(tuple, steps.tolist()))
