"""Rows of layers that do not walk: a bar for each timestep, or one chip for all of them."""

from collections.abc import Iterator

from app.drawing.boxes.kinds import name_kind
from app.drawing.measures import Measure, measure_output, measure_step
from app.drawing.scene import Arrow, Box, Group, Mark, Point, Text
from app.drawing.text import fit_text
from app.drawing.time.bundles import bundle_sources
from app.drawing.time.columns import Slot
from app.drawing.time.sources import Exit, Place, Source, list_sources, reads_unlisted
from app.drawing.time.strip import BAR, FOLD, Strip, name_port, place_fold
from app.flow import Lane
from app.report import LayerReport

TOKEN_WIDTH, TOKEN_HEIGHT = 34.0, 20.0

UNORDERED = ("all", "rearranged")
"""Kinds of lanes whose folded timesteps need not depend on the folded ones of the row above."""


def place_bars(strip: Strip, lane: Lane, layer: LayerReport) -> None:
    """One bar per output timestep, with arrows from exactly the timesteps that it depends on."""
    sources = find_sources(strip, lane, layer)
    measure = measure_output(layer, lane.time_out)
    kind = name_kind(strip.nodes[lane.layer])
    if lane.layer in strip.typed.tokens:
        measure = measure._replace(height=max(measure.height, TOKEN_HEIGHT))
        kind = f"{kind}, sequence 1"
    y = strip.open_row(measure.height, header=not sources)
    strip.name_row(y, layer.name, kind)
    changed = bool(sources) and any(source.exit.timesteps != lane.timesteps_out for source in sources)
    strip.measure_row(y, lane, layer, measure, changed)
    strip.exits[lane.layer] = put_bars(strip, lane, sources, measure, y)
    top = y - measure.height / 2
    if not sources:
        strip.head_steps(lane, strip.slots(lane, lane.timesteps_out), top - 8)
    elif not lane.time_in:
        # Timesteps begin here; their numbers are beside the arrows that lead to them.
        strip.head_steps(lane, strip.slots(lane, lane.timesteps_out), top - 3, beside=True)


def put_bars(
    strip: Strip,
    lane: Lane,
    sources: list[Source],
    measure: Measure,
    y: float,
    part: str = "",
    aside: float = 0,
) -> Exit:
    """The bars of one row, `aside` px beside their columns; returns where their data leaves."""
    slots = tuple(Slot(slot.step, slot.x + aside) for slot in strip.slots(lane, lane.timesteps_out))
    half = measure.height / 2
    sources = bundle_sources(strip, lane, sources, slots, y - half)
    places: dict[int | None, Place] = {}
    for slot in slots:
        port = name_port(lane.layer, slot.step, part)
        if slot.step is None:
            read = _list_read_by_folded(lane, sources, slots)
            end = Place((slot.x, y - FOLD / 2), port)
            alone = (
                strip.lead(place, end, "wire-dashed")
                for place in _list_read_only_by_folded(lane, sources, slots)
            )
            arrows = [*strip.feed_folded(read, end), *alone]
            strip.put_step(lane.layer, None, *arrows, *place_fold(slot.x, y, port))
            places[None] = Place((slot.x, y + FOLD / 2), port)
            continue
        arrows = strip.feed(sources, slot.step, Place((slot.x, y - half), port))
        strip.put_step(lane.layer, slot.step, *arrows, *_put_bar(strip, lane, measure, slot, y, port))
        places[slot.step] = Place((slot.x, y + half), port)
    strip.rails.take(y, measure.height, _width_bars(strip, lane) / 2, (slot.x for slot in slots))
    return Exit(places, False, lane.timesteps_out)


def _list_read_by_folded(lane: Lane, sources: list[Source], slots: tuple[Slot, ...]) -> list[Source]:
    """The sources of which folded timesteps are read by the lane's own folded timesteps."""
    if lane.kind not in UNORDERED:
        return sources if any(lane.depends) else []
    drawn = {slot.step for slot in slots}
    hidden = [step for step in lane.steps_out if step not in drawn]
    return [
        source
        for source in sources
        if any(set(source.reads(step)) - source.exit.places.keys() for step in hidden)
    ]


def _list_read_only_by_folded(lane: Lane, sources: list[Source], slots: tuple[Slot, ...]) -> Iterator[Place]:
    """The timesteps that are drawn above and read by the lane's folded timesteps alone."""
    drawn = {slot.step for slot in slots if slot.step is not None}
    for source in sources:
        if source.exit.single or None in source.exit.places:
            continue
        seen = {one for step in drawn for one in source.reads(step)}
        hidden = {one for step in lane.steps_out if step not in drawn for one in source.reads(step)}
        yield from (place for step, place in source.exit.places.items() if step in hidden - seen)


def _put_bar(strip: Strip, lane: Lane, measure: Measure, slot: Slot, y: float, port: str) -> Iterator[Mark]:
    """The bar of one timestep, drawn as padding if its mask says so, with the token read there."""
    assert slot.step is not None
    # An input along another axis has no mask.
    padding = lane.inbound != () and strip.typed.is_padding(lane.layer, slot.step)
    if padding:
        strip.legend.append("padding")
    width = _width_bars(strip, lane)
    look = "padding" if padding else measure.hue
    yield Box(slot.x - width / 2, y - measure.height / 2, width, measure.height, look, 3, port)
    if token := strip.typed.find_token(lane.layer, slot.step):
        fitted = fit_text(token, "count", width - 4)
        full = "" if fitted == token else token
        yield Text(slot.x, y + 4.5, fitted, "count", "middle", full)


def _width_bars(strip: Strip, lane: Lane) -> float:
    return TOKEN_WIDTH if lane.layer in strip.typed.tokens else BAR


def place_result(strip: Strip, lane: Lane, layer: LayerReport) -> None:
    """All that the result depends on leads along the row into one chip at its right end."""
    sources = find_sources(strip, lane, layer)
    measure = measure_output(layer, lane.time_out)
    y = strip.open_row(measure.height)
    strip.name_row(y, layer.name, name_kind(strip.nodes[lane.layer]))
    strip.measure_row(y, lane, layer, measure, changed=False)
    port = name_port(lane.layer, 0)
    end = (strip.chip_x - BAR / 2, y)
    arrows = []
    for source in sources:
        read = set(source.reads(0))
        hidden = read - source.exit.places.keys()
        for step, place in source.exit.places.items():
            if step in read or (step is None and (hidden or source.folded)):
                down = _drop_to(strip.rails.route(place.point, (place.point[0], y)), y)
                look = "wire" if step is not None else "wire-dashed"
                arrows.append(Arrow((*down, end), look, place.port, port))
    arrows.sort(key=lambda arrow: arrow.look)
    strip.put(Group((*arrows, put_chip(strip, measure, y, port)), "result", lane.layer))
    strip.exits[lane.layer] = leave_chip(strip, measure, y, port)


def _drop_to(way: tuple[Point, ...], y: float) -> tuple[Point, ...]:
    """The way down to y, which ends beside the rows that it has to pass, if there are any."""
    return way if len(way) == 2 else (*way[:-2], (way[-2][0], y))


def put_chip(strip: Strip, measure: Measure, y: float, port: str) -> Box:
    """The bar of a tensor without timesteps, beside the last column."""
    x = strip.chip_x - BAR / 2
    return Box(x, y - measure.height / 2, BAR, measure.height, measure.hue, 3, port)


def leave_chip(strip: Strip, measure: Measure, y: float, port: str) -> Exit:
    """Where the data of a chip leaves; arrows from above pass beside it."""
    strip.rails.take(y, measure.height, BAR / 2, (strip.chip_x,))
    return Exit({0: Place((strip.chip_x, y + measure.height / 2), port)}, True, 1)


def find_sources(strip: Strip, lane: Lane, layer: LayerReport) -> list[Source]:
    """The rows that feed a lane. If no row has what it reads, a row for that is placed first."""
    sources = list_sources(strip, lane, layer, strip.nodes[lane.layer])
    if sources or not layer.inbound:
        return sources
    leaving = _put_sequence(strip, lane, layer) if lane.time_in else _put_vector(strip, lane, layer)
    listed = dict(zip(lane.steps_out, lane.depends, strict=True))
    return [Source(leaving, listed.__getitem__, reads_unlisted(lane))]


def _put_vector(strip: Strip, lane: Lane, layer: LayerReport) -> Exit:
    """A row for a tensor without timesteps, which the lane cuts into timesteps or repeats."""
    measure = measure_step(layer.input_axes[0], layer.input_shapes[0], None)
    name = layer.inbound[0]
    y = strip.open_row(measure.height)
    begins = not strip.layers[name].inbound
    strip.name_row(y, name, name_kind(strip.nodes[name]) if begins else f"read by {layer.name}")
    strip.measure_row(y, lane, strip.layers[name], measure, changed=False)
    port = name_port(name, 0, " read")
    if not begins:
        strip.put(Group((put_chip(strip, measure, y, port),), "read", name))
        return leave_chip(strip, measure, y, port)
    # Nothing leads back in time: an input is above the timesteps that it is cut into.
    x = strip.columns.middle
    bar = Box(x - BAR / 2, y - measure.height / 2, BAR, measure.height, measure.hue, 3, port)
    strip.put(Group((bar,), "read", name))
    strip.rails.take(y, measure.height, BAR / 2, (x,))
    return Exit({0: Place((x, y + measure.height / 2), port)}, True, 1)


def _put_sequence(strip: Strip, lane: Lane, layer: LayerReport) -> Exit:
    """A row for timesteps that no row above has: those of a folded layer, or of another axis after a
    Permute.
    """
    measure = measure_step(layer.input_axes[0], layer.input_shapes[0], 1)
    reading = lane.model_copy(update={"timesteps_out": lane.timesteps_in, "inbound": ()})
    name = layer.inbound[0]
    y = strip.open_row(measure.height, header=True)
    strip.name_row(y, name, f"as {layer.name} reads it")
    strip.measure_row(y, reading, strip.layers[name], measure, changed=True)
    leaving = put_bars(strip, reading, [], measure, y, " read")
    strip.head_steps(reading, strip.slots(reading, reading.timesteps_out), y - measure.height / 2 - 8)
    return leaving
