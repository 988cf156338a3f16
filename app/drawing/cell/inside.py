"""make_inside(): a recurrent cell for the page: its wiring, its equations, and the sources of its parameters.

The same as `cells.py` places on one sheet, in parts that the page typesets and opens one by one.
"""

from functools import lru_cache
from math import prod

from app.drawing.cell.cells import list_notes
from app.drawing.cell.gates import SOURCES, Cell, Gate, Weight
from app.drawing.cell.ledger import write_formula
from app.drawing.cell.mathml import write_mathml
from app.drawing.cell.wiring import place_wiring
from app.drawing.scene import Scene
from app.drawing.svg import write_svg
from app.drawing.theme import hue_of
from app.drawing.words import write_axis, write_count
from app.frozen import Frozen

READS = {
    "kernel": "what enters, x",
    "recurrent_kernel": "the state of the step before, h",
    "bias": "a number of its own for each of them",
}


class Block(Frozen):
    """One gate's part of an array: where it is cut out, and its number of elements, as a product."""

    gate: str
    role: str
    size: str
    count: int
    slice: str
    product: str
    reads: str
    equation: str


class Array(Frozen):
    """An array of the cell, cut into one block per gate."""

    name: str
    shape: tuple[int, ...]
    hue: str
    blocks: tuple[Block, ...]


class Inside(Frozen):
    """A cell. `svg` is the wiring, with its size in px; equations are MathML; `source` is a file of Keras."""

    svg: str
    width: float
    height: float
    title: str
    description: str
    equations: tuple[str, ...]
    gates: tuple[tuple[str, str], ...]
    arrays: tuple[Array, ...]
    each: int
    total: int
    formula: str
    notes: tuple[str, ...]
    source: str


@lru_cache(256)
def make_inside(cell: Cell, wrapper: str) -> Inside:
    """The inside of a cell in a layer of the kind `wrapper`. The caller adds the description."""
    marks, width, height = place_wiring(cell)
    scene = Scene(width, height, marks, f"Inside the {cell.kind} cell")
    equations = tuple(map(write_mathml, cell.equations))
    names = ("kernel", "recurrent kernel", *cell.biases)
    return Inside(
        svg=write_svg(scene),
        width=width,
        height=height,
        title=scene.title,
        description="",
        equations=equations,
        gates=tuple((gate.sign, gate.role) for gate in cell.gates),
        arrays=tuple(
            Array(
                name=name,
                shape=weight.shape,
                hue=hue_of(weight.hue),
                blocks=tuple(
                    _cut(cell, weight, place, gate, equations[place]) for place, gate in enumerate(cell.gates)
                ),
            )
            for name, weight in zip(names, cell.weights, strict=True)
        ),
        each=cell.each,
        total=cell.total,
        formula=write_formula(cell),
        notes=tuple(list_notes(cell, wrapper)),
        source=SOURCES[cell.kind],
    )


def _cut(cell: Cell, weight: Weight, place: int, gate: Gate, equation: str) -> Block:
    """One gate's block; Keras concatenates the gates along the last axis."""
    before = ", ".join([str(weight.row)] if weight.row is not None else [":"] * (len(weight.shape) - 1))
    part = f"{place * cell.units}:{(place + 1) * cell.units}"
    return Block(
        gate=gate.sign,
        role=gate.role,
        size=" × ".join(map(write_count, weight.block)),
        count=prod(weight.block),
        slice=f"{weight.name}[{', '.join(filter(None, (before, part)))}]",
        product=_multiply(cell, weight),
        reads=READS[weight.name],
        equation=equation,
    )


def _multiply(cell: Cell, weight: Weight) -> str:
    """For example: 50 features × 100 units; in a convolutional cell the window comes first."""
    features, units = cell.axes
    if weight.name == "bias":
        return f"one for each of {write_axis(units, cell.units)}"
    read = write_axis(features, cell.features) if weight.name == "kernel" else write_axis(units, cell.units)
    return " × ".join((*map(write_count, cell.window), read, write_axis(units, cell.units)))
