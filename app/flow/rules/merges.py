"""Layers that merge several tensors into one."""

from itertools import accumulate

from app.flow.course import Call, Course, Reads, read_all, read_nothing, read_same
from app.flow.rules.operations import cancels
from app.report.arguments import argument
from app.report.axes.continued import list_places


def merge_elements(call: Call) -> Course | None:
    """Add and its like: element by element, with inputs of size 1 broadcast.

    Keras adds axes after the batch axis to an input of lower rank.
    """
    rank = max(len(sizes) for sizes in call.inputs)
    shift = rank - len(call.input)
    axis_out = _find_axis(call, shift)
    if axis_out is None:
        return None
    stretched = [(sizes[0], *[1] * (rank - len(sizes)), *sizes[1:])[axis_out] for sizes in call.inputs]
    aligned = axis_out - shift if axis_out > shift else None
    axis_in = aligned if call.named_in is None else call.named_in
    return Course(
        kind="joined",
        axis_in=axis_in,
        axis_out=axis_out,
        timesteps_out=max(stretched),
        reads=read_nothing if cancels(call) else _read_stretched(call, axis_in, aligned),
        fits=len(set(stretched) - {1}) <= 1,
    )


def concatenate(call: Call) -> Course | None:
    """Concatenate: along features, or along time.

    Along time, the timesteps after those of the first input come from the other inputs, one of which may be
    the first again.
    """
    axis = _find_axis(call, shift=0)
    places = list_places(call.node, "axis", len(call.output))
    if axis is None or len(places) != 1:
        return None
    lengths = [sizes[axis] for sizes in call.inputs]
    along_time = axis in places
    return Course(
        kind="joined",
        axis_in=axis,
        axis_out=axis,
        timesteps_out=sum(lengths) if along_time else lengths[0],
        reads=_read_again(call, lengths) if along_time else read_same,
        fits=along_time or len(set(lengths)) == 1,
    )


def multiply_and_sum(call: Call) -> Course | None:
    """Dot: the timesteps of the first input stay, unless they are summed over."""
    axes = argument(call.node, "axes")
    summed = axes[0] if isinstance(axes, list) else axes
    if call.named_in is None or not isinstance(summed, int):
        return None
    place = summed % len(call.input)
    if argument(call.node, "normalize") and call.input[place] == 1:
        return None
    timesteps = call.input[call.named_in]
    stays = call.named_in != place
    with_itself = len(set(call.node.inbound)) == 1
    axis_out = call.named_in - (call.named_in > place) if stays else call.named_out
    return Course(
        kind="joined",
        axis_in=call.named_in,
        axis_out=axis_out,
        timesteps_out=timesteps if stays else 1 if axis_out is None else call.output[axis_out],
        reads=read_same if stays and not with_itself else read_all(timesteps),
    )


def _read_again(call: Call, lengths: list[int]) -> Reads:
    """The timesteps of the first input, wherever it stands among those that are joined."""
    inbound = call.node.inbound
    starts = [
        start
        for start, source in zip(accumulate(lengths, initial=0), inbound, strict=False)
        if source == inbound[0]
    ]
    return read_same if len(starts) == 1 else lambda step: {step - start for start in starts}


def _find_axis(call: Call, shift: int) -> int | None:
    if call.named_out is not None:
        return call.named_out
    return None if call.named_in is None else call.named_in + shift


def _read_stretched(call: Call, axis_in: int | None, aligned: int | None) -> Reads:
    if axis_in is None:
        return read_all(1)
    if axis_in != aligned or call.input[axis_in] == 1:
        return read_all(call.input[axis_in])
    return read_same
