"""Sources: the rows that feed a row of the strip, and which of their timesteps it reads."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from app.architecture import Node
from app.architecture.handed import find_places
from app.drawing.scene import Point
from app.drawing.time.others import (
    find_start,
    leaves_padding_out,
    looks_back,
    looks_everywhere,
    reads_again,
)
from app.drawing.time.typed import TypedSequence
from app.flow import Lane
from app.report import LayerReport


class Place(NamedTuple):
    """Where an arrow starts."""

    point: Point
    port: str


class Exit(NamedTuple):
    """Where a row's data leaves: below each timestep that is drawn, or (single) at one place for all."""

    places: Mapping[int | None, Place]
    single: bool
    timesteps: int


class Source(NamedTuple):
    """A row that feeds another one; `reads` gives the timesteps that an output timestep depends on."""

    exit: Exit
    reads: Callable[[int], Iterable[int]]
    folded: bool
    """Whether timesteps that are not listed may be read too."""


class Above(Protocol):
    """What is known of the rows above: where each leaves, and which of its timesteps are padding."""

    exits: dict[str, Exit]
    seconds: dict[str, Exit]
    typed: TypedSequence


def list_sources(above: Above, lane: Lane, layer: LayerReport, node: Node) -> list[Source]:
    """The rows that feed a lane, with how its output steps depend on theirs.

    `lane.depends` speaks of the first input, however often it is read. Any other input of a merge is read
    step by step, or, where inputs are concatenated along time, from where the ones before it end. Attention,
    Dot and layers that return no timesteps read all of it, or, if causal, all up to that step.
    """
    leaving = [
        (above.seconds if source.output == 1 and source.node in above.seconds else above.exits).get(
            source.node
        )
        for source in node.inbound
    ]
    listed = dict(zip(lane.steps_out, lane.depends, strict=True))
    states = set(find_places(node.call.get("initial_state")))
    found, offset = [], 0
    for place, exit in enumerate(leaving):
        told = place in states or reads_again(node, place)
        if exit and layer.inbound[place] in lane.inbound and not told:
            if place == 0:
                source = Source(exit, listed.__getitem__, reads_unlisted(lane))
            elif not lane.time_out or looks_everywhere(layer, node, place):
                source = _read_everything(exit, looks_back(node))
            else:
                read = _read_shifted(exit.timesteps, find_start(layer, node, offset))
                source = Source(exit, read, folded=False)
            if leaves_padding_out(layer, node, place):
                source = _leave_out(
                    source, above.typed.list_padding(layer.inbound[place]), own=place == 0 and lane.time_out
                )
            found.append(source)
        offset += exit.timesteps if exit else 0
    return found


def _leave_out(source: Source, padding: frozenset[int], own: bool) -> Source:
    """The source without its padding; a query reads its own timestep all the same (`own`)."""

    def reads(step: int) -> Iterable[int]:
        return [one for one in source.reads(step) if one not in padding or (own and one == step)]

    return source._replace(reads=reads) if padding else source


def reads_unlisted(lane: Lane) -> bool:
    """Whether outputs certainly read timesteps that the folded `depends` does not list."""
    folded = lane.timesteps_in > len(lane.steps_in)
    unlisted = folded and lane.kind in ("window", "all") if lane.time_out else folded or lane.symbolic
    return any(lane.depends) and unlisted


def _read_everything(leaving: Exit, causal: bool) -> Source:
    """All drawn timesteps, and one that is not drawn, which stands for all folded ones."""
    undrawn = next(step for step in range(leaving.timesteps + 1) if step not in leaving.places)
    read = {undrawn, *(step for step in leaving.places if step is not None)}
    until = {step: {one for one in read if one <= step} for step in read} if causal else {}
    return Source(leaving, lambda step: until.get(step, read), folded=False)


def _read_shifted(timesteps: int, offset: int) -> Callable[[int], Iterable[int]]:
    """The timestep `offset` earlier, if there is one; if the input has just one timestep, always that."""

    def reads(step: int) -> Iterable[int]:
        own = 0 if timesteps == 1 else step - offset
        return (own,) if 0 <= own < timesteps else ()

    return reads
