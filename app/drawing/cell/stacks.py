"""Stacks: recurrent layers that feed each other, to be drawn unit by unit."""

from collections.abc import Iterator
from typing import NamedTuple

from app.drawing.cell.gates import Cell, find_cell
from app.drawing.cell.layers import Placed, list_layers
from app.drawing.words import clean_text, write_axis, write_count, write_name, write_plural
from app.report import Report
from app.report.arguments import wrapped

DEEPEST = 6
MOST_UNITS, MOST_FEATURES, FIRST = 8, 16, 3
"""Of more units or features the first ones and the last are drawn."""


class Walker(NamedTuple):
    """One recurrent layer."""

    name: str
    cell: Cell
    sequences: bool
    backward: bool = False
    """Whether it walks from the last timestep to the first."""

    @property
    def units(self) -> tuple[int | None, ...]:
        """The units that are drawn, counted from 0; None is where others are folded away."""
        return _fold(self.cell.units, MOST_UNITS)

    @property
    def connections(self) -> int:
        """From all that it reads at a timestep to all its units."""
        return self.cell.features * self.cell.units

    @property
    def recurrent_connections(self) -> int:
        """From all its units to all of them."""
        return self.cell.units**2


class Stack(NamedTuple):
    """Recurrent layers that feed each other, and their number of timesteps (None: any number)."""

    layers: tuple[Walker, ...]
    timesteps: int | None

    @property
    def name(self) -> str:
        """The name of the first layer."""
        return self.layers[0].name

    @property
    def title(self) -> str:
        """The names of its layers: "lstm → lstm_1"."""
        return " → ".join(write_name(layer.name) for layer in self.layers)

    @property
    def features(self) -> tuple[int | None, ...]:
        """The features that are drawn, counted from 0; None is where others are folded away."""
        return _fold(self.layers[0].cell.features, MOST_FEATURES)

    @property
    def folds(self) -> bool:
        """Whether units or features are folded away."""
        return None in self.features or any(None in walker.units for walker in self.layers)


def find_stacks(report: Report) -> tuple[Stack, ...]:
    """The runs of recurrent layers.

    No run has more than 6 layers. A layer that walks backward is a run by itself, as is each direction of a
    Bidirectional layer.
    """
    stacks: list[Stack] = []
    for placed in list_layers(report):
        row = placed.row
        read = tuple(map(placed.name, row.inbound))
        for walker in _list_walkers(placed):
            above = stacks[-1].layers[-1] if stacks else None
            follows = above and read == (above.name,) and not (above.backward or walker.backward)
            if follows and len(stacks[-1].layers) < DEEPEST:
                stacks[-1] = stacks[-1]._replace(layers=(*stacks[-1].layers, walker))
            else:
                stacks.append(Stack((walker,), row.input_shapes[0][1]))
    return tuple(stacks)


def _list_walkers(placed: Placed) -> Iterator[Walker]:
    row, node = placed.row, placed.node
    name = placed.name(row.name)
    # Without timesteps × features there is no recurrent layer.
    if row.status != "builds" or not row.input_shapes or len(row.input_shapes[0]) != 3:
        return
    if row.input_shapes[0][1] == 0:
        return
    both = node.kind == "Bidirectional" and not node.arguments.get("backward_layer")
    layer = (wrapped(node) if both else None) or node
    cell = find_cell(layer, row.input_shapes[0][-1] or 0)
    if cell is None or cell.window:
        return
    sequences, backward = (bool(layer.arguments.get(name)) for name in ("return_sequences", "go_backwards"))
    if both:
        yield Walker(f"{name}, forward", cell, sequences, backward)
        yield Walker(f"{name}, backward", cell, sequences, not backward)
    else:
        yield Walker(name, cell, sequences, backward)


def _fold(size: int, most: int) -> tuple[int | None, ...]:
    return tuple(range(size)) if size <= most else (*range(FIRST), None, size - 1)


def write_numbers(cell: Cell) -> str:
    """How many numbers one connection stands for, in words."""
    gates = len(cell.gates)
    return "1 number" if gates == 1 else f"{gates} numbers, one for each gate"


def describe_units(stack: Stack) -> str:
    """The connections of each layer in words."""
    walked = (
        "any number of timesteps" if stack.timesteps is None else write_plural(stack.timesteps, "timestep")
    )
    said = [f"{write_plural(len(stack.layers), 'recurrent layer')}, unit by unit, over {walked}."]
    said += _say_drawn("features", stack.features)
    for place, walker in enumerate(stack.layers):
        cell = walker.cell
        source = "input feature" if place == 0 else f"unit of {stack.layers[place - 1].name}"
        said += [
            f"{walker.name} ({cell.kind}) has {write_axis('units', cell.units)}.",
            *_say_drawn("units", walker.units),
            f"At each timestep every {source} is connected to every unit: "
            f"{write_plural(walker.connections, 'connection')}.",
            f"{_say_recurrence(stack)}: "
            f"{write_plural(walker.recurrent_connections, 'recurrent connection')}.",
            f"Each connection is {write_numbers(cell)}.",
        ]
        if cell.kind == "LSTM":
            said.append("Each unit also keeps one number of memory c for itself.")
    last = stack.layers[-1]
    total = write_count(sum(walker.cell.total for walker in stack.layers))
    said.append(f"{_say_leaving(stack)} {last.name}. Parameters: {total}.")
    return clean_text(" ".join(said))


def _say_drawn(axis: str, places: tuple[int | None, ...]) -> Iterator[str]:
    """For example "Of the 100 units 1, 2, 3 and 100 are drawn."; nothing if all are."""
    if None in places:
        *first, last = [write_count(place + 1) for place in places if place is not None]
        yield f"Of the {last} {axis} {', '.join(first)} and {last} are drawn."


def _say_recurrence(stack: Stack) -> str:
    if stack.timesteps == 1:
        return (
            "Every unit is connected to every unit of the same layer one timestep before, "
            "where there is none but an empty state"
        )
    way = "the one before it" if stack.layers[0].backward else "the next"
    return (
        f"From one timestep to {way} every unit is connected to every unit of the same layer, itself included"
    )


def _say_leaving(stack: Stack) -> str:
    if stack.timesteps == 1:
        return "The output of the one timestep leaves"
    last = stack.layers[-1]
    if last.sequences:
        return "Every timestep's output leaves"
    return f"Only the {'first' if last.backward else 'last'} timestep's output, where the walk ends, leaves"
