"""Checks of argument values: by themselves, for the kind of layer, and for the layer's input."""

import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import JsonValue

from app.architecture.catalogue import CELL, KINDS, Argument
from app.architecture.spec import INPUT
from app.report.arguments import argument, list_cells, wrapped
from app.report.explain.causes import RECURRENT
from app.report.explain.failure import Part
from app.report.explain.types import say_expected
from app.report.explain.words import join_words, write_value
from app.report.numbers import write_size

COUNTS = {
    *("filters", "groups", "head_dim", "input_dim", "key_dim", "n", "num_bins", "num_heads"),
    *("num_key_value_heads", "num_query_heads", "output_dim", "units"),
}
"""Arguments that are one positive integer in every layer."""

COUNTS_PER_AXIS = {"dilation_rate", "kernel_size", "pool_size", "size", "strides"}
"""Arguments that are one positive integer, or a list with one per axis."""

CHECKED_WORDS = {"seed": "an integer", "use_cudnn": '"auto", True or False'}
"""What arguments are that change no shape, and that Keras checks."""

ENDS = {"cropping", "padding"}
"""Arguments that are one number, or a list with one number or pair for every axis."""

MOST_WORDS = 7
"""How many known words a problem lists at most."""

Wrong = tuple[str, str]
"""The name of an argument, and what its value must be."""


def check_argument(known: Argument, value: JsonValue, message: str) -> str | None:
    """What the value must be; None if it is valid. `message` is what Keras said."""
    numbers = value if isinstance(value, list) and known.name in COUNTS_PER_AXIS else [value]
    if known.name in COUNTS | COUNTS_PER_AXIS:
        is_exact = known.name in message
        counts = all(_is_count(number, is_exact) for number in numbers)
        return None if counts else "a positive integer"
    if known.type == "ignored":
        return CHECKED_WORDS.get(known.name) or "a name that Keras knows, or an object of Keras"
    if known.type == "layer":
        return None if isinstance(value, dict | list) else "a layer"
    if expected := say_expected(known.name, known.type, value, message):
        return expected
    if known.name == "rate" and isinstance(value, int | float) and not 0 <= value <= 1:
        return "a fraction between 0 and 1"
    # Keras may take more words than the catalogue lists, so this is wrong only if Keras says so.
    if known.type == "choice" and value not in known.choices and str(value) in message:
        return (
            f"one of {join_words(known.choices, 'or')}"
            if len(known.choices) <= MOST_WORDS
            else "a name that Keras knows"
        )
    return None


def _is_count(value: JsonValue, is_exact: bool) -> bool:
    """Whether it is a positive integer; True is one, unless `is_exact`."""
    return isinstance(value, int) and value > 0 and not (is_exact and isinstance(value, bool))


def check_layer(part: Part) -> Iterator[Wrong]:
    """The arguments that are invalid for this kind of layer, for its input, or together."""
    yield from _check_numbers_of_sizes(part)
    if check := _CHECKS_OF_KIND.get(part.node.kind):
        yield from check(part)


def find_dimensions(kind: str) -> int | None:
    """How many axes a kind moves along, as its name tells: 2 for `Conv2D`; else None."""
    named = re.search(r"([123])D", kind)
    return int(named[1]) if named else None


def _check_numbers_of_sizes(part: Part) -> Iterator[Wrong]:
    dimensions = find_dimensions(part.node.kind)
    for name in sorted({*COUNTS_PER_AXIS, *ENDS} & part.node.arguments.keys()):
        value = part.node.arguments[name]
        if dimensions and isinstance(value, list) and len(value) != dimensions > 1:
            yield name, f"one number, or {dimensions}: one for each axis that {part.node.kind} moves along"


def _check_heads(part: Part) -> Iterator[Wrong]:
    queries, others = argument(part.node, "num_query_heads"), argument(part.node, "num_key_value_heads")
    if isinstance(queries, int) and isinstance(others, int) and others > 0 and queries % others:
        yield "num_query_heads", f"a multiple of num_key_value_heads={others}"


def _check_shared_axes(part: Part) -> Iterator[Wrong]:
    axes, rank = argument(part.node, "shared_axes"), len(part.shape or ())
    if isinstance(axes, list) and any(not isinstance(axis, int) or not 0 < axis < rank for axis in axes):
        yield "shared_axes", f"numbers from 1 to {rank - 1}, since the input has {rank} axes"


def _check_bidirectional(part: Part) -> Iterator[Wrong]:
    inner = wrapped(part.node)
    if inner and inner.kind not in RECURRENT:
        yield "layer", f"a recurrent layer such as LSTM, not {inner.kind}"


def _check_convolution(part: Part) -> Iterator[Wrong]:
    filters, groups = argument(part.node, "filters"), argument(part.node, "groups")
    first = argument(part.node, "data_format") == "channels_first"
    channels = part.shape[1 if first else -1] if part.shape and len(part.shape) > 1 else None
    if not isinstance(groups, int) or groups < 1:
        return
    if isinstance(filters, int) and filters % groups:
        yield "groups", f"a number that divides filters={filters}"
    if channels is not None and channels % groups:
        yield "groups", f"a number that divides the {write_size(channels)} channels of the input"
    strides, dilation = argument(part.node, "strides"), argument(part.node, "dilation_rate")
    if _exceeds_one(strides) and _exceeds_one(dilation):
        yield "strides", f"1 where the dilation_rate is {write_value(dilation)}"


def _exceeds_one(value: JsonValue) -> bool:
    return any(isinstance(size, int) and size > 1 for size in (value if isinstance(value, list) else [value]))


def _check_groups(part: Part) -> Iterator[Wrong]:
    groups, axis = argument(part.node, "groups"), argument(part.node, "axis")
    rank = len(part.shape or ())
    channels = part.shape[axis] if part.shape and isinstance(axis, int) and -rank <= axis < rank else None
    if channels and isinstance(groups, int) and groups != -1 and (groups < 1 or channels % groups):
        yield "groups", f"a number that divides the {write_size(channels)} channels of the input, or −1"


def _check_cells(part: Part) -> Iterator[Wrong]:
    for cell in list_cells(part.node):
        kind = KINDS.get(cell.kind)
        if kind and kind.category != CELL:
            yield "cell", f"a cell such as LSTMCell, not {cell.kind}"


def _check_input(part: Part) -> Iterator[Wrong]:
    sizes = argument(part.node, "batch_shape")
    if isinstance(sizes, list) and any(isinstance(size, int) and size < 0 for size in sizes):
        yield "batch_shape", "sizes of 0 or more, with None, not −1, where any length may come"


def _check_permute(part: Part) -> Iterator[Wrong]:
    dims = argument(part.node, "dims")
    places = list(range(1, len(dims) + 1)) if isinstance(dims, list) else []
    if isinstance(dims, list) and sorted(size or 0 for size in dims if isinstance(size, int)) != places:
        yield (
            "dims",
            f"the numbers {join_words([str(place) for place in places])}, each once (the batch is axis 0)",
        )


def _check_reshape(part: Part) -> Iterator[Wrong]:
    target = argument(part.node, "target_shape")
    if not isinstance(target, list):
        yield "target_shape", "a list of sizes without the batch, such as (4, 5)"
    elif target.count(-1) > 1 or any(isinstance(size, int) and size < -1 for size in target):
        yield "target_shape", "positive sizes, with −1 for at most one that Keras works out"


def _check_axis(part: Part) -> Iterator[Wrong]:
    axis = argument(part.node, "axis")
    rank = len(part.shape or ())
    axes = axis if isinstance(axis, list) else [axis]
    if rank and any(isinstance(place, int) and not -rank <= place < rank for place in axes):
        yield "axis", f"a number from {-rank} to {rank - 1}, since the input has {rank} axes"


_CHECKS_OF_KIND: Mapping[str, Callable[[Part], Iterator[Wrong]]] = {
    "BatchNormalization": _check_axis,
    "Bidirectional": _check_bidirectional,
    "Concatenate": _check_axis,
    "Conv1D": _check_convolution,
    "Conv2D": _check_convolution,
    "Conv3D": _check_convolution,
    "GroupNormalization": _check_groups,
    "GroupQueryAttention": _check_heads,
    INPUT: _check_input,
    "RNN": _check_cells,
    "LayerNormalization": _check_axis,
    "PReLU": _check_shared_axes,
    "Permute": _check_permute,
    "Reshape": _check_reshape,
}
