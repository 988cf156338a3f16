"""Random arguments of a layer: small numbers that often fit, and now and then one that does not."""

from typing import Any

from hypothesis import strategies as st

from app.architecture.catalogue import CELL, KINDS, Argument, Kind

LEFT_OUT = ("ignored", "tensor", "tensors")
"""Arguments that never reach Keras, and those that are tensors."""

FEW = 5
"""Sizes are small, so that weights are made quickly; sums and products still tell them apart."""

CELLS = sorted(kind.name for kind in KINDS.values() if kind.category == CELL)
SEQUENCE_LAYERS = ["ConvLSTM1D", "GRU", "LSTM", "RNN", "SimpleRNN"]
PER_STEP_LAYERS = ["BatchNormalization", "Conv1D", "Conv2D", "Dense", "Dropout", "Flatten", "LSTM", "Reshape"]
NORMED_LAYERS = ["Conv2D", "Dense", "Embedding", "LSTM"]

sizes = st.integers(1, FEW)
shares = st.sampled_from([0.0, 0.1, 0.5])

BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "alpha": shares,
    "axes": st.integers(1, 3) | st.lists(st.integers(-1, 3), min_size=2, max_size=2),
    "axis": st.integers(-3, 3),
    "bias_axes": st.sampled_from(["c", "d", "e", "y", "cd", "z"]),
    "bin_boundaries": st.just([0.0, 1.0, 2.0]),
    "dims": st.permutations([1, 2]) | st.permutations([1, 2, 3]),
    "equation": st.sampled_from(
        ["ab,bc->ac", "abc,cd->abd", "abc,cde->abde", "...x,xy->...y", "abc,bd->adc", "abc,cd", "ab->a"]
    ),
    "groups": st.sampled_from([1, 2, 3, -1]),
    "input_dim": st.integers(1, 9),
    "idf_weights": st.sampled_from([[0.5, 2.0], [1.0, 2.0, 3.0]]),
    "kernel_size": st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=1, max_size=3),
    "ngrams": st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=1, max_size=2),
    "noise_shape": st.lists(st.none() | st.just(1), min_size=1, max_size=4),
    "num_key_value_heads": st.integers(1, 2),
    "num_query_heads": st.sampled_from([2, 4, 3]),
    "output_size": st.integers(1, 3) | st.lists(st.integers(1, 3), min_size=1, max_size=3),
    "padding": st.integers(0, 2) | st.lists(st.integers(0, 2), min_size=1, max_size=3),
    "scale": st.sampled_from([0.5, 1.0]),
    "shared_axes": st.lists(st.integers(1, 3), min_size=1, max_size=2),
    "target_shape": st.lists(st.sampled_from([-1, 1, 2, 3, 4, 6, 12]), min_size=1, max_size=3),
    "value_range": st.just([0, 1]),
    "vocabulary": st.sampled_from([["a", "b"], ["a", "b", "c"], [3, 4], [5, 6, 7]]),
    "window": st.sampled_from(["hann", "hamming", "blackman", "unheard-of"]),
}
"""Arguments whose type alone says too little. Choices keep to their choices, booleans to theirs."""

BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "boolean": st.booleans(),
    "integer": sizes,
    "number": shares,
    "text": st.sampled_from(["", "ab", "ab,bc->ac", "a->b->c", "channels_first", "same", "valid", "float32"]),
    "numbers": shares | st.just([0.1, 0.2]),
    "pairs": st.integers(0, 2) | st.lists(st.lists(st.integers(0, 2), min_size=2, max_size=2), max_size=3),
    "shape": sizes | st.lists(sizes, min_size=1, max_size=3),
}

WRONG: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.sampled_from(["unheard-of", "", "same ", "float31"]),
    "integer": st.sampled_from([0, -1, -7]) | st.lists(st.integers(-1, 3), max_size=4),
    "number": st.sampled_from([-1.0, 1.5, 7]),
    "numbers": st.just([]) | st.sampled_from([-2.0, 3]) | st.lists(shares, min_size=3, max_size=3),
    "pairs": st.integers(-2, -1) | st.lists(st.integers(0, 3), max_size=4),
    "shape": st.integers(-2, 0) | st.lists(st.integers(-2, 3), max_size=5),
}
"""Of the right type, and most often refused by Keras. What Keras is never asked about is tested elsewhere."""

LAYERS_IN = {
    "backward_layer": SEQUENCE_LAYERS,
    "cell": CELLS,
    "cells": CELLS,
    "layers": PER_STEP_LAYERS,
    "Bidirectional": SEQUENCE_LAYERS,
    "SpectralNormalization": NORMED_LAYERS,
    "TimeDistributed": PER_STEP_LAYERS,
}
"""What stands inside another layer, by the argument, or by the kind where it says more."""


@st.composite
def arguments(draw: st.DrawFn, kind: Kind, depth: int = 2) -> dict[str, Any]:
    """The required arguments of a kind, and some of the others."""
    wanted = [argument for argument in kind.arguments if argument.type not in LEFT_OUT]
    required = [argument for argument in wanted if argument.required]
    others = [argument for argument in wanted if not argument.required and argument.name != "trainable"]
    chosen = draw(st.lists(st.sampled_from(others), max_size=3, unique_by=id)) if others else []
    given = {
        argument.name: draw(value(kind, argument, depth))
        for argument in [*required, *chosen]
        if argument.type != "layer" or depth > 0
    }
    if kind.argument("trainable") and draw(st.integers(0, 9)) == 0:
        given["trainable"] = False
    return given


def value(kind: Kind, argument: Argument, depth: int) -> st.SearchStrategy[Any]:
    """A value that often fits; one time in thirty, one that seldom does."""
    fitting = fitting_value(kind, argument, depth)
    wrong = WRONG.get(argument.type)
    return fitting if wrong is None else st.integers(0, 29).flatmap(lambda n: wrong if n == 29 else fitting)


def fitting_value(kind: Kind, argument: Argument, depth: int) -> st.SearchStrategy[Any]:
    """A value of the argument's type, or of what its name says."""
    if argument.type == "layer":
        inside = layers_in(LAYERS_IN.get(argument.name) or LAYERS_IN[kind.name], depth)
        several = st.lists(inside, min_size=1, max_size=2)
        return {"cells": several, "layers": several, "cell": inside | several}.get(argument.name, inside)
    if argument.type == "choice":
        return st.sampled_from(argument.choices) if argument.choices else st.none()
    by_name = argument.name in BY_NAME and argument.type != "boolean"
    return BY_NAME[argument.name] if by_name else BY_TYPE[argument.type]


@st.composite
def layers_in(draw: st.DrawFn, kinds: list[str], depth: int) -> dict[str, Any]:
    """A layer inside another one."""
    kind = KINDS[draw(st.sampled_from(kinds))]
    return {"kind": kind.name, "arguments": draw(arguments(kind, depth - 1))}
