"""trace_masks(): what becomes of padded sequences in every layer. Keras runs the model. Only in builders."""

import math
from functools import lru_cache

import numpy as np

from app.architecture.read import override_inputs
from app.architecture.sequences import Sequences
from app.architecture.spec import INPUT, OPAQUE, Architecture, Node
from app.flow.masked import MaskedLayer, MaskTrace, Steps
from app.frozen import Shape
from app.report import LayerReport, Report
from app.report.arguments import argument
from app.report.places import Numbers, pad_sequences
from app.report.rows import build_rows
from app.report.run import Ran, run_twice
from app.report.running import Array

MOST_PARAMETERS = 5_000_000
MOST_NUMBERS = 1_000_000
"""A model that has more parameters, or of which more numbers leave a layer, is not run."""

TIMESTEPS = "timesteps"
LONGEST_REASON = 200


def trace_masks(report: Report, sequences: Sequences) -> MaskTrace:
    """Run the model on the sequences, which become as long as its first input is, if that is known.

    Every input with timesteps reads them, with the same number for each feature; others read random numbers.
    Where the model cannot be run, `refused` says why.
    """
    inputs = {row.name: row for row in report.layers if row.kind == INPUT}
    lengths = [row.output_shapes[0][1] for row in inputs.values() if TIMESTEPS in row.axes[0][1:2]]
    if refused := refuse_run(report, any(length != 0 for length in lengths)):
        return MaskTrace(refused=refused)
    maxlen = next((length for length in lengths if length is not None), sequences.maxlen)
    timesteps = maxlen or max(map(len, sequences.rows))
    if count_most(report.architecture, list(inputs.values()), len(sequences.rows), timesteps) > MOST_NUMBERS:
        return MaskTrace(refused=f"More than {MOST_NUMBERS:,} numbers leave a layer: the model is not run.")
    given = tuple(
        (name, row.axes[0], row.output_shapes[0], row.output_dtypes[0]) for name, row in inputs.items()
    )
    rows = tuple((row.name, row.axes[0]) for row in report.rows)
    return _trace(report.architecture.model_dump_json(), given, rows, sequences, maxlen)


def count_most(architecture: Architecture, inputs: list[LayerReport], samples: int, timesteps: int) -> int:
    """How many numbers leave the layer that gives the most, for so many samples of so many timesteps."""
    sizes: dict[str, Shape] = {
        row.name: (samples, *(size or timesteps for size in row.output_shapes[0][1:])) for row in inputs
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


Given = tuple[str, tuple[str, ...], Shape, str]
Named = tuple[str, tuple[str, ...]]


@lru_cache(64)
def _trace(
    architecture: str,
    inputs: tuple[Given, ...],
    rows: tuple[Named, ...],
    sequences: Sequences,
    maxlen: int | None,
) -> MaskTrace:
    padded = pad_sequences(
        [list(row) for row in sequences.rows],
        maxlen,
        sequences.padding,
        sequences.truncating,
        sequences.value,
    )
    data = {given[0]: feed_input(given, padded) for given in inputs}
    try:
        ran = run_twice(Architecture.model_validate_json(architecture), data)
    except Exception as error:
        reason = " ".join(str(error).split())[:LONGEST_REASON]
        return MaskTrace(refused=f"Keras could not run the model on these sequences: {reason}")
    return MaskTrace(
        code=spell_padding(sequences, maxlen),
        tokens=tuple(map(tuple, padded.tolist())),
        layers=tuple(_describe(name, axes, ran[name]) for name, axes in rows),
    )


def feed_input(given: Given, padded: Numbers) -> Array:
    """What one input reads."""
    _, axes, shape, dtype = given
    samples, timesteps = padded.shape
    sizes = tuple(size or timesteps for size in shape[1:])
    if TIMESTEPS in axes[1:2]:
        spread = padded.reshape(samples, timesteps, *(1 for _ in sizes[1:]))
        return np.broadcast_to(spread, (samples, timesteps, *sizes[1:])).astype(dtype)
    return np.random.default_rng(0).normal(size=(samples, *sizes)).astype(dtype)


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


def spell_padding(sequences: Sequences, maxlen: int | None) -> str:
    """The call, without the arguments that are at their defaults."""
    options = {"maxlen": maxlen, **sequences.model_dump(include={"padding", "truncating", "value"})}
    usual = {"maxlen": None, "padding": "pre", "truncating": "pre", "value": 0}
    said = [f"{name}={value!r}" for name, value in options.items() if value != usual[name]]
    return f"pad_sequences({', '.join(['sequences', *said])})".replace("'", '"')
