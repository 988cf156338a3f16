"""Axes of layers that read several tensors, such as attention and Dot, and of EinsumDense."""

from app.report.arguments import Roles, argument, find_roles, read_letters
from app.report.axes.labels import BATCH, Call, Label, Labels, carry, label, relabel
from app.report.model import Axis


def attend(call: Call) -> Labels:
    """Attention, AdditiveAttention: the timesteps of the query, with the features of the value."""
    roles = find_roles(call.node)
    if roles is None:
        return carry(call)
    query, value = call.inputs[roles.query], call.inputs[roles.value]
    if call.output == SCORES:
        return (*map(label, query[:-2]), *_name_scores(call, roles))
    return (*map(label, query[:-1]), label(value[-1]))


def attend_with_heads(call: Call) -> Labels:
    """MultiHeadAttention and its like: the axes of the query, unless output_shape says otherwise."""
    roles = find_roles(call.node)
    if roles is None:
        return carry(call)
    query = call.inputs[roles.query]
    if call.output == SCORES:
        count = "num_heads" if call.node.kind == "MultiHeadAttention" else "num_query_heads"
        return (BATCH, Label("heads", f"{count} of {call.name}"), *_name_scores(call, roles))
    if argument(call.node, "output_shape") is None:
        return tuple(map(label, query))
    new = Label("features", f"output_shape of {call.name}")
    return (*map(label, query[:-1]), *[new] * (len(call.shape) - len(query) + 1))


SCORES = 1
"""The output added by `return_attention_scores`: how much each query timestep attends to each key
timestep."""


def _name_scores(call: Call, roles: Roles) -> Labels:
    sides = (("query", call.inputs[roles.query][-2]), ("key", call.inputs[roles.key][-2]))
    return tuple(
        Label(f"{side} {axis.name}", axis.origin if axis.size == size else f"from {call.name}")
        for (side, axis), size in zip(sides, call.shape[-2:], strict=True)
    )


def dot(call: Call) -> Labels:
    """The axes of both inputs that are not summed over."""
    axes = argument(call.node, "axes")
    pair = axes if isinstance(axes, list) else [axes, axes]
    left = [
        label(axis)
        for tensor, place in zip(call.inputs, pair, strict=False)
        for axis in _without(tensor, place)
    ]
    return (BATCH, *left) if left else (BATCH, Label("features", f"one number from {call.name}"))


def _without(tensor: tuple[Axis, ...], place: object) -> tuple[Axis, ...]:
    summed = place % len(tensor) if isinstance(place, int) else -1
    return tuple(axis for number, axis in enumerate(tensor) if number not in (0, summed))


def sum_over_letters(call: Call) -> Labels:
    """EinsumDense: an axis whose letter stays keeps its label; the others come from output_shape."""
    equation = argument(call.node, "equation")
    letters = read_letters(equation if isinstance(equation, str) else "", len(call.inputs[0]))
    if letters is None or len(letters[0]) != len(call.inputs[0]) or len(letters[1]) != len(call.shape):
        return carry(call)
    kept = dict(zip(letters[0], map(label, call.inputs[0]), strict=True))
    return tuple(kept.get(letter, Label("units", f"output_shape of {call.name}")) for letter in letters[1])


def encode(call: Call) -> Labels:
    """CategoryEncoding and its like: bins as numbers, or as a vector with one element per bin."""
    rank = len(call.inputs[0])
    if argument(call.node, "output_mode") == "int":
        return carry(call)
    count = "num_tokens" if call.node.kind == "CategoryEncoding" else "num_bins"
    place = Label("features", f"{count} of {call.name}")
    if len(call.shape) == rank + 1:
        return (*map(label, call.inputs[0]), place)
    return relabel(carry(call), -1, place)


def cut_into_frames(call: Call) -> Labels:
    """MelSpectrogram: audio samples become frames, each with one number per frequency band."""
    bands = Label("features", f"num_mel_bins of {call.name}")
    return (*map(label, call.inputs[0][:-1]), bands, Label("timesteps", f"frames from {call.name}"))
