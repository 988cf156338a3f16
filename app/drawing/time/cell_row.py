"""CellRow: the cell of a recurrent layer, repeated along time, with its state running from step to step."""

from collections.abc import Iterator

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


class CellRow:
    """One walk along the timesteps. `memory` says whether the cell has a state c beside h, as an LSTM's."""

    def __init__(self, strip: Strip, lane: Lane, memory: bool, part: str, width: float) -> None:
        self.strip, self.lane, self.memory, self.width = strip, lane, memory, width
        self.part = f"{part} cell"

    def put(
        self, slots: tuple[Slot, ...], y: float, height: float, sources: list[Source], aside: float
    ) -> dict[int | None, Place]:
        """The cells in the order in which they are walked; returns where the output of each leaves."""
        places: dict[int | None, Place] = {}
        before: Slot | None = None
        own = [_read_own(source.exit, aside) for source in sources if not source.exit.single]
        for slot in slots:
            x = slot.x + aside
            port = self._name_cell(slot)
            marks: list[Mark] = []
            if slot.step is None:
                marks += self.strip.feed_folded(own, Place((x, y - FOLD / 2), port))
                marks += place_fold(x, y, port)
                places[None] = Place((x, y + FOLD / 2), port)
            else:
                skipped = self._skips(slot.step)
                marks += [] if skipped else self.strip.feed(own, slot.step, Place((x, y - height / 2), port))
                look = "padding" if skipped else "cell"
                marks.append(Box(x - self.width / 2, y - height / 2, self.width, height, look, 6, port))
                marks += self._carry(x, y) if skipped else []
                places[slot.step] = Place((x, y + height / 2), port)
            if before is not None:
                marks += self._hand_on(before, slot, y, aside)
            if before == slots[0]:
                middle = (before.x + slot.x) / 2 + aside
                if aside < 0:
                    # What the lower of two walks reads passes between the letter and the first cell.
                    middle = max(middle, before.x - aside + LETTER + CLEARANCE + 1)
                marks += self._name_state(middle, y)
                self.strip.rails.take(y, height + UNDER, LETTER, (middle,))
            self.strip.put_step(self.lane.layer, slot.step, *marks)
            before = slot
        self.strip.rails.take(y, height, self.width / 2, (slot.x + aside for slot in slots))
        return dict(sorted(places.items(), key=lambda item: item[1].point[0]))

    def find_beginning(self, first: Slot, y: float, aside: float, side: int) -> Beginning:
        """Where initial states enter the first cell: at its left side (-1) or its right side (1)."""
        edge = first.x + aside + side * self.width / 2
        return Beginning(first.step, side, Place((edge, y), self._name_cell(first)))

    def _hand_on(self, before: Slot, slot: Slot, y: float, aside: float) -> list[Mark]:
        sign = 1 if slot.x > before.x else -1
        start = before.x + aside + sign * self._reach(before)
        end = slot.x + aside - sign * self._reach(slot)
        source, target = self._name_cell(before), self._name_cell(slot)
        return [
            Arrow(((start, y + below), (end, y + below)), look, source, target)
            for look, below in self._list_states()
        ]

    def _skips(self, step: int) -> bool:
        """Whether the input's mask makes the cell keep its state at this timestep."""
        layer, node = self.strip.layers[self.lane.layer], self.strip.nodes[self.lane.layer]
        return skips_padding(layer, node) and self.strip.typed.is_padding(layer.inbound[0], step)

    def _carry(self, x: float, y: float) -> Iterator[Line]:
        self.strip.legend.append("skipped")
        left, right = x - self.width / 2, x + self.width / 2
        for look, below in self._list_states():
            yield Line(((left, y + below), (right, y + below)), look)

    def _list_states(self) -> tuple[tuple[str, float], ...]:
        """The look of each state, and how far below the middle of the cells it runs."""
        return (("state-c", -APART), ("state-h", APART)) if self.memory else (("state-h", 0),)

    def _name_cell(self, slot: Slot) -> str:
        return name_port(self.lane.layer, slot.step, self.part)

    def _reach(self, slot: Slot) -> float:
        """The distance from the middle of a cell, or of a fold, to its edge."""
        return FOLD / 2 if slot.step is None else self.width / 2

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


def _read_own(leaving: Exit, aside: float) -> Source:
    """Each timestep reads the same timestep, from `aside` px beside the middle of the bar above."""
    if not aside:
        return Source(leaving, lambda step: (step,), folded=False)
    # Beside the middle, the line to the lower of two rows passes the cell of the upper one.
    places = {
        step: Place((place.point[0] + aside, place.point[1]), place.port)
        for step, place in leaving.places.items()
    }
    return Source(leaving._replace(places=places), lambda step: (step,), folded=False)
