"""Gates: what Keras' recurrent cells compute, in the order in which their weights are concatenated.

From the documentation and source of `keras.layers.LSTMCell`, `GRUCell`, `SimpleRNNCell` and `ConvLSTM2D`
(Keras 3, the files in SOURCES, method `call` of the cell): the kernel is split into i, f, c, o for an LSTM
and into z, r, h for a GRU.
"""

import re
from collections.abc import Mapping
from math import prod
from typing import NamedTuple

from app.architecture import Node
from app.drawing.scene import Span
from app.frozen import Shape
from app.report.arguments import argument, sizes

# After a single letter: `hard_sigmoid` is a name.
SUBSCRIPT = re.compile(r"(?<![^\W_]{2})_(?:\{([^}]*)\}|(\w))")

CELL_OR_RANK = re.compile(r"Cell$|[123]D$")


class Gate(NamedTuple):
    """One block of the weights: its letter in Keras' source, its task, and the sign of its activation."""

    letter: str
    role: str
    sign: str


class Weight(NamedTuple):
    """An array of a cell, by its name in Keras; `block` is one gate's part of it, cut from the last axis."""

    name: str
    row: int | None
    """The row of a bias with two rows; None for a whole array."""
    shape: tuple[int, ...]
    block: tuple[int, ...]
    hue: str


class Cell(NamedTuple):
    """A recurrent cell of a certain size. Subscripts in equations are written `b_i` or `h_{t−1}`.

    A convolutional cell has filters as units and channels as features; its `window` moves over the input, of
    the spatial sizes `entering`, and over its state, of the sizes `state`. In other cells all three are
    empty.
    """

    kind: str
    features: int
    units: int
    gates: tuple[Gate, ...]
    biases: tuple[str, ...]
    """The rows of the bias, by name: none without a bias, two for a GRU with reset_after."""
    equations: tuple[str, ...]
    activation: str
    recurrent_activation: str
    reset_after: bool = False
    window: tuple[int, ...] = ()
    entering: Shape = ()
    state: Shape = ()

    @property
    def each(self) -> int:
        """How many numbers one gate learns."""
        return (prod(self.window) * (self.features + self.units) + len(self.biases)) * self.units

    @property
    def total(self) -> int:
        """How many numbers it learns."""
        return len(self.gates) * self.each

    @property
    def axes(self) -> tuple[str, str]:
        """The names of the last axis of the input and of the state."""
        return ("channels", "filters") if self.window else ("features", "units")

    @property
    def weights(self) -> tuple[Weight, ...]:
        """Its arrays, with Keras' shapes; each row of a bias is listed by itself."""
        units, width = self.units, len(self.gates) * self.units
        entering, state = ((*self.window, size) for size in (self.features, units))
        rows = range(len(self.biases))
        bias = (width,) if len(rows) < 2 else (len(rows), width)
        return (
            Weight("kernel", None, (*entering, width), (*entering, units), self.axes[0]),
            Weight("recurrent_kernel", None, (*state, width), (*state, units), self.axes[1]),
            *(Weight("bias", row if len(rows) > 1 else None, bias, (units,), "batch") for row in rows),
        )


LSTM_GATES = (
    Gate("i", "input gate", "i"),
    Gate("f", "forget gate", "f"),
    Gate("c", "candidate", "c̃"),
    Gate("o", "output gate", "o"),
)
GATES: Mapping[str, tuple[Gate, ...]] = {
    "LSTM": LSTM_GATES,
    "ConvLSTM": LSTM_GATES,
    "GRU": (
        Gate("z", "update gate", "z"),
        Gate("r", "reset gate", "r"),
        Gate("h", "candidate", "h̃"),
    ),
    "SimpleRNN": (Gate("h", "the only one", "h"),),
}

EQUATIONS: Mapping[str, tuple[str, ...]] = {
    # {s} is the recurrent activation, {a} the activation, {b_i} a bias if there is one.
    "LSTM": (
        "i = {s}(x_t·W_i + h_{{t−1}}·U_i{b_i})",
        "f = {s}(x_t·W_f + h_{{t−1}}·U_f{b_f})",
        "c̃ = {a}(x_t·W_c + h_{{t−1}}·U_c{b_c})",
        "o = {s}(x_t·W_o + h_{{t−1}}·U_o{b_o})",
        "c_t = f ⊙ c_{{t−1}} + i ⊙ c̃",
        "h_t = o ⊙ {a}(c_t)",
    ),
    "ConvLSTM": (
        "i = {s}(x_t ∗ W_i + h_{{t−1}} ∗ U_i{b_i})",
        "f = {s}(x_t ∗ W_f + h_{{t−1}} ∗ U_f{b_f})",
        "c̃ = {a}(x_t ∗ W_c + h_{{t−1}} ∗ U_c{b_c})",
        "o = {s}(x_t ∗ W_o + h_{{t−1}} ∗ U_o{b_o})",
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
SOURCES: Mapping[str, str] = {
    "LSTM": "keras/src/layers/rnn/lstm.py",
    "ConvLSTM": "keras/src/layers/rnn/conv_lstm.py",
    "GRU": "keras/src/layers/rnn/gru.py",
    "SimpleRNN": "keras/src/layers/rnn/simple_rnn.py",
}
"""The files of Keras that compute EQUATIONS."""

SIGNS: Mapping[str, str] = {"sigmoid": "σ", "linear": ""}


def find_family(kind: str) -> str:
    """The key of GATES: "LSTM" for an LSTM and an LSTMCell, "ConvLSTM" for a ConvLSTM2D."""
    return CELL_OR_RANK.sub("", kind)


def find_cell(node: Node, features: int, entering: Shape = (), state: Shape = ()) -> Cell | None:
    """The cell of a recurrent layer that reads so many features; None for any other layer.

    For a ConvLSTM `features` are the channels; `entering` and `state` are the spatial sizes of a timestep's
    input and of the state.
    """
    family = find_family(node.kind)
    gates = GATES.get(family)
    window = sizes(node, "kernel_size", len(entering)) if entering else ()
    units = argument(node, "filters" if window else "units")
    if gates is None or not isinstance(units, int):
        return None
    after = family == "GRU" and argument(node, "reset_after") is True
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
    if family == "SimpleRNN":
        letters["b_h"] = " + b" if biases else ""
    equations = EQUATIONS["GRU reset_after" if after else family]
    return Cell(
        kind=family,
        features=features,
        units=units,
        gates=gates,
        biases=biases,
        equations=tuple(equation.format(**letters) for equation in equations),
        activation=activation or "id",
        recurrent_activation=recurrent or "id",
        reset_after=after,
        window=window,
        entering=entering,
        state=state,
    )


def _sign(node: Node, name: str) -> str:
    value = argument(node, name)
    return SIGNS.get(value, value) if isinstance(value, str) else ""


def spell_equation(equation: str) -> tuple[Span, ...]:
    """An equation as text with real subscripts."""
    spans, end = [], 0
    for match in SUBSCRIPT.finditer(equation):
        spans += [Span(equation[end : match.start()]), Span(match[1] or match[2], "sub")]
        end = match.end()
    return tuple(span for span in (*spans, Span(equation[end:])) if span.text)


def say_equation(equation: str) -> str:
    """An equation as plain text."""
    return SUBSCRIPT.sub(lambda match: f"_{match[1] or match[2]}", equation)
