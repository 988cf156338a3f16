"""Axes of the recurrent layers: timesteps stay with return_sequences, and units are what comes out."""

from app.report.arguments import argument, wrapped
from app.report.axes.labels import Call, Label, Labels, label, relabel


def recur(call: Call) -> Labels:
    """(batch, timesteps, units) with return_sequences; (batch, units) without, and for every state."""
    before = tuple(map(label, call.inputs[0]))[: len(call.shape) - 1]
    return (*before, Label("units", f"units of {call.name}"))


def recur_both_ways(call: Call) -> Labels:
    """As one direction alone, except that merge_mode concat puts the two side by side."""
    labels = recur(call)
    inner = wrapped(call.node)
    units = argument(inner, "units") if inner else None
    if isinstance(units, int) and call.shape[-1] == 2 * units:
        return relabel(labels, -1, Label("units", f"2 × {units} from {call.name}"))
    return labels
