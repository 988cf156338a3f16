"""name_axes(): the table of rules, by kind."""

from collections.abc import Mapping

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import wrapped
from app.report.axes import rearranged, recurrent, windows
from app.report.axes.labels import BATCH, Call, Label, Labels, Rule, carry, label, relabel
from app.report.model import Axis


def name_axes(
    node: Node, input_axes: tuple[tuple[Axis, ...], ...], output_shapes: tuple[Shape, ...]
) -> tuple[tuple[Axis, ...], ...]:
    """The axes of each output of a layer, given those of its inputs and the shapes that Keras gave."""
    return tuple(_name_output(Call(node, input_axes, shape)) for shape in output_shapes)


def _name_output(call: Call) -> tuple[Axis, ...]:
    labels = RULES.get(call.node.kind, carry)(call)
    if len(labels) != len(call.shape):
        labels = carry(call)
    return tuple(
        Axis(name=name, size=size, origin=origin)
        for (name, origin), size in zip(labels, call.shape, strict=True)
    )


def last_axis(name: str, argument: str) -> Rule:
    """A rule: the last axis is as long as `argument` says; the others are carried."""
    return lambda call: relabel(carry(call), -1, Label(name, f"{argument} of {call.name}"))


def new_axis(name: str, argument: str) -> Rule:
    """A rule: the input's axes, and one more as long as `argument` says."""
    return lambda call: (*map(label, call.inputs[0]), Label(name, f"{argument} of {call.name}"))


def each_timestep(call: Call) -> Labels:
    """TimeDistributed: the wrapped layer's own rule on one timestep, with the timesteps put back."""
    inner = wrapped(call.node)
    if inner is None:
        return carry(call)
    one_timestep = tuple((axes[0], *axes[2:]) for axes in call.inputs)
    inside = _name_output(Call(inner, one_timestep, (call.shape[0], *call.shape[2:])))
    return (BATCH, label(call.inputs[0][1]), *map(label, inside[1:]))


RULES: Mapping[str, Rule] = {
    "AveragePooling1D": windows.slide("pool_size"),
    "Bidirectional": recurrent.recur_both_ways,
    "Concatenate": rearranged.concatenate,
    "Conv1D": windows.slide("kernel_size", Label("filters", "filters")),
    "Cropping1D": windows.resize(windows.crop),
    "Dense": last_axis("units", "units"),
    "Embedding": new_axis("features", "output_dim"),
    "Flatten": rearranged.flatten,
    "GRU": recurrent.recur,
    "GlobalAveragePooling1D": windows.pool_all,
    "GlobalMaxPooling1D": windows.pool_all,
    "LSTM": recurrent.recur,
    "MaxPooling1D": windows.slide("pool_size"),
    "Permute": rearranged.permute,
    "RepeatVector": rearranged.repeat,
    "Reshape": rearranged.reshape,
    "SimpleRNN": recurrent.recur,
    "TimeDistributed": each_timestep,
    "UpSampling1D": windows.resize(windows.repeat_steps),
    "ZeroPadding1D": windows.resize(windows.pad),
}
"""A kind that is not here carries the axes of its inputs."""
