"""Stacks: recurrent layers that are small enough to be drawn unit by unit."""

from collections.abc import Iterator
from typing import NamedTuple

from app.drawing.cell.gates import Cell, find_cell
from app.drawing.cell.layers import Placed, list_layers
from app.drawing.words import clean_text, write_axis, write_count, write_plural
from app.report import Report
from app.report.arguments import wrapped

MOST_UNITS, MOST_FEATURES, DEEPEST = 8, 16, 6


class Small(NamedTuple):
    """One recurrent layer that is small enough."""

    name: str
    cell: Cell
    sequences: bool
    backward: bool = False
    """Whether it walks from the last timestep to the first."""


class Stack(NamedTuple):
    """Small recurrent layers that feed each other, and their number of timesteps (None: any number)."""

    layers: tuple[Small, ...]
    timesteps: int | None

    @property
    def name(self) -> str:
        """The name of the first layer."""
        return self.layers[0].name


def find_stacks(report: Report) -> tuple[Stack, ...]:
    """The runs of recurrent layers of at most 8 units; the first reads at most 16 features.

    No run has more than 6 layers. A layer that walks backward is a run by itself, as is each direction of a
    Bidirectional layer.
    """
    stacks: list[Stack] = []
    for placed in list_layers(report):
        row = placed.row
        read = tuple(map(placed.name, row.inbound))
        for small in _list_small(placed):
            above = stacks[-1].layers[-1] if stacks else None
            follows = above and read == (above.name,) and not (above.backward or small.backward)
            if follows and len(stacks[-1].layers) < DEEPEST:
                stacks[-1] = stacks[-1]._replace(layers=(*stacks[-1].layers, small))
            elif small.cell.features <= MOST_FEATURES:
                stacks.append(Stack((small,), row.input_shapes[0][1]))
    return tuple(stacks)


def _list_small(placed: Placed) -> Iterator[Small]:
    row, node = placed.row, placed.node
    name = placed.name(row.name)
    # Without timesteps × features there is no recurrent layer.
    if row.status != "builds" or not row.input_shapes or len(row.input_shapes[0]) != 3:
        return
    if row.input_shapes[0][1] == 0:
        return
    both = node.kind == "Bidirectional" and not node.arguments.get("backward_layer")
    walker = (wrapped(node) if both else None) or node
    cell = find_cell(walker, row.input_shapes[0][-1] or 0)
    if cell is None or cell.window or cell.units > MOST_UNITS:
        return
    sequences, backward = (bool(walker.arguments.get(name)) for name in ("return_sequences", "go_backwards"))
    if both:
        yield Small(f"{name}, forward", cell, sequences, backward)
        yield Small(f"{name}, backward", cell, sequences, not backward)
    else:
        yield Small(name, cell, sequences, backward)


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
    for place, small in enumerate(stack.layers):
        cell = small.cell
        source = "input feature" if place == 0 else f"unit of {stack.layers[place - 1].name}"
        said += [
            f"{small.name} ({cell.kind}) has {write_axis('units', cell.units)}.",
            f"At each timestep every {source} is connected to every unit: "
            f"{write_plural(cell.features * cell.units, 'connection')}.",
            f"{_say_recurrence(stack)}: {write_plural(cell.units**2, 'recurrent connection')}.",
            f"Each connection is {write_numbers(cell)}.",
        ]
        if cell.kind == "LSTM":
            said.append("Each unit also keeps one number of memory c for itself.")
    last = stack.layers[-1]
    total = write_count(sum(small.cell.total for small in stack.layers))
    said.append(f"{_say_leaving(stack)} {last.name}. Parameters: {total}.")
    return clean_text(" ".join(said))


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
