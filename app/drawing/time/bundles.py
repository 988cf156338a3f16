"""bundle_sources(): one bar or line in place of very many arrows, if timesteps read alike.

If every timestep reads the same ones, it is a bar. If each reads all that the one before reads and more, as
with a causal mask, it is a line that collects them from left to right.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from app.drawing.scene import Arrow, Box, Group
from app.drawing.time.columns import Slot
from app.drawing.time.sources import Exit, Place, Source
from app.drawing.time.strip import BAR, GAP, Strip, name_port
from app.flow import Lane

MOST_ARROWS = 40
"""The most arrows between two rows that can be told apart."""

MOST_CAUSAL = 20
"""The same, if all lean to one side."""

BUNDLE = 6.0


def bundle_sources(
    strip: Strip, lane: Lane, sources: list[Source], slots: tuple[Slot, ...], top: float
) -> list[Source]:
    """The sources of a row of bars with the upper edge `top`, those that many timesteps read alike as one
    bar.

    Their outputs lead down into the bar, and from the bar one arrow leads to each timestep.
    """
    steps = [slot.step for slot in slots if slot.step is not None]
    sources = [
        _gather(strip, lane, source, slots, top - GAP / 2) if _is_growing(source, steps) else source
        for source in sources
    ]
    dense = [source for source in sources if _is_dense(source, steps)]
    if not dense:
        return sources
    port = name_port(lane.layer, 0, " bundle")
    middle = top - GAP / 2
    drops = {
        arrow.source: arrow for source in dense for arrow in _drop(strip, source, steps[0], middle, port)
    }
    xs = [*(slot.x for slot in slots), *(arrow.points[-1][0] for arrow in drops.values())]
    left, right = min(xs) - BAR / 2, max(xs) + BAR / 2
    bar = Box(left, middle - BUNDLE / 2, right - left, BUNDLE, "gate", BUNDLE / 2, port)
    arrows = sorted(drops.values(), key=lambda arrow: arrow.look)
    strip.put(Group((*arrows, bar), layer=lane.layer))
    strip.legend.append("bundle")
    below = {slot.step: Place((slot.x, middle + BUNDLE / 2), port) for slot in slots}
    bundle = Source(Exit(below, False, lane.timesteps_out), lambda step: (step,), folded=False)
    return [bundle, *(source for source in sources if source not in dense)]


def _is_dense(source: Source, steps: Iterable[int]) -> bool:
    reads = [frozenset(source.reads(step)) for step in steps]
    return len(set(reads)) == 1 and len(reads) * len(reads[0] & source.exit.places.keys()) > MOST_ARROWS


def _drop(strip: Strip, source: Source, step: int, middle: float, port: str) -> Iterator[Arrow]:
    read = set(source.reads(step))
    hidden = source.folded or read - source.exit.places.keys()
    for key, place in source.exit.places.items():
        if key in read or (key is None and hidden):
            end = (place.point[0], middle - BUNDLE / 2)
            look = "wire-dashed" if key is None else "wire"
            yield Arrow(strip.rails.route(place.point, end), look, place.port, port, head=False)


def _is_growing(source: Source, steps: list[int]) -> bool:
    reads = [set(source.reads(step)) for step in steps]
    drawn = sum(len(read & source.exit.places.keys()) for read in reads)
    return all(a < b for a, b in pairwise(reads)) and drawn > MOST_CAUSAL


def _gather(strip: Strip, lane: Lane, source: Source, slots: tuple[Slot, ...], y: float) -> Source:
    """A line across all columns: each timestep leads into it where it is read first."""
    entering = _list_entering(source, slots)
    half = BUNDLE / 2
    before: Slot | None = None
    for slot in slots:
        port = name_port(lane.layer, slot.step, " bundle")
        knot = Box(slot.x - half, y - half, BUNDLE, BUNDLE, "gate", half, port)
        arrows = [
            Arrow(
                strip.rails.route(place.point, (slot.x, y - half)),
                "wire" if key is not None else "wire-dashed",
                place.port,
                port,
                head=False,
            )
            for key, place in source.exit.places.items()
            if entering.get(key) == slot
        ]
        if before:
            way = ((before.x + half, y), (slot.x - half, y))
            arrows.append(Arrow(way, "wire", name_port(lane.layer, before.step, " bundle"), port))
        strip.put_step(lane.layer, slot.step, *arrows, knot)
        before = slot
    strip.legend.append("staircase")
    below = {
        slot.step: Place((slot.x, y + half), name_port(lane.layer, slot.step, " bundle")) for slot in slots
    }
    return Source(Exit(below, False, lane.timesteps_out), lambda step: (step,), folded=False)


def _list_entering(source: Source, slots: tuple[Slot, ...]) -> dict[int | None, Slot]:
    """Where each timestep of the source is read first; folded ones are at the line's own fold."""
    entering: dict[int | None, Slot] = {}
    for slot in slots:
        if slot.step is None:
            entering[None] = slot
            continue
        read = set(source.reads(slot.step))
        for key in (
            *(read & source.exit.places.keys()),
            *([None] if read - source.exit.places.keys() else []),
        ):
            entering.setdefault(key, slot)
    return entering
