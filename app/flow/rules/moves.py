"""Functions of keras.ops that compute nothing: they pick, move, copy or pad timesteps."""

from math import prod

from app.architecture.slices import read_key
from app.flow.course import Call, Course, read_all, read_nothing, read_same
from app.flow.rules.operations import Change
from app.flow.rules.rearranged import cut_anew
from app.flow.rules.windows import list_moving_axes
from app.report.arguments import argument, find_ends, integer, sizes
from app.report.axes.continued import list_places


def move(call: Call, axis: int) -> Change:
    """The timesteps stay; if their axis is removed, the only or the first one is left."""
    return Change("rearranged", call.input[axis], read_same)


def flip(call: Call, axis: int) -> Change:
    """The order of the timesteps is reversed."""
    last = call.input[axis] - 1
    if axis not in list_places(call.node, "axis", len(call.input)):
        return move(call, axis)
    return Change("rearranged", last + 1, lambda step: read_same(last - step))


def roll(call: Call, axis: int) -> Change | None:
    """Every timestep moves on by `shift`; those beyond the end come in at the start."""
    timesteps = call.input[axis]
    if argument(call.node, "axis") is None:
        return None
    places = list_places(call.node, "axis", len(call.input))
    shifts = sizes(call.node, "shift", len(places))
    if not shifts or not timesteps:
        return None
    shift = sum(by for place, by in zip(places, shifts, strict=True) if place == axis)
    return Change("rearranged", timesteps, lambda step: read_same((step - shift) % timesteps))


def repeat(call: Call, axis: int) -> Change | None:
    """Every timestep several times, one after the other."""
    times = argument(call.node, "repeats")
    if argument(call.node, "axis") is None or not isinstance(times, int) or times < 1:
        return None
    if axis not in list_places(call.node, "axis", len(call.input)):
        return move(call, axis)
    return Change("rearranged", call.input[axis] * times, lambda step: read_same(step // times))


def tile(call: Call, axis: int) -> Change | None:
    """All timesteps, several times."""
    rank = len(call.output)
    given = argument(call.node, "repeats")
    count = len(given) if isinstance(given, list) else 1
    times = (*[1] * (rank - count), *sizes(call.node, "repeats", count))
    timesteps = call.input[axis]
    if len(times) != rank or len(call.input) != rank or not timesteps:
        return None
    return Change("rearranged", timesteps * times[axis], lambda step: read_same(step % timesteps))


def pad(call: Call, axis: int) -> Change | None:
    """Timesteps added before and after: of a constant, or those of the input mirrored at its ends."""
    ends = find_ends(call.node, "pad_width", len(call.input))
    mode = argument(call.node, "mode")
    if not ends or mode not in ("constant", *MIRRORED):
        return None
    before, after = ends[axis]
    timesteps = call.input[axis]
    length = before + timesteps + after
    if mode == "constant":
        return Change("rearranged", length, lambda step: read_same(step - before))
    again = MIRRORED[mode]
    return Change(
        "rearranged",
        length,
        lambda step: read_same(_mirror(step - before, timesteps, again)),
        fits=max(before, after) < timesteps + again,
    )


MIRRORED = {"reflect": 0, "symmetric": 1}
"""How often the first and the last timestep stand there again in their mirror image."""


def _mirror(step: int, timesteps: int, again: int) -> int:
    """The timestep of the input at a place before or after it."""
    if step < 0:
        return -step - again
    return 2 * (timesteps - 1) + again - step if step >= timesteps else step


def take(call: Call, axis: int) -> Change | None:
    """The timesteps with these indices; negative ones count from the end."""
    indices = argument(call.node, "indices")
    timesteps = call.input[axis]
    if axis not in list_places(call.node, "axis", len(call.input)):
        return move(call, axis)
    taken = indices if isinstance(indices, list) else [indices]
    steps = [step for step in taken if isinstance(step, int)]
    if not steps or len(steps) != len(taken):
        return None
    fits = all(-timesteps <= step < timesteps for step in steps)
    return Change("rearranged", len(steps), lambda step: read_same(steps[step] % timesteps), fits)


def index(call: Call, axis: int) -> Change:
    """`x[:, 1:5]`, `x[:, -1]`: the timesteps that a slice or an integer picks."""
    key = [part for part in read_key(str(argument(call.node, "key"))) if part is not None]
    at = key.index(...) if ... in key else len(key)
    behind = axis - (len(call.input) - len(key[at + 1 :]))
    part = key[axis] if axis < at else key[at + 1 + behind] if at < len(key) and behind >= 0 else slice(None)
    timesteps = call.input[axis]
    if isinstance(part, int):
        fits = -timesteps <= part < timesteps
        return Change("rearranged", 1, lambda _: read_same(part % max(timesteps, 1)), fits)
    picked = range(timesteps)[part] if isinstance(part, slice) else range(timesteps)
    return Change("rearranged", max(len(picked), 1), lambda step: read_same(picked[step]), len(picked) > 0)


def split(call: Call, axis: int) -> Change | None:
    """The first part, as the lane is about the first output."""
    if axis not in list_places(call.node, "axis", len(call.input)):
        return move(call, axis)
    parts = argument(call.node, "indices_or_sections")
    uneven = call.node.kind == "ops.array_split"
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, int):
        return Change("rearranged", min(first, call.input[axis]), read_same, 0 < first <= call.input[axis])
    if not isinstance(parts, int) or parts < 1:
        return None
    whole, rest = divmod(call.input[axis], parts)
    length = whole + (uneven and rest > 0)
    return Change("rearranged", max(length, 1), read_same, length > 0 and (uneven or rest == 0))


def cut_out(call: Call, axis: int) -> Change | None:
    """slice: some timesteps, from one on."""
    starts, lengths = (sizes(call.node, name, len(call.input)) for name in ("start_indices", "shape"))
    if not starts or not lengths or len(call.inputs) > 1:
        return None
    start, length = starts[axis], lengths[axis]
    fits = 0 < length <= call.input[axis] - start
    return Change("rearranged", max(length, 1), lambda step: read_same(start + step), fits)


def overwrite(call: Call, axis: int) -> Change | None:
    """slice_update: replaces some timesteps, if all of a timestep is replaced; by itself, nothing changes."""
    starts = sizes(call.node, "start_indices", len(call.input))
    if not starts or len(call.inputs) != 2:
        return None
    start, new = starts[axis], call.inputs[1]
    with_itself = len(set(call.node.inbound)) == 1
    whole = not with_itself and all(
        new[place] == size for place, size in enumerate(call.input) if place != axis
    )
    written = range(start, start + new[axis]) if whole else range(0)
    return Change(
        "joined",
        call.input[axis],
        lambda step: read_nothing(step) if step in written else read_same(step),
        fits=start + new[axis] <= call.input[axis],
    )


def spread_blocks(call: Call, axis: int) -> Change | None:
    """depth_to_space: each image row becomes several, made of its channels."""
    if axis not in list_moving_axes(call):
        return None
    size = integer(call.node, "block_size")
    return Change("rearranged", call.input[axis] * size, lambda step: read_same(step // size))


def gather_blocks(call: Call, axis: int) -> Change | None:
    """space_to_depth: several image rows become the channels of one."""
    if axis not in list_moving_axes(call):
        return None
    size = integer(call.node, "block_size")
    count, rest = divmod(call.input[axis], size)
    fits = rest == 0 and count > 0
    return Change("rearranged", max(count, 1), lambda step: range(step * size, (step + 1) * size), fits)


def stretch(call: Call, axis: int) -> Change:
    """broadcast_to: one timestep becomes several."""
    length = call.output[axis + len(call.output) - len(call.input)]
    return Change("rearranged", length, read_same if length == call.input[axis] else read_all(1))


def reshape(call: Call) -> Course | None:
    """As the layer Reshape, if the batch axis stays."""
    return cut_anew(call) if prod(call.input[1:]) == prod(call.output[1:]) else None
