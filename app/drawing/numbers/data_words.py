"""describe_data(): where the numbers go, in words, and the few words in the picture."""

from collections.abc import Iterator, Mapping
from itertools import product

from app.drawing.numbers.rulers import name_place
from app.drawing.words import clean_text, write_axes, write_count
from app.flow.data import Block, Regrouping, Way
from app.flow.data.model import WayKind

TITLES: Mapping[WayKind, str] = {
    "rows": "If each row is a whole sample",
    "windows": "If each row is one timestep: windows, each {stride} later",
    "blocks": "If each row is one timestep: cut, no row twice",
    "pre": "Sequences of different lengths, padded in front (the default)",
    "post": "Sequences of different lengths, padded behind",
    "instead": "The same shape, and not the same numbers in it",
}
LAYERS: Mapping[str, str] = {
    # By a part of the code; the first that is found counts.
    "Cropping": "What stands first and last is cut off",
    "Flatten": "All numbers in one row, in reading order",
    "Permute": "The axes change places: rows become columns",
    "RepeatVector": "The same numbers at every timestep",
    "Reshape": "The same reading order, cut anew",
    "ZeroPadding": "Zeros are put before and behind",
    "mode='reflect'": "Mirrored at both ends, without the first and the last themselves",
    "mode='symmetric'": "Mirrored at both ends",
    "ops.flip": "The order is reversed",
    "ops.pad": "Zeros are put before and behind",
    "ops.repeat": "Each comes several times in a row",
    "ops.roll": "All move on; what leaves at one end comes in at the other",
    "ops.tile": "The whole comes several times, one after the other",
    **dict.fromkeys(("ops.expand_dims", "x["), "An axis of size 1 more; the reading order stays"),
    **dict.fromkeys(("ops.moveaxis", "ops.swapaxes", "ops.transpose"), "The axes change places"),
    "ops.reshape": "The same reading order, cut anew",
    "ops.squeeze": "An axis of size 1 less; the reading order stays",
}

MOST_SAID = 4

TIMESTEPS = "timesteps"


def say_way(way: Way) -> str:
    """What happens to the numbers, in a few words."""
    if way.kind in TITLES:
        return TITLES[way.kind].format(stride="one row" if way.stride == 1 else f"{way.stride} rows")
    return next(said for kind, said in LAYERS.items() if kind in way.code)


def say_looks(regrouping: Regrouping) -> Iterator[str]:
    """The legend of the cells."""
    (axis, *_) = (way.axis for way in regrouping.ways)
    further = "the later it is" if axis == TIMESTEPS else f"the further along the {axis}"
    whose = (
        "Each token keeps the colour of its timestep"
        if has_repeats(regrouping)
        else "A number keeps its colour"
    )
    yield f"{whose}: the stronger, {further}."
    codes = [way.code for way in regrouping.ways]
    if len(set(codes)) < len(codes):
        yield "Both tables are cut by the same code: it keeps the reading order, whatever a row means."
    for way in regrouping.ways[:1]:
        if (steps := _count_open_steps(way.after)) is not None:
            yield f"T stands for any number of timesteps; in this picture it is {steps}."
    if any(0 in block.numbers for way in regrouping.ways for block in (way.before, way.after)):
        yield "0 in a dotted frame is padding."


def has_repeats(regrouping: Regrouping) -> bool:
    """Whether a number occurs more than once, as tokens do."""
    numbers = [number for way in regrouping.ways[:1] for number in way.before.numbers if number]
    return len(set(numbers)) < len(numbers)


def _count_open_steps(block: Block) -> int | None:
    """How many timesteps are drawn of a block that may have any number of them."""
    pairs = zip(block.axes, block.shape, block.listed, strict=True)
    open_ended = (listed[-1] + 1 for axis, size, listed in pairs if axis == TIMESTEPS and size is None)
    return next(open_ended, None)


def describe_data(regrouping: Regrouping) -> str:
    """Every way in words: the numbers before, what is done, and the numbers after."""
    return clean_text(" ".join(sentence for way in regrouping.ways for sentence in _describe_way(way)))


def _describe_way(way: Way) -> Iterator[str]:
    yield f"{say_way(way)}: {way.code}."
    for block in (way.before, way.after):
        lines = list(_list_lines(block))
        more = ", and so on" if block.endless or len(lines) > MOST_SAID else ""
        yield (
            f"{block.name} {write_axes(block.axes, block.shape)} holds {'; '.join(lines[:MOST_SAID])}{more}."
        )


def _list_lines(block: Block) -> Iterator[str]:
    """Line by line along the last axis: "sample 1, t₁: 1, 2, 3"."""
    width = len(block.listed[-1])
    for number, places in enumerate(product(*block.listed[:-1])):
        ticks = [name_place(axis, place) for axis, place in zip(block.axes[:-1], places, strict=True)]
        said = ", ".join(_list_numbers(block, number * width))
        yield f"{', '.join(ticks)}: {said}" if ticks else said


def _list_numbers(block: Block, first: int) -> Iterator[str]:
    before = -1
    for offset, place in enumerate(block.listed[-1]):
        if place > before + 1:
            yield "…"
        before = place
        number = block.numbers[first + offset]
        if number is not None:
            yield write_count(number) if number else "padding"
