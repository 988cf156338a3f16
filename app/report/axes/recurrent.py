"""Axes of recurrent layers: the last is units; timesteps remain with return_sequences."""

from app.report.arguments import argument, wrapped
from app.report.axes.labels import Call, Label, Labels, label, relabel
from app.report.axes.windows import slide


def recur(call: Call) -> Labels:
    """(batch, timesteps, units) with return_sequences; (batch, units) without it, and for every state."""
    before = tuple(map(label, call.inputs[0]))[: len(call.shape) - 1]
    return (*before, Label("units", f"units of {call.name}"))


def recur_both_ways(call: Call) -> Labels:
    """Bidirectional: as one direction, but merge_mode="concat" concatenates the units of both."""
    labels = recur(call)
    inner = wrapped(call.node)
    units = argument(inner, "units") if inner else None
    if isinstance(units, int) and call.shape[-1] == 2 * units:
        return relabel(labels, -1, Label("units", f"2 × {units} from {call.name}"))
    return labels


def recur_over_images(call: Call) -> Labels:
    """ConvLSTM: as other recurrent layers, with the filtered image in place of the units."""
    batch, timesteps, *image = call.inputs[0]
    sequences = len(call.shape) == len(call.inputs[0])
    shape = (call.shape[0], *call.shape[2:]) if sequences else call.shape
    one_step = slide_over_step(call._replace(inputs=((batch, *image),), shape=shape))
    return (one_step[0], label(timesteps), *one_step[1:]) if sequences else one_step


slide_over_step = slide("kernel_size", Label("filters", "filters"))
