"""trace_masks(): runs a model on padded sequences to see what each layer makes of padding. Needs Keras."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from app.architecture.read import override_inputs
from app.architecture.sequences import Sequences
from app.architecture.spec import Architecture
from app.flow.entries import TIMESTEPS, Entry, list_entries
from app.flow.feeding import feed_inputs, plan_inputs
from app.flow.masked import MaskedInput, MaskedLayer, MaskTrace
from app.flow.refusals import explain_refusal, refuse_run, refuse_sequences
from app.report import LayerReport, Report
from app.report.model import list_calls
from app.report.rows import build_rows
from app.report.runs.inside import Path
from app.report.runs.run import Ran, run_twice
from app.report.runs.running import Array

MOST_NUMBERS = 1_000_000
"""A model with a larger layer output is not run."""


def trace_masks(report: Report, sequences: Sequences) -> MaskTrace:
    """Run the model on the sequences: each input with timesteps reads its own, else those for all inputs.

    Each number is repeated for every feature; other inputs read random numbers. If the model cannot be run,
    `refused` says why.
    """
    entries = list_entries(report)
    timed = [entry for entry in entries if entry.has_timesteps]
    if refused := refuse_run(report, any(entry.shape[1] != 0 for entry in timed)):
        return MaskTrace(refused=refused)
    if refused := refuse_sequences(entries, sequences):
        return MaskTrace(refused=refused, refuses_sequences=True)
    if count_most(report.architecture, plan_inputs(entries, sequences, 1).sizes) > MOST_NUMBERS:
        return MaskTrace(refused=f"More than {MOST_NUMBERS:,} numbers leave a layer: the model is not run.")
    content = report.architecture.model_dump_json()
    return _trace(content, entries, _list_axes(report.rows), sequences.model_dump_json())


def count_most(architecture: Architecture, sizes: dict[str, tuple[int, ...]]) -> int:
    """The number of elements in the largest layer output, for inputs of these sizes."""
    rows = build_rows(override_inputs(architecture, dict(sizes))).values()
    return max(math.prod(size or 1 for size in spec.shape) for row in rows for spec in row.tensors)


class Named(NamedTuple):
    """A row with the names of its first output's axes, and its own rows if it is a nested model."""

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
        return MaskTrace(refused=explain_refusal(error, architecture, data), refuses_sequences=True)
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
