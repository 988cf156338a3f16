"""assign_tracks(): the position of each lane within the columns, so that arrows can pass other lanes.

Lanes that are in use at the same time are side by side on tracks. Sequences that are concatenated along time
are beside each other already: each over its part of the result.
"""

from typing import NamedTuple

from app.flow import Lane


class Part(NamedTuple):
    """The timesteps `start` to `start + own` of a longer sequence of `total` timesteps."""

    start: int
    total: int


class Tracks(NamedTuple):
    """The number of tracks (`width`), the shift of each lane from the middle, and the lanes that are
    parts.
    """

    width: int
    shifts: dict[str, float]
    parts: dict[str, Part]


def assign_tracks(lanes: tuple[Lane, ...]) -> Tracks:
    """A lane is in use from its row to the last row that reads it; a single lane is in the middle."""
    last_use = {lane.layer: row for row, lane in enumerate(lanes)}
    in_steps = {lane.layer for lane in lanes if lane.time_out}
    for row, lane in enumerate(lanes):
        last_use.update((name, row) for name in lane.inbound if name in in_steps)
    parts = find_parts(lanes)
    tracks: dict[str, int] = {}
    alive: dict[str, int] = {}
    beside: set[str] = set()
    for row, lane in enumerate(lanes):
        alive = {name: until for name, until in alive.items() if until > row}
        if lane.layer in parts:
            continue
        taken = {tracks[name] for name in alive}
        inherited = [tracks[name] for name in lane.inbound if tracks.get(name, -1) not in {*taken, -1}]
        free = next(track for track in range(len(taken) + 1) if track not in taken)
        tracks[lane.layer] = inherited[0] if inherited else free
        alive[lane.layer] = last_use[lane.layer]
        if len(alive) > 1:
            beside.update(alive)
    beside |= _list_straight(lanes, tracks, beside)
    width = max(tracks.values()) + 1 if beside else 1
    middle = (width - 1) / 2
    shifts = {name: track - middle if name in beside else 0 for name, track in tracks.items()}
    return Tracks(width, shifts, parts)


def _list_straight(lanes: tuple[Lane, ...], tracks: dict[str, int], beside: set[str]) -> set[str]:
    """Lanes with room on both sides above one without: on the same track, the arrows between are vertical."""
    straight: set[str] = set()
    readers: dict[str, list[str]] = {}
    for lane in lanes:
        for name in lane.inbound if lane.time_out else ():
            readers.setdefault(name, []).append(lane.layer)
    for lane in reversed(lanes):
        free = lane.time_out and lane.layer not in beside and lane.layer in tracks
        below, *others = readers.get(lane.layer, [""])
        below = "" if others else below
        if free and below in beside | straight and tracks[below] == tracks[lane.layer]:
            straight.add(lane.layer)
    return straight


def find_parts(lanes: tuple[Lane, ...]) -> dict[str, Part]:
    """The lanes that feed, timestep by timestep, only a part of a sequence concatenated along time."""
    named = {lane.layer: lane for lane in lanes}
    readers: dict[str, int] = {}
    for lane in lanes:
        for name in lane.inbound:
            readers[name] = readers.get(name, 0) + 1
    parts: dict[str, Part] = {}
    for lane in lanes:
        sources = [named[name] for name in lane.inbound if name in named]
        lengths = [source.timesteps_out for source in sources]
        if len(sources) < 2 or lane.symbolic or sum(lengths) != lane.timesteps_out:
            continue
        for place, source in enumerate(sources):
            part = Part(sum(lengths[:place]), lane.timesteps_out)
            before: Lane | None = source
            while before and readers[before.layer] == 1:
                parts[before.layer] = part
                steady = len(before.inbound) == 1 and before.timesteps_in == before.timesteps_out
                before = named.get(before.inbound[0]) if steady else None
    return parts
