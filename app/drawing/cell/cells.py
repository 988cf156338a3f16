"""place_cell(): the inside of a recurrent cell: its wiring, its weights gate by gate, its equations."""

from collections.abc import Iterator

from app.architecture import Node
from app.drawing.cell.gates import Cell, find_cell, find_family, say_equation, spell_equation
from app.drawing.cell.layers import list_layers
from app.drawing.cell.ledger import GUTTER, place_ledger, write_formula
from app.drawing.cell.wiring import place_wiring
from app.drawing.scene import MARGIN, Group, Mark, Scene, Text
from app.drawing.text import text_width
from app.drawing.words import clean_text, write_axis, write_count, write_plural, write_shape
from app.report import LayerReport, Report
from app.report.arguments import argument, list_cells, wrapped

EQUATION = 24.0

ARTICLES = {"LSTM": "an"}
BIASES = (" and no bias", " and a bias", " and two biases, one for x and one for h")
WRAPPERS = {
    "Bidirectional": "One direction; the other has as many parameters of its own.",
    "TimeDistributed": "The same layer for every timestep of the wrapper.",
}


def list_cells_drawn(report: Report) -> Iterator[tuple[str, Cell, str]]:
    """The name and the cell of each recurrent layer that is drawn, and the layer's kind.

    Layers of nested models are named by their path: "encoder › lstm".
    """
    for placed in list_layers(report):
        for name, cell in find_layer_cells(placed.row, placed.node):
            yield placed.name(name), cell, placed.row.kind


def find_layer_cells(row: LayerReport, node: Node) -> tuple[tuple[str, Cell], ...]:
    """The cells of a recurrent layer that builds, including those in a wrapper or an RNN; else none.

    Each has the layer's name. Stacked cells have a number too; each reads the one before it.
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


def place_cell(cell: Cell, wrapper: str = "") -> Scene:
    """The wiring, below it the weights, below them the equations; `wrapper` is the kind of layer around."""
    wiring, wired_width, wired_height = place_wiring(cell)
    ledger, width, height = place_ledger(cell)
    y = MARGIN
    marks: list[Mark] = [Group(wiring, x=MARGIN, y=y)]
    y += wired_height + GUTTER
    marks.append(Group(ledger, x=MARGIN, y=y))
    y += height + GUTTER
    for equation in cell.equations:
        y += EQUATION
        marks.append(Text(MARGIN, y - 7, spell_equation(equation), "formula"))
        width = max(width, text_width(spell_equation(equation), "formula"))
    for note in list_notes(cell, wrapper):
        y += 18
        marks.append(Text(MARGIN, y, note, "small"))
        width = max(width, text_width(note, "small"))
    total = max(width, wired_width) + 2 * MARGIN
    return Scene(total, y + MARGIN, tuple(marks), f"Inside the {cell.kind} cell")


def list_notes(cell: Cell, wrapper: str = "") -> list[str]:
    """Explanations of the letters and signs."""
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


def describe_cell(name: str, cell: Cell, wrapper: str) -> str:
    """The weights and equations of one cell in words; `wrapper` is the kind of layer around it."""
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
        f"It computes {'; '.join(map(say_equation, cell.equations))}.",
        WRAPPERS.get(wrapper, ""),
    ]
    return clean_text(" ".join(filter(None, said)))
