"""CellRow: the cell of a recurrent layer, repeated along time, and the arrows that lead to it."""

from collections.abc import Iterator, Mapping

from app.drawing.scene import Arrow
from app.drawing.time.cells import LETTER, Cells, place_cells
from app.drawing.time.columns import Slot
from app.drawing.time.first_states import Beginning
from app.drawing.time.sources import Exit, Place, Source
from app.drawing.time.strip import FOLD, Strip, name_port
from app.flow import Lane
from app.flow.skipping import skips_padding

CELL = 30.0
UNDER = 14.0


class CellRow:
    """One walk along the timesteps. `memory` says whether the cell has a state c beside h, as an LSTM's."""

    def __init__(self, strip: Strip, lane: Lane, memory: bool, part: str, width: float) -> None:
        self.strip, self.lane, self.memory, self.width = strip, lane, memory, width
        self.part = f"{part} cell"
        layer = strip.layers[lane.layer]
        # The layer whose mask has the cell keep its state.
        self.masked_by = layer.inbound[0] if skips_padding(layer, strip.nodes[lane.layer]) else ""

    def put(
        self, slots: tuple[Slot, ...], y: float, height: float, sources: list[Source], aside: float
    ) -> Mapping[int | None, Place]:
        """The cells in the order in which they are walked; returns where the output of each leaves."""
        own = [_list_own(source.exit, aside) for source in sources if not source.exit.single]
        padding = self.strip.typed.list_padding(self.masked_by)
        cells = Cells(
            layer=self.lane.layer,
            part=self.part,
            memory=self.memory,
            width=self.width,
            height=height,
            y=y,
            slots=slots,
            aside=aside,
            entering=tuple(
                () if slot.step in padding else tuple(self._enter(own, slot, slot.x + aside, y, height))
                for slot in slots
            ),
            padding=padding,
        )
        walk = place_cells(cells)
        self.strip.put(*walk.marks)
        self.strip.legend += walk.legend
        if cells.letters is not None:
            self.strip.rails.take(y, height + UNDER, LETTER, (cells.letters,))
        self.strip.rails.take(y, height, self.width / 2, (slot.x + aside for slot in slots))
        return walk.ends

    def find_beginning(self, first: Slot, y: float, aside: float, side: int) -> Beginning:
        """Where initial states enter the first cell: at its left side (-1) or its right side (1)."""
        edge = first.x + aside + side * self.width / 2
        return Beginning(first.step, side, Place((edge, y), self._name_cell(first)))

    def _enter(
        self, own: list[Mapping[int | None, Place]], slot: Slot, x: float, y: float, height: float
    ) -> Iterator[Arrow]:
        """The arrows from the same timestep of the rows that are read; dashed if it is folded there."""
        step = slot.step
        end = Place((x, y - (FOLD if step is None else height) / 2), self._name_cell(slot))
        for places in own:
            if place := places.get(step, places.get(None)):
                look = "wire-dashed" if step is None or step not in places else "wire"
                yield self.strip.lead(place, end, look)

    def _name_cell(self, slot: Slot) -> str:
        return name_port(self.lane.layer, slot.step, self.part)


def _list_own(leaving: Exit, aside: float) -> Mapping[int | None, Place]:
    """Where each timestep of a row leaves, `aside` px beside the middle of its bar."""
    if not aside:
        return leaving.places
    # So that the line to the lower of two walks passes the cell of the upper one.
    return {step: Place((x + aside, y), port) for step, ((x, y), port) in leaving.places.items()}
