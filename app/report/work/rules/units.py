"""Layers of units, which read features once or at each timestep."""

from app.architecture.spec import Node
from app.report.arguments import argument, integer, list_cells
from app.report.arithmetic import NOTHING, ONCE, Term, multiply, number
from app.report.parameters.units import find_cell, weigh_gate
from app.report.work.call import Call, Effort, add_known
from app.report.work.rules.elements import count_activation


def multiply_kernel(call: Call) -> Effort:
    """Dense: a product with the kernel at every position, then bias and activation."""
    *places, features = call.input
    return add_bias_and_activation(call, multiply((*places, features, call.output[-1])))


def add_bias_and_activation(call: Call, macs: Term, bias: str = "use_bias") -> Effort:
    """A product of `macs` multiply-accumulates, then a bias and an activation per output number.

    `bias` is the argument of the layer that says whether there is a bias.
    """
    size = multiply(call.output)
    return Effort(
        macs, add_known(size if argument(call.node, bias) else NOTHING, count_activation(call.node, size))
    )


def sum_over_letters(call: Call) -> Effort | None:
    """EinsumDense: each input number meets every size that only the kernel and the output have."""
    equation = argument(call.node, "equation")
    sides = str(equation).replace(" ", "").split("->")
    if len(sides) != 2:
        return None
    read, written = sides[0].split(",")[0].replace("...", ""), sides[1]
    elided = len(call.output) - len(written.replace("...", ""))
    # Axes that the equation does not name replace the dots.
    letters = written.replace("...", "." * elided)
    if len(letters) != len(call.output):
        return None
    new = [size for letter, size in zip(letters, call.output, strict=True) if letter not in {*read, "."}]
    return add_bias_and_activation(call, multiply((*call.input, *new)), "bias_axes")


STATE = {"GRU": 5, "LSTM": 4, "SimpleRNN": 0}
"""Operations per unit that compute the new state from the gates: three products and a sum in an LSTM; three
products, a difference and a sum in a GRU."""


def run_cell(node: Node, features: Term) -> Effort | None:
    """One step of a recurrent cell: its gates read the features and the state, and update the state."""
    cell = find_cell(node)
    if cell is None:
        return None
    gates = number(cell.gates) if cell.gates > 1 else ONCE
    each = number(cell.gates * (cell.biases + 1) + STATE[node.kind.removesuffix("Cell")])
    return Effort(
        gates.times(weigh_gate(node, features)),
        add_known(each.times(number(integer(node, "units"))), *count_cell_activations(node)),
    )


def count_cell_activations(node: Node) -> tuple[Term | None, ...]:
    """The operations of a cell's two activations."""
    names = ("activation", "recurrent_activation")
    return tuple(NOTHING if count_activation(node, number(1), name) == NOTHING else None for name in names)


def run(call: Call) -> Effort | None:
    """LSTM, GRU, SimpleRNN: one cell step per timestep."""
    samples, timesteps, features = call.input
    step = run_cell(call.node, features)
    return step.times(samples.times(timesteps)) if step else None


def run_cells(call: Call) -> Effort | None:
    """RNN: at each timestep one cell after the other, each on the units of the one before."""
    samples, timesteps, features = call.input
    total = Effort()
    for node in list_cells(call.node):
        step = run_cell(node, features)
        if step is None:
            return None
        total, features = total.plus(step), number(integer(node, "units"))
    return total.times(samples.times(timesteps))
