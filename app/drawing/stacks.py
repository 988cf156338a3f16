"""Stacks: the recurrent layers of a report that are small enough to be drawn unit by unit."""

from typing import NamedTuple

from app.architecture import Node
from app.drawing.fold import list_shown
from app.drawing.gates import Cell, find_cell
from app.drawing.words import clean_text, write_axis, write_count, write_plural
from app.report import LayerReport, Report

MOST_UNITS, MOST_FEATURES, DEEPEST = 8, 16, 6


class Small(NamedTuple):
    """One recurrent layer that is small enough."""

    name: str
    cell: Cell
    sequences: bool


class Stack(NamedTuple):
    """Small recurrent layers that feed each other, and how many timesteps they walk (None: any number)."""

    layers: tuple[Small, ...]
    timesteps: int | None

    @property
    def name(self) -> str:
        """The name of the first layer."""
        return self.layers[0].name


def find_stacks(report: Report) -> tuple[Stack, ...]:
    """The runs of forward recurrent layers of at most 8 units; the first reads at most 16 features, and
    no run is deeper than 6 layers."""
    nodes = {node.name: node for node in report.architecture.nodes}
    stacks: list[Stack] = []
    for row in list_shown(report.rows):
        small = _find_small(row, nodes[row.name])
        if small is None:
            continue
        if stacks and len(stacks[-1].layers) < DEEPEST and row.inbound == (stacks[-1].layers[-1].name,):
            stacks[-1] = stacks[-1]._replace(layers=(*stacks[-1].layers, small))
        elif small.cell.features <= MOST_FEATURES:
            stacks.append(Stack((small,), row.input_shapes[0][1]))
    return tuple(stacks)


def _find_small(row: LayerReport, node: Node) -> Small | None:
    walks = row.status == "builds" and row.input_shapes and row.input_shapes[0][1] != 0
    if not walks or node.arguments.get("go_backwards"):
        return None
    cell = find_cell(node, row.input_shapes[0][-1] or 0)
    if cell is None or cell.window or cell.units > MOST_UNITS:
        return None
    return Small(row.name, cell, bool(node.arguments.get("return_sequences")))


def write_numbers(cell: Cell) -> str:
    """How many numbers one connection stands for."""
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
    return (
        "From one timestep to the next every unit is connected to every unit of the same layer, "
        "itself included"
    )


def _say_leaving(stack: Stack) -> str:
    if stack.timesteps == 1:
        return "The output of the one timestep leaves"
    every = stack.layers[-1].sequences
    return "Every timestep's output leaves" if every else "Only the last timestep's output leaves"
