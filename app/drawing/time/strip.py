"""Strip: the unrolled picture while it is placed, row by row from top to bottom.

It knows where the data of the rows so far leaves; `lanes.py` and `walks.py` place what is in a row.
"""

from collections.abc import Iterable
from typing import NamedTuple

from app.drawing.boxes.frames import say_repeat
from app.drawing.boxes.repeats import Repeat
from app.drawing.measures import Measure
from app.drawing.scene import MARGIN, Arrow, Box, Glyph, Group, Mark, Scene, Text
from app.drawing.text import fit_name, fit_text, text_width
from app.drawing.time.columns import TRACK, Slot, can_unfold, label_step, list_steps, make_columns
from app.drawing.time.labels import SIGN, count_timesteps, measure_labels, measure_title, measure_words
from app.drawing.time.legend import LEGEND
from app.drawing.time.rails import Rails
from app.drawing.time.sources import Exit, Place, Source
from app.drawing.time.tracks import assign_tracks
from app.drawing.time.typed import NOTHING_TYPED, TypedSequence
from app.drawing.words import has_lost_mask, write_mask, write_name, write_plural
from app.flow import Lane
from app.report import LayerReport, Report

USUAL_WIDTH = 636.0
"""The greatest width of a picture, in px. Beside the shapes on a desktop page its smallest words are then 10
px high."""

OUTPUT_LABEL, WIDEST, LABEL_GAP = 118.0, 230.0, 14.0
GAP, HEADER = 28.0, 18.0
ROW = 38.0
BAR, FOLD = 22.0, 16.0
CHIP_GAP, CHIP_TEXT = 22.0, 12.0
INDENT, HEAD, FOOT = 10.0, 28.0, 12.0
"""How far the rows are from the sides of a frame, and from its top and bottom."""

BESIDE = 8.0


class Extent(NamedTuple):
    """From where to where a frame reaches, downwards."""

    top: float
    bottom: float


class Strip:
    """Opens rows, collects marks, and records where the data of each row leaves."""

    def __init__(
        self,
        report: Report,
        lanes: tuple[Lane, ...],
        ends: tuple[LayerReport, ...] = (),
        widest: float = USUAL_WIDTH,
        typed: TypedSequence = NOTHING_TYPED,
        unfolded: bool = False,
        framed: tuple[Repeat, ...] = (),
    ) -> None:
        self.typed = typed
        self.layers = {layer.name: layer for layer in report.rows}
        self.nodes = {node.name: node for node in report.architecture.nodes}
        self._tracks = assign_tracks(lanes)
        has_outputs = any(lane.state and lane.time_out for lane in lanes)
        outputs = OUTPUT_LABEL if has_outputs or typed.tokens else 0
        titles = (measure_title(repeat) for repeat in framed)
        labels = measure_labels(self.layers, self.nodes, lanes, ends)
        self._labels = min(max(outputs, *titles, *labels) + LABEL_GAP, WIDEST)
        self._indent = INDENT if framed else 0
        left = MARGIN + self._labels
        beside = CHIP_GAP + BAR + CHIP_TEXT + max(measure_words(self.layers, lanes)) + MARGIN
        room = widest - left - beside - 2 * self._indent
        self.columns = make_columns(lanes, self._tracks.width, left, room, unfolded)
        self._folds = bool(framed) or any(can_unfold(lane, self.columns.most) for lane in lanes)
        self.read = {name for lane in lanes for name in lane.inbound}
        self.exits: dict[str, Exit] = {}
        self.seconds: dict[str, Exit] = {}
        """Where the second output of a layer leaves, if that has timesteps too."""
        self.states: dict[tuple[str, int], Place] = {}
        self.legend: list[str] = []
        self._title = f"{report.architecture.name} through time"
        self._marks: list[Mark] = []
        self.rails = Rails()
        self._frames: list[Extent] = []
        self._bottom = MARGIN - GAP
        self._words_at = self.columns.right + CHIP_GAP + BAR + CHIP_TEXT
        self._right = self._words_at

    def finish(self) -> Scene:
        """The whole picture, with the legend of its signs."""
        legend = tuple(LEGEND[key] for key in dict.fromkeys(self.legend))
        right = self._right + 2 * self._indent
        frames = (Box(MARGIN, top, right - MARGIN, bottom - top, "frame", 12) for top, bottom in self._frames)
        rows = tuple(self._marks)
        marks: tuple[Mark, ...] = (*frames, Group(rows, x=self._indent)) if self._frames else rows
        return Scene(right + MARGIN, self._bottom + MARGIN, marks, self._title, legend, self._folds)

    def slots(self, lane: Lane, timesteps: int) -> tuple[Slot, ...]:
        """The positions of a lane's timesteps."""
        part = self._tracks.parts.get(lane.layer)
        if part and part.total <= self.columns.most:
            return self.columns.place_part(timesteps, part.start, part.total)
        shift = self._tracks.shifts.get(lane.layer, 0) * TRACK
        return self.columns.place(list_steps(lane, timesteps, self.columns.most), shift)

    @property
    def chip_x(self) -> float:
        """The middle of chips, beside the last column."""
        return self.columns.right + CHIP_GAP + BAR / 2

    def open_row(self, height: float, header: bool = False) -> float:
        """Make room for a row below the others, with timestep numbers above if `header`; returns its
        middle.
        """
        half = max(height, ROW) / 2
        above = max(half, height / 2 + HEADER) if header else half
        middle = self._bottom + GAP + above
        self._bottom = middle + half
        return middle

    def skip(self, rows: int) -> None:
        """Write how many layers are folded away here."""
        y = self.open_row(ROW)
        self.put(Text(MARGIN, y + 4, f"… {write_plural(rows, 'more layer')} …", "row"))

    def open_frame(self, repeat: Repeat) -> None:
        """Begin a frame around the rows that follow, which stand for all blocks of `repeat`."""
        top = self._bottom + GAP
        title, cost = say_repeat(repeat)
        self.put(Text(MARGIN, top + 20, title, "row"), Text(MARGIN, top + 36, cost, "small"))
        self._frames.append(Extent(top, top))
        self._bottom = top + HEAD

    def close_frame(self) -> None:
        """End the frame below the last row."""
        self._bottom += FOOT
        self._frames[-1] = self._frames[-1]._replace(bottom=self._bottom)

    def put(self, *marks: Mark) -> None:
        """Add marks to the picture."""
        self._marks += marks

    def put_step(self, layer: str, step: int | None, *marks: Mark) -> None:
        """Add the marks of one timestep of a layer, which the time cursor can find."""
        self._marks.append(group_step(layer, step, *marks))

    def head_steps(self, lane: Lane, slots: Iterable[Slot], y: float, beside: bool = False) -> None:
        """Write the timesteps' numbers above a row, or left of the arrows that end there (`beside`)."""
        for slot in slots:
            if slot.step is None:
                continue
            x = slot.x - BESIDE if beside else slot.x
            tick = Text(x, y, label_step(lane, slot.step), "tick", "end" if beside else "middle")
            self.put_step(lane.layer, slot.step, tick)

    def name_row(self, y: float, name: str, kind: str) -> None:
        """Write the label at the left."""
        name = write_name(name)
        fitted = fit_name(name, "row", self._labels - LABEL_GAP)
        self.put(Text(MARGIN, y - 2, fitted, "row", full="" if fitted == name else name))
        kind = fit_text(kind, "small", self._labels - LABEL_GAP)
        self.put(Text(MARGIN, y + 13, kind, "small"))

    def measure_row(self, y: float, lane: Lane, layer: LayerReport, measure: Measure, changed: bool) -> None:
        """Write the words at the right: the number of timesteps if `changed`, the size of one, and the
        mask.
        """
        words = [(measure.words, f"{measure.hue}-small")]
        if changed:
            words.insert(0, (count_timesteps(lane), "timesteps-small"))
        mask = write_mask(layer)
        first = y + 4 - 7.5 * (len(words) + bool(mask) - 1)
        for place, (text, look) in enumerate(words):
            self._put_words(Text(self._words_at, first + 15 * place, text, look))
        if mask:
            lost = has_lost_mask(layer)
            sign = ("warning", "warning-sign") if lost else ("mask", "mask-sign")
            baseline = first + 15 * len(words)
            self.put(Glyph(self._words_at, baseline - 10, *sign))
            self._put_words(Text(self._words_at + SIGN, baseline, mask, "lost" if lost else "masked"))

    def _put_words(self, text: Text) -> None:
        self.put(text)
        self._right = max(self._right, text.x + text_width(text.text, text.look))

    def feed(self, sources: list[Source], step: int, end: Place) -> list[Arrow]:
        """The arrows into one output timestep."""
        arrows: list[Arrow] = []
        dashed: list[Arrow] = []
        for source in sources:
            places = source.exit.places
            read = set(source.reads(step))
            drawn = read & places.keys()
            for key in sorted(drawn):
                place = places[key]
                lead = self._drop(place, end) if source.exit.single else self.lead(place, end, "wire")
                arrows.append(lead)
            if None in places and (len(drawn) < len(read) or (source.folded and not read)):
                dashed.append(self.lead(places[None], end, "wire-dashed"))
        return arrows + dashed

    def feed_folded(self, sources: list[Source], end: Place) -> list[Arrow]:
        """The arrows into the folded timesteps, from those of the rows above."""
        arrows = []
        for source in sources:
            if source.exit.single:
                arrows += [self._drop(place, end) for place in source.exit.places.values()]
            elif None in source.exit.places:
                place = source.exit.places[None]
                arrows.append(self.lead(place, end, "wire-dashed"))
        return arrows

    def lead(self, place: Place, end: Place, look: str) -> Arrow:
        """An arrow past the rows between."""
        return Arrow(self.rails.route(place.point, end.point), look, place.port, end.port)

    def _drop(self, place: Place, end: Place) -> Arrow:
        (x, y), (end_x, end_y) = place.point, end.point
        bus = end_y - GAP / 2
        return Arrow(((x, y), (x, bus), (end_x, bus), (end_x, end_y)), "wire", place.port, end.port)


def name_port(layer: str, step: int | None, part: str = "") -> str:
    """The port of one timestep of a layer."""
    return f"{layer}{part}@{'…' if step is None else step}"


def group_step(layer: str, step: int | None, *marks: Mark) -> Group:
    """The marks of one timestep of a layer; without a number, of those that are folded."""
    return Group(marks, "folded" if step is None else "step", layer, step)


def place_fold(x: float, y: float, port: str) -> tuple[Mark, ...]:
    """The marks for folded timesteps."""
    return (
        Box(x - FOLD / 2, y - FOLD / 2, FOLD, FOLD, "port", 0, port),
        Text(x, y + 4, "…", "fold-text", "middle"),
    )
