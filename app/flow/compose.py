"""compose(): the lanes of a model's own layers as one, for a model that is used as a layer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from app.architecture.spec import Source
from app.flow.course import Call, Course, Steps
from app.flow.fold import fold_steps
from app.flow.model import LaneKind
from app.flow.rules import RULES, find_course
from app.flow.rules.constant import is_constant
from app.report.axes.families import BINARY, JOINING

LONGEST_COMPOSED = 2048
"""The most timesteps that are followed through a model's own layers."""

ALIKE = frozenset(
    {
        *("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract"),
        *(f"ops.{name}" for name in (*BINARY, *JOINING)),
    }
)
"""Kinds that treat each of their inputs as they treat the first."""


class Visit(NamedTuple):
    """A call of one of the layers; without a course where it has no timesteps, or no rule is known."""

    call: Call
    course: Course | None

    @property
    def steps(self) -> int:
        """How many steps leave it; without timesteps all of it is one."""
        return self.course.timesteps_out if self.course else 1

    @property
    def axis(self) -> int | None:
        """The axis that time leaves on."""
        return self.course.axis_out if self.course else None


class Edge(NamedTuple):
    """What a layer reads of another: for each step that leaves it a number with a bit for each step read."""

    reader: str
    source: str
    read: tuple[int, ...]


def compose(visits: Iterable[Visit], end: Source) -> Course | None:
    """From the first input to an end: which steps of the one can be seen in the other.

    The visits are in the order of the calls. None where a layer on the way has no rule, and where time
    neither enters nor leaves.
    """
    visited = {visit.call.node.name: visit for visit in visits}
    inputs = [name for name, visit in visited.items() if visit.call.node.is_input]
    if not inputs or end.output or end.node not in visited:
        return None
    entering, leaving = visited[inputs[0]], visited[end.node]
    timeless = entering.axis is None and leaving.axis is None
    if timeless or max(visit.steps for visit in visited.values()) > LONGEST_COMPOSED:
        return None
    edges: list[Edge] = []
    needed = {end.node}
    for name in reversed(visited):
        if name in needed:
            new = _list_edges(visited[name], visited)
            if new is None:
                return None
            edges += new
            needed |= {edge.source for edge in new}

    @lru_cache(LONGEST_COMPOSED)
    def read(step: int) -> tuple[int, ...]:
        return tuple(_list_bits(_look_back(edges, end.node, step).get(inputs[0], 0)))

    return Course(
        kind=_choose_kind({step: read(step) for step in fold_steps(leaving.steps)}, entering.steps),
        axis_in=entering.axis,
        axis_out=leaving.axis,
        timesteps_out=leaving.steps,
        reads=read,
        fits=all(course.fits for name in needed if (course := visited[name].course)),
    )


def _look_back(edges: Iterable[Edge], end: str, step: int) -> Mapping[str, int]:
    """The steps of every layer that can be seen in one step of the end, as bits."""
    seen = {end: 1 << step}
    for edge in edges:
        for read in _list_bits(seen.get(edge.reader, 0)):
            seen[edge.source] = seen.get(edge.source, 0) | edge.read[read]
    return seen


def _list_edges(visit: Visit, visited: Mapping[str, Visit]) -> list[Edge] | None:
    """None where it is not known what the layer reads of one of its inputs."""
    call, _ = visit
    node = call.node
    sources = tuple(dict.fromkeys(node.inbound))
    if node.is_input:
        return []
    if any(source.output for source in sources) or node.call.keys() - {"use_causal_mask", "training"}:
        return None
    edges = []
    for number, source in enumerate(sources):
        read = _list_read(visit, number, visited[source.node])
        if read is None:
            return None
        edges.append(Edge(node.name, source.node, read))
    return edges


def _list_read(visit: Visit, number: int, before: Visit) -> tuple[int, ...] | None:
    call, course = visit
    if course is None:
        known = call.node.kind in RULES and before.axis is None and call.named_in is None is call.named_out
        return (0 if is_constant(call) else 1,) if known else None
    if number > 0:
        course = _swap_inputs(visit, number, before)
    if course is None:
        return None
    length = 1 if course.axis_in is None else call.inputs[number][course.axis_in]
    read = tuple(_write_bits(course.reads(step), length) for step in range(course.timesteps_out))
    if course.axis_in == before.axis:
        return read
    # Steps that were cut from another axis hold a part of every step.
    return tuple((1 << before.steps) - 1 if steps else 0 for steps in read)


def _swap_inputs(visit: Visit, number: int, before: Visit) -> Course | None:
    """What a layer that treats its inputs alike does with another than the first."""
    call, course = visit
    joins_time = course and course.axis_in is not None and course.timesteps_out != call.input[course.axis_in]
    if call.node.kind not in ALIKE or (joins_time and "oncatenate" in call.node.kind):
        return None
    others = (*call.inputs[:number], *call.inputs[number + 1 :])
    return find_course(replace(call, inputs=(call.inputs[number], *others), named_in=before.axis))


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
