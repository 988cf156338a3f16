"""Layers of units: Dense, Embedding, and the recurrent ones with their gates."""

from typing import NamedTuple

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument, integer, list_cells
from app.report.arithmetic import NOTHING, Term, number

Shapes = tuple[Shape, ...]


class Cell(NamedTuple):
    """A recurrent cell: its number of gates, and the biases per unit of each gate."""

    gates: int
    biases: int


GATES = {"GRU": 3, "LSTM": 4, "SimpleRNN": 1}


def find_cell(node: Node) -> Cell | None:
    """The cell of a recurrent layer, or of a cell itself; None for other kinds."""
    gates = GATES.get(node.kind.removesuffix("Cell"))
    if gates is None:
        return None
    # A GRU that resets after the product keeps a second bias, for the recurrent kernel.
    biases = 2 if argument(node, "reset_after") else 1
    return Cell(gates, biases if argument(node, "use_bias") else 0)


def read_last(shapes: Shapes) -> Term:
    """The size of the last axis of the first input."""
    return number(shapes[0][-1] or 0 if shapes[0] else 0)


def count_dense(node: Node, shapes: Shapes) -> Term:
    """A kernel over the features, and a bias per unit."""
    units = number(integer(node, "units"))
    kernel = read_last(shapes).times(units)
    return kernel.plus(units) if argument(node, "use_bias") else kernel


def count_embedding(node: Node, shapes: Shapes) -> Term:
    """A vector for each token in the vocabulary."""
    return number(integer(node, "input_dim")).times(number(integer(node, "output_dim")))


def weigh_gate(node: Node, features: Term) -> Term:
    """One gate's kernel over the features and recurrent kernel over the units."""
    units = number(integer(node, "units"))
    return features.plus(units).times(units)


def count_recurrent(node: Node, shapes: Shapes) -> Term | None:
    """Gates with a kernel over the features, a recurrent kernel over the units, and biases."""
    cell = find_cell(node)
    if cell is None:
        return None
    gate, units = weigh_gate(node, read_last(shapes)), number(integer(node, "units"))
    if cell.biases:
        gate = gate.plus(units if cell.biases == 1 else number(cell.biases).times(units))
    return gate if cell.gates == 1 else number(cell.gates).times(gate)


def count_cells(node: Node, shapes: Shapes) -> Term | None:
    """The cells of an RNN; each reads the units of the one before."""
    total, shape = NOTHING, shapes[0]
    for cell in list_cells(node):
        part = count_recurrent(cell, (shape,))
        if part is None:
            return None
        total = total.plus(part)
        shape = (*shape[:-1], integer(cell, "units"))
    return total
