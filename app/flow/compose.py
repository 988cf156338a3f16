"""compose(): the course of a nested model through time, composed of the courses of its layers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from app.architecture.handed import leave_out_own
from app.architecture.spec import Source
from app.flow.course import Call, Course, Steps, read_same
from app.flow.fold import fold_steps
from app.flow.model import LaneKind
from app.flow.rules import RULES, find_course
from app.flow.rules.constant import is_constant
from app.flow.rules.recurrent import RECURRENT
from app.report.axes.continued import list_places
from app.report.axes.families import BINARY, JOINING

LONGEST_COMPOSED = 2048
"""The most timesteps that are followed through the layers of a nested model."""

JOINERS = frozenset({"Concatenate", *(f"ops.{name}" for name in JOINING)})
"""Kinds that join their inputs, along features or along time."""

ALIKE = frozenset(
    {
        *("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"),
        *(f"ops.{name}" for name in BINARY),
        *JOINERS,
    }
)
"""Kinds that treat all of their inputs as they treat the first."""


class Visit(NamedTuple):
    """A call of one of the layers; its course is None if it has no timesteps, or no rule."""

    call: Call
    course: Course | None

    def count_steps(self, output: int) -> int:
        """The number of timesteps of an output; one if it has none, such as a state."""
        return self.course.timesteps_out if self.course and not output else 1

    def find_axis(self, output: int) -> int | None:
        """The timesteps axis of an output."""
        return self.course.axis_out if self.course and not output else None


class Edge(NamedTuple):
    """What a tensor reads of another one: for each of its timesteps, a bit for each timestep read."""

    reader: Source
    source: Source
    read: tuple[int, ...]


def compose(visits: Iterable[Visit], end: Source) -> Course | None:
    """The course from the first input to `end`: which input timesteps each of its timesteps depends on.

    The visits are in the order of the calls. None if a layer on the way has no rule, or there are timesteps
    neither at the start nor at the end.
    """
    visited = {visit.call.node.name: visit for visit in visits}
    inputs = [name for name, visit in visited.items() if visit.call.node.is_input]
    if not inputs or end.node not in visited:
        return None
    start = Source(node=inputs[0])
    entering, leaving = visited[start.node], visited[end.node]
    timeless = entering.find_axis(0) is None and leaving.find_axis(end.output) is None
    if timeless or max(visit.count_steps(0) for visit in visited.values()) > LONGEST_COMPOSED:
        return None
    edges: list[Edge] = []
    needed = {end}
    for name in reversed(visited):
        for reader in sorted(
            (source for source in needed if source.node == name), key=lambda one: one.output
        ):
            new = _list_edges(reader, visited)
            if new is None:
                return None
            edges += new
            needed |= {edge.source for edge in new}

    @lru_cache(LONGEST_COMPOSED)
    def read(step: int) -> tuple[int, ...]:
        return tuple(_list_bits(_look_back(edges, end, step).get(start, 0)))

    steps_out = leaving.count_steps(end.output)
    return Course(
        kind=_choose_kind({step: read(step) for step in fold_steps(steps_out)}, entering.count_steps(0)),
        axis_in=entering.find_axis(0),
        axis_out=leaving.find_axis(end.output),
        timesteps_out=steps_out,
        reads=read,
        fits=all(course.fits for source in needed if (course := visited[source.node].course)),
    )


def _look_back(edges: Iterable[Edge], end: Source, step: int) -> Mapping[Source, int]:
    """The timesteps of every tensor that one timestep of `end` depends on, as bits."""
    seen = {end: 1 << step}
    for edge in edges:
        for read in _list_bits(seen.get(edge.reader, 0)):
            seen[edge.source] = seen.get(edge.source, 0) | edge.read[read]
    return seen


def _list_edges(reader: Source, visited: Mapping[str, Visit]) -> list[Edge] | None:
    """None if it is not known what the layer reads of one of its inputs."""
    visit = visited[reader.node]
    node, walks = visit.call.node, visit.call.node.kind in RECURRENT
    if node.is_input:
        return []
    if leave_out_own(node.call).keys() - {
        "use_causal_mask",
        "training",
        *(("initial_state",) if walks else ()),
    }:
        return None
    if reader.output and not walks:
        return None
    edges = []
    for place, source in enumerate(node.inbound):
        before = visited[source.node]
        if place in node.handed_by_name or (reader.output and visit.course):
            # All timesteps of a walk depend on its first state, and the last state on all of them.
            whole = 0 if is_constant(visit.call) else (1 << before.count_steps(source.output)) - 1
            read: tuple[int, ...] | None = (whole,) * visit.count_steps(reader.output)
        else:
            read = _list_read(visit, place, before, before.find_axis(source.output))
        if read is None:
            return None
        edges.append(Edge(reader, source, read))
    return edges


def _list_read(visit: Visit, place: int, before: Visit, axis: int | None) -> tuple[int, ...] | None:
    """What is read of the input at `place`; `axis` is its timesteps axis, if it has one."""
    call, course = visit
    if course is None:
        known = call.node.kind in RULES and axis is None and call.named_in is None is call.named_out
        return (0 if is_constant(call) else 1,) if known else None
    if call.node.inbound[place] != call.node.inbound[0]:
        course = _swap_inputs(visit, place, axis)
    if course is None:
        return None
    length = 1 if course.axis_in is None else call.inputs[place][course.axis_in]
    read = tuple(_write_bits(course.reads(step), length) for step in range(course.timesteps_out))
    if course.axis_in == axis:
        return read
    # Each of the timesteps cut from another axis holds a part of every former timestep.
    return tuple((1 << before.count_steps(0)) - 1 if steps else 0 for steps in read)


def _swap_inputs(visit: Visit, place: int, axis: int | None) -> Course | None:
    """The course from an input other than the first, for layers that treat their inputs alike."""
    call, course = visit
    if call.node.kind not in ALIKE:
        return None
    if course and course.axis_in is not None and _joins_time(call, course.axis_in):
        first = sum(sizes[course.axis_in] for sizes in call.inputs[:place])
        return replace(course, reads=lambda step: read_same(step - first))
    others = (*call.inputs[:place], *call.inputs[place + 1 :])
    return find_course(replace(call, inputs=(call.inputs[place], *others), named_in=axis))


def _joins_time(call: Call, axis: int) -> bool:
    joins = call.node.kind in JOINERS
    return joins and axis in list_places(call.node, "axis", len(call.output))


def _choose_kind(reads: Mapping[int, tuple[int, ...]], timesteps: int) -> LaneKind:
    if all(read == (step,) for step, read in reads.items()):
        return "per_step"
    return "all" if all(len(read) == timesteps for read in reads.values()) else "window"


def _write_bits(steps: Steps, length: int) -> int:
    if isinstance(steps, range) and steps.step == 1:
        first, last = max(steps.start, 0), min(steps.stop, length)
        return (1 << last) - (1 << first) if last > first else 0
    return sum(1 << step for step in range(length) if step in steps)


def _list_bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
