"""CellRow: the cell of a recurrent layer, repeated along time, with its state running from step to step."""

from collections.abc import Iterator, Mapping

from app.drawing.scene import Arrow, Box, Line, Mark, Text
from app.drawing.time.columns import Slot
from app.drawing.time.first_states import Beginning
from app.drawing.time.rails import CLEARANCE
from app.drawing.time.sources import Exit, Place, Source
from app.drawing.time.strip import FOLD, Strip, name_port, place_fold
from app.flow import Lane
from app.flow.skipping import skips_padding

CELL = 30.0
APART = 5.0
LETTER, UNDER = 5.0, 14.0

ONE_STATE, TWO_STATES = (("state-h", 0.0),), (("state-c", -APART), ("state-h", APART))
"""The look of each state, and how far below the middle of the cells it runs."""


class CellRow:
    """One walk along the timesteps. `memory` says whether the cell has a state c beside h, as an LSTM's."""

    def __init__(self, strip: Strip, lane: Lane, memory: bool, part: str, width: float) -> None:
        self.strip, self.lane, self.memory, self.width = strip, lane, memory, width
        self.part = f"{part} cell"
        self.states = TWO_STATES if memory else ONE_STATE
        layer = strip.layers[lane.layer]
        # The layer whose mask has the cell keep its state.
        self.masked_by = layer.inbound[0] if skips_padding(layer, strip.nodes[lane.layer]) else ""

    def put(
        self, slots: tuple[Slot, ...], y: float, height: float, sources: list[Source], aside: float
    ) -> dict[int | None, Place]:
        """The cells in the order in which they are walked; returns where the output of each leaves."""
        places: dict[int | None, Place] = {}
        leaving: Place | None = None
        own = [_list_own(source.exit, aside) for source in sources if not source.exit.single]
        ahead = 1 if slots[-1].x > slots[0].x else -1
        for slot in slots:
            x = slot.x + aside
            port = self._name_cell(slot)
            marks: list[Mark] = []
            if slot.step is None:
                half = FOLD / 2
                marks += self._enter(own, None, Place((x, y - half), port))
                marks += place_fold(x, y, port)
                places[None] = Place((x, y + FOLD / 2), port)
            else:
                half = self.width / 2
                skipped = self.strip.typed.is_padding(self.masked_by, slot.step)
                marks += [] if skipped else self._enter(own, slot.step, Place((x, y - height / 2), port))
                look = "padding" if skipped else "cell"
                marks.append(Box(x - half, y - height / 2, self.width, height, look, 6, port))
                marks += self._carry(x, y) if skipped else []
                places[slot.step] = Place((x, y + height / 2), port)
            if leaving is not None:
                marks += self._hand_on(leaving, Place((x - ahead * half, y), port))
            if len(places) == 2:
                middle = (slots[0].x + slot.x) / 2 + aside
                if aside < 0:
                    # What the lower of two walks reads passes between the letter and the first cell.
                    middle = max(middle, slots[0].x - aside + LETTER + CLEARANCE + 1)
                marks += self._name_state(middle, y)
                self.strip.rails.take(y, height + UNDER, LETTER, (middle,))
            self.strip.put_step(self.lane.layer, slot.step, *marks)
            leaving = Place((x + ahead * half, y), port)
        self.strip.rails.take(y, height, self.width / 2, (slot.x + aside for slot in slots))
        return dict(sorted(places.items(), key=lambda item: item[1].point[0]))

    def find_beginning(self, first: Slot, y: float, aside: float, side: int) -> Beginning:
        """Where initial states enter the first cell: at its left side (-1) or its right side (1)."""
        edge = first.x + aside + side * self.width / 2
        return Beginning(first.step, side, Place((edge, y), self._name_cell(first)))

    def _enter(self, own: list[Mapping[int | None, Place]], step: int | None, end: Place) -> list[Arrow]:
        """The arrows from the same timestep of the rows that are read; dashed if it is folded there."""
        return [
            self.strip.lead(place, end, "wire-dashed" if step is None or step not in places else "wire")
            for places in own
            if (place := places.get(step, places.get(None)))
        ]

    def _hand_on(self, leaving: Place, entering: Place) -> list[Arrow]:
        (start, y), source = leaving
        (end, _), target = entering
        return [
            Arrow(((start, y + below), (end, y + below)), look, source, target) for look, below in self.states
        ]

    def _carry(self, x: float, y: float) -> Iterator[Line]:
        self.strip.legend.append("skipped")
        left, right = x - self.width / 2, x + self.width / 2
        for look, below in self.states:
            yield Line(((left, y + below), (right, y + below)), look)

    def _name_cell(self, slot: Slot) -> str:
        return name_port(self.lane.layer, slot.step, self.part)

    def _name_state(self, middle: float, y: float) -> list[Mark]:
        """The letters of the state, at its first arrow."""
        if not self.memory:
            self.strip.legend.append("h")
            return [Text(middle, y - 5, "h", "state", "middle")]
        self.strip.legend += ["h", "c"]
        return [
            Text(middle, y - APART - 4, "c", "state", "middle"),
            Text(middle, y + APART + 13, "h", "state", "middle"),
        ]


def _list_own(leaving: Exit, aside: float) -> Mapping[int | None, Place]:
    """Where each timestep of a row leaves, `aside` px beside the middle of its bar."""
    if not aside:
        return leaving.places
    # So that the line to the lower of two walks passes the cell of the upper one.
    return {step: Place((x + aside, y), port) for step, ((x, y), port) in leaving.places.items()}
