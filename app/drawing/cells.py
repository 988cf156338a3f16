"""place_cell(): inside a recurrent layer: the cell's wiring, its weights gate by gate, its equations."""

from math import log10, prod

from app.architecture import Node
from app.drawing.gates import Cell, Weight, find_cell, find_family, say, spell
from app.drawing.scene import MARGIN, Box, Group, Line, Mark, Scene, Text
from app.drawing.text import text_width
from app.drawing.theme import hue_of
from app.drawing.wiring import place_wiring
from app.drawing.words import clean_text, write_axis, write_count, write_plural, write_shape
from app.report import LayerReport
from app.report.arguments import argument, list_cells, wrapped

GUTTER = 16.0
HEAD = 40.0
LEAST, MOST, BIAS = 42.0, 64.0, 36.0
EQUATION = 24.0
GAP = 3.0

ARTICLES = {"LSTM": "an"}
BIASES = (" and no bias", " and a bias", " and two biases, one for x and one for h")
WRAPPERS = {
    "Bidirectional": "One direction; the other has as many parameters of its own.",
    "TimeDistributed": "The same layer for every timestep of the wrapper.",
}


def find_layer_cells(row: LayerReport, node: Node) -> tuple[tuple[str, Cell], ...]:
    """The cells of a recurrent layer that builds, inside a wrapper or an RNN too; none of any other layer.

    Each has the layer's name; of cells that are stacked each has its number too, and reads the one before it.
    """
    if row.status != "builds" or not row.input_shapes:
        return ()
    walker = wrapped(node) or node
    shape = row.input_shapes[0]
    stacked = list_cells(walker)
    if find_family(walker.kind) == "ConvLSTM" and node.kind != "TimeDistributed":
        cell = _find_convolving(row, walker)
        return ((row.name, cell),) if cell else ()
    found: list[tuple[str, Cell]] = []
    features = shape[-1] or 0
    for place, part in enumerate(stacked or (walker,), 1):
        cell = find_cell(part, features)
        if cell is None:
            return ()
        found.append((f"{row.name}, cell {place}" if len(stacked) > 1 else row.name, cell))
        features = cell.units
    return tuple(found)


def _find_convolving(row: LayerReport, walker: Node) -> Cell | None:
    shape, output = row.input_shapes[0], row.output_shapes[0]
    first = argument(walker, "data_format") == "channels_first"
    state = output[2:] if argument(walker, "return_sequences") is True else output[1:]
    image, channels = (shape[3:], shape[2]) if first else (shape[2:-1], shape[-1])
    return find_cell(walker, channels or 0, image, state[1:] if first else state[:-1])


def write_formula(cell: Cell) -> str:
    """4·((50 + 100)·100 + 100): gates times what feeds each unit, times the units, and their biases."""
    units = cell.units
    gate = "·".join((*map(str, cell.window), f"({cell.features} + {units})", str(units)))
    if cell.biases:
        gate += f" + {f'{len(cell.biases)}·' if len(cell.biases) > 1 else ''}{units}"
    return f"{len(cell.gates)}·({gate})" if len(cell.gates) > 1 else gate


def place_cell(cell: Cell, wrapper: str = "") -> Scene:
    """Draw the wiring, the ledger below it, the equations below that; `wrapper` is the kind around it."""
    wiring, wired_width, wired_height = place_wiring(cell)
    ledger, width, height = _place_ledger(cell)
    y = MARGIN
    marks: list[Mark] = [Group(wiring, x=MARGIN, y=y)]
    y += wired_height + GUTTER
    marks.append(Group(ledger, x=MARGIN, y=y))
    y += height + GUTTER
    for equation in cell.equations:
        y += EQUATION
        marks.append(Text(MARGIN, y - 7, spell(equation), "formula"))
        width = max(width, text_width(spell(equation), "formula"))
    for note in list_notes(cell, wrapper):
        y += 18
        marks.append(Text(MARGIN, y, note, "small"))
        width = max(width, text_width(note, "small"))
    total = max(width, wired_width) + 2 * MARGIN
    return Scene(total, y + MARGIN, tuple(marks), f"Inside the {cell.kind} cell")


def list_notes(cell: Cell, wrapper: str = "") -> list[str]:
    """What the letters and the signs mean."""
    notes = ["W: kernel, U: recurrent kernel, b: bias."]
    if cell.window:
        notes.append("∗ is a convolution; that of the state keeps its size (padding same, stride 1).")
    if len(cell.gates) > 1:
        notes += ["σ is the sigmoid, ⊙ multiplies element by element.", _say_order(cell)]
    return notes + ([WRAPPERS[wrapper]] if wrapper in WRAPPERS else [])


def _say_order(cell: Cell) -> str:
    letters = ", ".join(gate.letter for gate in cell.gates)
    others = " and ".join(f"{g.letter} for {g.sign}" for g in cell.gates if g.letter != g.sign)
    return f"The blocks of the weights stand side by side in Keras' order: {letters} ({others})."


def _place_ledger(cell: Cell) -> tuple[tuple[Mark, ...], float, float]:
    gates = len(cell.gates)
    names = ("kernel", "recurrent kernel", *cell.biases)
    rows = [
        (name, weight.shape, weight.block, hue_of(weight.hue), _measure_row(weight))
        for name, weight in zip(names, cell.weights, strict=True)
    ]
    blocks = [(" × ".join(map(write_count, block)), block) for _, _, block, _, _ in rows]
    column = max(
        max(text_width(said, "count") for said, _ in blocks) + 20,
        max(text_width(gate.role, "small") for gate in cell.gates) + 12,
        74.0,
    )
    left = max(
        max(text_width(name, "row"), text_width(write_shape(shape), "small")) for name, shape, *_ in rows
    )
    left += GUTTER
    edge = left + gates * (column + GAP) - GAP
    totals = max(text_width(write_count(cell.total), "row"), text_width(write_count(cell.total), "count"))
    right = edge + GUTTER + totals
    marks: list[Mark] = []
    for place, gate in enumerate(cell.gates):
        centre = left + place * (column + GAP) + column / 2
        marks += [
            Text(centre, 14, gate.sign, "name", "middle"),
            Text(centre, 30, gate.role, "small", "middle"),
        ]
    y = HEAD
    for (name, shape, block, hue, height), (said, _) in zip(rows, blocks, strict=True):
        middle = y + height / 2
        marks += [
            Text(0, middle - 3, name, "row"),
            Text(0, middle + 12, write_shape(shape), "small"),
        ]
        count = prod(block)
        for place in range(gates):
            x = left + place * (column + GAP)
            marks.append(Box(x, y, column, height, hue, 3))
            if len(block) > 1:
                marks.append(Text(x + column / 2, middle - 2, said, "count", "middle"))
                marks.append(Text(x + column / 2, middle + 13, write_count(count), "small", "middle"))
            else:
                marks.append(Text(x + column / 2, middle + 4.5, said, "count", "middle"))
        marks.append(Text(right, middle + 4.5, write_count(count * gates), "count", "end"))
        y += height + GAP
    y += 4
    marks.append(Line(((left, y), (right, y)), "rule"))
    marks.append(Text(0, y + 19, "each gate", "row"))
    for place in range(gates):
        centre = left + place * (column + GAP) + column / 2
        marks.append(Text(centre, y + 19, write_count(cell.each), "count", "middle"))
    marks.append(Text(right, y + 19, write_count(cell.total), "row", "end"))
    formula = f"{write_formula(cell)} = {write_count(cell.total)} parameters"
    marks.append(Text(0, y + 54, formula, "name"))
    return tuple(marks), max(right, text_width(formula, "name")), y + 58


def _measure_row(weight: Weight) -> float:
    """How high a row is: it grows with the logarithm of what one unit reads."""
    if weight.name == "bias":
        return BIAS
    size = prod(weight.block[:-1])
    return LEAST + (MOST - LEAST) * min(1.0, log10(max(size, 1)) / 4)


def describe_cell(name: str, cell: Cell, wrapper: str) -> str:
    """The weights and the equations of one cell in words; `wrapper` is the kind of its layer."""
    letters = ", ".join(f"{gate.sign} ({gate.role})" for gate in cell.gates)
    gates = write_plural(len(cell.gates), "block")
    order = ", in Keras' order" if len(cell.gates) > 1 else ""
    kernel, recurrent, *_ = cell.weights
    read, kept = (
        write_axis(axis, size) for axis, size in zip(cell.axes, (cell.features, cell.units), strict=True)
    )
    said = [
        f"{name} is {ARTICLES.get(cell.kind, 'a')} {cell.kind} cell with {kept} "
        f"that reads {read} at each timestep.",
        f"Its weights are a kernel {write_shape(kernel.shape)}, a recurrent kernel "
        f"{write_shape(recurrent.shape)}{BIASES[len(cell.biases)]}, "
        f"cut into {gates}{order}: {letters}.",
        f"Parameters: {write_formula(cell)} = {write_count(cell.total)}.",
        f"It computes {'; '.join(map(say, cell.equations))}.",
        WRAPPERS.get(wrapper, ""),
    ]
    return clean_text(" ".join(filter(None, said)))
