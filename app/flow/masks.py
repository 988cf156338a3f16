"""trace_masks(): what becomes of padded sequences in every layer. Keras runs the model. Only in builders."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from app.architecture.read import override_inputs
from app.architecture.sequences import Sequences
from app.architecture.spec import OPAQUE, Architecture, Node
from app.flow.entries import TIMESTEPS, Entry, list_entries
from app.flow.feeding import feed_inputs, plan_inputs
from app.flow.masked import MaskedInput, MaskedLayer, MaskTrace
from app.flow.refusals import explain_refusal, refuse_sequences
from app.report import LayerReport, Report
from app.report.arguments import argument
from app.report.inside import Path
from app.report.model import list_calls
from app.report.rows import build_rows
from app.report.run import Ran, run_twice
from app.report.running import Array

MOST_PARAMETERS = 5_000_000
MOST_NUMBERS = 1_000_000
"""A model that has more parameters, or of which more numbers leave a layer, is not run."""


def trace_masks(report: Report, sequences: Sequences) -> MaskTrace:
    """Run the model on the sequences: each input with timesteps on its own, else on those of all.

    The same number stands for each feature; other inputs read random numbers. Where the model cannot be
    run, `refused` says why.
    """
    entries = list_entries(report)
    timed = [entry for entry in entries if entry.has_timesteps]
    if refused := refuse_run(report, any(entry.shape[1] != 0 for entry in timed)):
        return MaskTrace(refused=refused)
    if refused := refuse_sequences(entries, sequences):
        return MaskTrace(refused=refused)
    if count_most(report.architecture, plan_inputs(entries, sequences, 1).sizes) > MOST_NUMBERS:
        return MaskTrace(refused=f"More than {MOST_NUMBERS:,} numbers leave a layer: the model is not run.")
    content = report.architecture.model_dump_json()
    return _trace(content, entries, _list_axes(report.rows), sequences.model_dump_json())


def count_most(architecture: Architecture, sizes: dict[str, tuple[int, ...]]) -> int:
    """How many numbers leave the layer that gives the most, for inputs of these sizes."""
    rows = build_rows(override_inputs(architecture, dict(sizes))).values()
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


class Named(NamedTuple):
    """A row with the axes of its first output, and those of the model that it may be."""

    name: str
    axes: tuple[str, ...]
    inside: "tuple[Named, ...]"


def _list_axes(rows: Iterable[LayerReport]) -> tuple[Named, ...]:
    return tuple(Named(row.name, row.axes[0], _list_axes(list_calls(row.layers))) for row in rows)


@lru_cache(64)
def _trace(content: str, entries: tuple[Entry, ...], rows: tuple[Named, ...], typed: str) -> MaskTrace:
    architecture = Architecture.model_validate_json(content)
    plan = plan_inputs(entries, Sequences.model_validate_json(typed), 1)
    data = feed_inputs(entries, plan, architecture).data
    try:
        ran = run_twice(architecture, data)
    except Exception as error:
        return MaskTrace(refused=explain_refusal(error, architecture, data))
    inputs = tuple(
        MaskedInput(input=name, code=code, tokens=_list_steps(tokens))
        for name, (tokens, code) in plan.padded.items()
    )
    return MaskTrace(
        code=inputs[0].code,
        tokens=inputs[0].tokens,
        inputs=inputs,
        layers=_describe(rows, (), ran),
    )


def _describe(rows: Iterable[Named], around: Path, ran: Mapping[Path, Ran]) -> tuple[MaskedLayer, ...]:
    paths = [(row, (*around, row.name)) for row in rows]
    return tuple(
        _describe_layer(row, ran[path], _describe(row.inside, path, ran))
        for row, path in paths
        if path in ran
    )


def _describe_layer(row: Named, ran: Ran, inside: tuple[MaskedLayer, ...]) -> MaskedLayer:
    name, axes, _ = row
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
        layers=inside,
    )


def _list_steps(steps: Array) -> tuple[tuple[Any, ...], ...]:
    return tuple(map(tuple, steps.tolist()))
