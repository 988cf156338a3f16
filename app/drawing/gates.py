"""Gates: what Keras' recurrent cells compute, in the order in which Keras lays their weights side by side.

From the documentation and the source of `keras.layers.LSTMCell`, `GRUCell` and `SimpleRNNCell` (Keras 3,
`keras/src/layers/rnn/lstm.py`, `gru.py`, `simple_rnn.py`, method `call`): the kernel is cut into i, f, c, o
for an LSTM and into z, r, h for a GRU.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from app.architecture import Node
from app.drawing.scene import Span
from app.report.arguments import argument

SUBSCRIPT = re.compile(r"_(?:\{([^}]*)\}|(\w))")


class Gate(NamedTuple):
    """One block of the weights: the letter of Keras' source, its task, and the sign of what it gives."""

    letter: str
    role: str
    sign: str


class Cell(NamedTuple):
    """A recurrent cell of some size. Equations write subscripts as `b_i` or `h_{t−1}`."""

    kind: str
    features: int
    units: int
    gates: tuple[Gate, ...]
    biases: tuple[str, ...]
    """The rows of the bias, by name; a GRU that resets after multiplying has two, no bias has none."""
    equations: tuple[str, ...]
    activation: str
    recurrent_activation: str

    @property
    def total(self) -> int:
        """How many numbers it learns."""
        rows = self.features + self.units + len(self.biases)
        return len(self.gates) * rows * self.units


GATES: Mapping[str, tuple[Gate, ...]] = {
    "LSTM": (
        Gate("i", "input gate", "i"),
        Gate("f", "forget gate", "f"),
        Gate("c", "candidate", "c̃"),
        Gate("o", "output gate", "o"),
    ),
    "GRU": (
        Gate("z", "update gate", "z"),
        Gate("r", "reset gate", "r"),
        Gate("h", "candidate", "h̃"),
    ),
    "SimpleRNN": (Gate("h", "the only one", "h"),),
}

EQUATIONS: Mapping[str, tuple[str, ...]] = {
    # {s} is the recurrent activation, {a} the activation, {b_i} a bias unless there is none.
    "LSTM": (
        "i = {s}(x_t·W_i + h_{{t−1}}·U_i{b_i})",
        "f = {s}(x_t·W_f + h_{{t−1}}·U_f{b_f})",
        "c̃ = {a}(x_t·W_c + h_{{t−1}}·U_c{b_c})",
        "o = {s}(x_t·W_o + h_{{t−1}}·U_o{b_o})",
        "c_t = f ⊙ c_{{t−1}} + i ⊙ c̃",
        "h_t = o ⊙ {a}(c_t)",
    ),
    "GRU": (
        "z = {s}(x_t·W_z + h_{{t−1}}·U_z{b_z})",
        "r = {s}(x_t·W_r + h_{{t−1}}·U_r{b_r})",
        "h̃ = {a}(x_t·W_h + (r ⊙ h_{{t−1}})·U_h{b_h})",
        "h_t = z ⊙ h_{{t−1}} + (1 − z) ⊙ h̃",
    ),
    "GRU reset_after": (
        "z = {s}(x_t·W_z{b_z} + h_{{t−1}}·U_z{d_z})",
        "r = {s}(x_t·W_r{b_r} + h_{{t−1}}·U_r{d_r})",
        "h̃ = {a}(x_t·W_h{b_h} + r ⊙ (h_{{t−1}}·U_h{d_h}))",
        "h_t = z ⊙ h_{{t−1}} + (1 − z) ⊙ h̃",
    ),
    "SimpleRNN": ("h_t = {a}(x_t·W + h_{{t−1}}·U{b_h})",),
}
SIGNS: Mapping[str, str] = {"sigmoid": "σ", "linear": ""}


def find_cell(node: Node, features: int) -> Cell | None:
    """The cell of a recurrent layer that reads so many features; None for any other layer."""
    gates = GATES.get(node.kind)
    units = argument(node, "units")
    if gates is None or not isinstance(units, int):
        return None
    after = node.kind == "GRU" and argument(node, "reset_after") is True
    biases: tuple[str, ...] = ("bias of x", "bias of h") if after else ("bias",)
    if argument(node, "use_bias") is False:
        biases = ()
    activation, recurrent = _sign(node, "activation"), _sign(node, "recurrent_activation")
    letters = {
        "s": recurrent,
        "a": activation,
        **{f"b_{gate.letter}": f" + b_{gate.letter}" if biases else "" for gate in gates},
        **{f"d_{gate.letter}": f" + b′_{gate.letter}" if biases else "" for gate in gates},
    }
    if node.kind == "SimpleRNN":
        letters["b_h"] = " + b" if biases else ""
    equations = EQUATIONS["GRU reset_after" if after else node.kind]
    return Cell(
        kind=node.kind,
        features=features,
        units=units,
        gates=gates,
        biases=biases,
        equations=tuple(equation.format(**letters) for equation in equations),
        activation=activation or "id",
        recurrent_activation=recurrent or "id",
    )


def _sign(node: Node, name: str) -> str:
    value = argument(node, name)
    return SIGNS.get(value, value) if isinstance(value, str) else ""


def spell(equation: str) -> tuple[Span, ...]:
    """An equation as text with real subscripts."""
    spans, end = [], 0
    for match in SUBSCRIPT.finditer(equation):
        spans += [Span(equation[end : match.start()]), Span(match[1] or match[2], "sub")]
        end = match.end()
    return tuple(span for span in (*spans, Span(equation[end:])) if span.text)


def say(equation: str) -> str:
    """An equation as plain text."""
    return SUBSCRIPT.sub(lambda match: f"_{match[1] or match[2]}", equation)
