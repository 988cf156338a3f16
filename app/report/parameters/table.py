"""RULES: the formula of each kind of layer."""

from collections.abc import Callable, Mapping

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import integer, wrapped
from app.report.arithmetic import Term, number
from app.report.parameters.attention import count_grouped_heads, count_heads
from app.report.parameters.normalizations import count_normalized
from app.report.parameters.units import count_cells, count_dense, count_embedding, count_recurrent
from app.report.parameters.windows import count_convolution, count_convolutional_lstm, count_depthwise

Rule = Callable[[Node, tuple[Shape, ...]], Term | None]
"""From a layer and its input shapes, of which there is at least one. None if the layer is not of a usual
form."""


def find_formula(node: Node, shapes: tuple[Shape, ...]) -> Term | None:
    """How many numbers a layer learns for inputs of these shapes; None if there is no rule for its kind."""
    rule = RULES.get(node.kind)
    return rule(node, shapes) if rule else None


def _count_both_ways(node: Node, shapes: tuple[Shape, ...]) -> Term | None:
    inner = wrapped(node)
    one_way = find_formula(inner, shapes[:1]) if inner else None
    return number(2).times(one_way) if one_way else None


def _count_one_step(node: Node, shapes: tuple[Shape, ...]) -> Term | None:
    inner = wrapped(node)
    return find_formula(inner, ((shapes[0][0], *shapes[0][2:]),)) if inner else None


def _count_spectral(node: Node, shapes: tuple[Shape, ...]) -> Term | None:
    """The layer inside, and a vector as long as its kernel's last axis, which is not trained."""
    inner = wrapped(node)
    formula = find_formula(inner, shapes) if inner else None
    if inner is None or formula is None:
        return None
    last = integer(inner, "units") or integer(inner, "filters") or integer(inner, "output_dim")
    return formula.plus(number(last))


RULES: Mapping[str, Rule] = {
    "BatchNormalization": count_normalized(always=2),
    "Bidirectional": _count_both_ways,
    "Dense": count_dense,
    "Embedding": count_embedding,
    "GRU": count_recurrent,
    "GroupNormalization": count_normalized(always=0),
    "GroupQueryAttention": count_grouped_heads,
    "LSTM": count_recurrent,
    "LayerNormalization": count_normalized(always=0),
    "MultiHeadAttention": count_heads,
    "RMSNormalization": count_normalized(always=1),
    "RNN": count_cells,
    "ReversibleEmbedding": count_embedding,
    "SimpleRNN": count_recurrent,
    "SpectralNormalization": _count_spectral,
    "TimeDistributed": _count_one_step,
    **{
        f"Conv{rank}D{transposed}": count_convolution
        for rank in (1, 2, 3)
        for transposed in ("", "Transpose")
    },
    **{f"ConvLSTM{rank}D": count_convolutional_lstm for rank in (1, 2, 3)},
    **{f"{kind}Conv{rank}D": count_depthwise for rank in (1, 2) for kind in ("Depthwise", "Separable")},
}
"""By kind. For a kind that is missing here, the sizes of its weights are shown."""
