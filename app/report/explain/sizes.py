"""Rules for sizes: unknown ones, ones that do not divide evenly, and ones that come out as zero or less."""

from math import prod

from app.problems import Problem
from app.report.arguments import argument, find_ends, sizes
from app.report.explain.causes import find_kind, find_unknown
from app.report.explain.failure import Failure, Part, Received
from app.report.explain.words import write_shape
from app.report.model import LayerReport
from app.report.numbers import write_size

LEARNING = (
    "BatchNormalization",
    "Bidirectional",
    "Dense",
    "GRU",
    "GroupNormalization",
    "LSTM",
    "LayerNormalization",
    "RMSNormalization",
    "RNN",
    "SimpleRNN",
    *(f"{kind}{rank}D" for kind in ("Conv", "ConvLSTM") for rank in (1, 2, 3)),
    *(f"Conv{rank}DTranspose" for rank in (1, 2, 3)),
    *(f"{kind}Conv{rank}D" for kind in ("Depthwise", "Separable") for rank in (1, 2)),
)
"""Kinds whose weights are as long as an axis of the input."""

LOOKING_UP = frozenset({"IntegerLookup", "StringLookup", "TextVectorization"})
"""Kinds with an axis as long as their vocabulary, which is usually learnt from data."""

WINDOWS = {
    **{f"{kind}Pooling{rank}D": "pool_size" for kind in ("Average", "Max") for rank in (1, 2, 3)},
    **{f"Conv{rank}D": "kernel_size" for rank in (1, 2, 3)},
    **{f"{kind}Conv{rank}D": "kernel_size" for kind in ("Depthwise", "Separable") for rank in (1, 2)},
}
"""Kinds that slide a window, and the argument for its length."""


def explain_undefined_dimension(failure: Failure) -> Problem | None:
    """Weights cannot be made, as one of their sizes would be an unknown size of the input."""
    tensor = failure.first
    part = next((part for part in failure.parts() if part.node.kind in LEARNING), None)
    if tensor is None or part is None or part.shape is None:
        return None
    place = find_weight_axis(part)
    if place is None or part.shape[place] is not None:
        return None
    flatten = find_kind(failure, tensor, "Flatten")
    if flatten and None in flatten.input_shapes[0][1:]:
        return _explain_flatten(failure, flatten)
    source = find_unknown(failure, tensor)
    fix = f"Give {source.name} a fixed size there; only the batch and the timesteps can stay None."
    if source.kind in LOOKING_UP:
        fix = (
            f"Say how many terms {source.name} knows: give it its vocabulary, or vocabulary_size=10_000, "
            "or max_tokens=10_000 with pad_to_max_tokens=True."
        )
    return failure.problem(
        "undefined-last-dimension",
        happened=f"{failure.what_came}: the size of its axis {place} is not known.",
        expected=f"{part.node.kind} has weights for each of these, so it must know how many there are.",
        fix=fix,
    )


def find_weight_axis(part: Part) -> int | None:
    """The axis whose size is a size of the weights; None if the shape has no such axis."""
    rank = len(part.shape or ())
    place = argument(part.node, "axis") if part.node.kind.endswith("Normalization") else -1
    if argument(part.node, "data_format") == "channels_first":
        place = 1
    return place % rank if isinstance(place, int) and -rank <= place < rank else None


def _explain_flatten(failure: Failure, flatten: LayerReport) -> Problem:
    read, rank = write_shape(flatten.input_shapes[0]), len(flatten.input_shapes[0]) - 2
    axes, length, whole = (
        ("timesteps times features, and the number of timesteps", "sequence length", "long the sequence")
        if rank == 1
        else ("and of these the size of an axis", "size", "large the image")
    )
    return failure.problem(
        "undefined-last-dimension",
        happened=f"{failure.what_came}: the last size is not known. {flatten.name} made it "
        f"out of {read}, {axes} is None.",
        expected=f"{failure.node.kind} has weights for each feature, so it must know how many there are.",
        fix=f"Give the inputs a fixed {length}; or use GlobalAveragePooling{rank}D instead of "
        f"{flatten.name}, which gives as many features however {whole} is.",
    )


def explain_reshape(failure: Failure) -> Problem | None:
    """A target shape for another number of elements than arrive."""
    target = argument(failure.node, "target_shape")
    if failure.node.kind != "Reshape" or failure.first is None or not isinstance(target, list):
        return None
    arrived, wanted = failure.first.shape[1:], [size for size in target if isinstance(size, int)]
    if None in arrived or len(wanted) < len(target):
        return None
    total, needed = prod(size or 0 for size in arrived), prod(size for size in wanted if size != -1)
    if -1 in wanted:
        expected = (
            f"Sizes besides the −1 whose product divides {write_size(total)}, not {write_size(needed)}."
        )
    else:
        expected = (
            f"A target_shape that holds {write_size(total)} numbers; this one holds {_write_product(wanted)}."
        )
    return failure.problem(
        "reshape-size",
        happened=f"{failure.what_came}: these are {_write_product(arrived)} numbers a sample, "
        f"which do not fit into {write_shape(wanted)}.",
        expected=expected,
        fix=_fix_reshape(total, wanted),
    )


def find_targets(total: int, wanted: list[int]) -> list[list[int]]:
    """The targets in which one size is recomputed so that the product is right, where it divides evenly."""
    without = [
        [*wanted[:place], -1, *wanted[place + 1 :]] for place in range(len(wanted)) if -1 not in wanted
    ]
    return [target for target in without if (rest := -prod(target)) > 0 and total % rest == 0]


def _fix_reshape(total: int, wanted: list[int]) -> str:
    for target in find_targets(total, wanted):
        filled = [total // -prod(target) if size == -1 else size for size in target]
        return f"Use Reshape({write_shape(target)}), in which Keras works out the −1: {write_shape(filled)}."
    return f"Choose sizes with the product {write_size(total)}, without the batch; Keras works out a −1."


def _write_product(shape: list[int] | tuple[int | None, ...]) -> str:
    product = write_size(prod(size or 0 for size in shape))
    return f"{' · '.join(map(write_size, shape))} = {product}" if 1 < len(shape) < 8 else product


def explain_output_size(failure: Failure) -> Problem | None:
    """A window or a cropping that is longer than the sequence, or larger than the image."""
    if failure.first is None or (failure.node.shares and "expected axis" in failure.message):
        # Keras first compares the input with the weights that another call made.
        return None
    if len(failure.first.shape) > 3:
        return _explain_image_size(failure, failure.first)
    if len(failure.first.shape) != 3:
        return None
    if failure.node.kind == "Cropping1D":
        return _explain_cropping(failure, failure.first)
    name = WINDOWS.get(failure.node.kind, "")
    window = sizes(failure.node, name, 1) if name else ()
    place = find_timesteps(failure)
    steps = failure.first.shape[place]
    dilation = sizes(failure.node, "dilation_rate", 1) or (1,)
    if not window or steps is None or (reach := (window[0] - 1) * dilation[0] + 1) <= steps:
        return None
    return failure.problem(
        "output-size-negative",
        happened=f"{failure.what_came}: its window of {_write_reach(name, window[0], dilation[0], reach)} "
        f"is longer than the sequence, {_count_steps(steps)}.",
        expected=f"At least {_count_steps(reach)}, or a shorter window; now nothing comes out.",
        fix=f'Give {failure.said} padding="same", a smaller {name}, or a longer sequence.',
    )


def _explain_image_size(failure: Failure, tensor: Received) -> Problem | None:
    """The first axis on which a window or a cropping does not fit."""
    kind, rank = failure.node.kind, len(tensor.shape)
    first = argument(failure.node, "data_format") == "channels_first"
    places = range(2, rank) if first else range(1, rank - 1)
    name = WINDOWS.get(kind, "")
    windows = sizes(failure.node, name, len(places)) if name else ()
    dilations = sizes(failure.node, "dilation_rate", len(places)) or (1,) * len(places)
    reaches = [(window - 1) * dilation + 1 for window, dilation in zip(windows, dilations, strict=False)]
    if kind.startswith("Cropping"):
        name, reaches = (
            "cropping",
            [sum(ends) + 1 for ends in find_ends(failure.node, "cropping", len(places))],
        )
    for place, reach in zip(places, reaches, strict=False):
        size = tensor.shape[place]
        if size is not None and reach > size:
            axis, needed = tensor.names[place], write_size(reach)
            padding = "" if name == "cropping" else 'padding="same" or '
            return failure.problem(
                "output-size-negative",
                happened=f"{failure.what_came}: its {name} needs a {axis} of {needed}, "
                f"and there is only {write_size(size)}.",
                expected=f"A {axis} of at least {needed}, or a smaller {name}; now nothing comes out.",
                fix=f"Give {failure.said} {padding}a smaller {name}, take pooling or strides before it "
                "away, or use larger images.",
            )
    return None


def find_timesteps(failure: Failure) -> int:
    """The axis along which a window moves."""
    return 2 if argument(failure.node, "data_format") == "channels_first" else 1


def _count_steps(steps: int) -> str:
    return "1 timestep" if steps == 1 else f"{write_size(steps)} timesteps"


def _write_reach(name: str, window: int, dilation: int, reach: int) -> str:
    if dilation == 1:
        return write_size(reach)
    return f"{write_size(reach)} ({name} {write_size(window)} with dilation_rate {write_size(dilation)})"


def _explain_cropping(failure: Failure, tensor: Received) -> Problem | None:
    cut, steps = sizes(failure.node, "cropping", 2), tensor.shape[1]
    if not cut or steps is None or sum(cut) < steps:
        return None
    both = " + ".join(map(write_size, cut))
    return failure.problem(
        "output-size-negative",
        happened=f"{failure.what_came}: it cuts {both} of {_count_steps(steps)}, and leaves none.",
        expected=f"More than {_count_steps(sum(cut))}, or a smaller cut.",
        fix=f"Give {failure.said} a smaller cropping, or a longer sequence.",
    )
