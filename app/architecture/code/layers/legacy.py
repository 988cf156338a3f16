"""Names and arguments of Keras 1 and 2, translated to Keras 3. Each use adds a note."""

import re
from collections.abc import Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.built import spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.values import Unknown, Value

LAYERS: Mapping[str, str] = {
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "ThresholdedReLU": "ReLU",
    "TimeDistributedDense": "TimeDistributed",
}
"""Removed classes, and the classes that replace them."""

ANY_KIND: Mapping[str, str] = {
    "W_constraint": "kernel_constraint",
    "W_regularizer": "kernel_regularizer",
    "U_constraint": "recurrent_constraint",
    "U_regularizer": "recurrent_regularizer",
    "b_constraint": "bias_constraint",
    "b_regularizer": "bias_regularizer",
    "beta_init": "beta_initializer",
    "bias": "use_bias",
    "border_mode": "padding",
    "concat_axis": "axis",
    "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout",
    "dims": "target_shape",
    "filter_length": "kernel_size",
    "gamma_init": "gamma_initializer",
    "init": "kernel_initializer",
    "inner_activation": "recurrent_activation",
    "inner_init": "recurrent_initializer",
    "nb_filter": "filters",
    "output_dim": "units",
    "p": "rate",
    "pool_length": "pool_size",
    "poolsize": "pool_size",
    "sigma": "stddev",
    "stride": "strides",
    "subsample": "strides",
    "subsample_length": "strides",
    "atrous_rate": "dilation_rate",
    "dim_ordering": "data_format",
}
"""Renamed arguments, for every layer that takes the new name."""

ONE_KIND: Mapping[tuple[str, str], str] = {
    ("UpSampling1D", "length"): "size",
    ("Embedding", "W_constraint"): "embeddings_constraint",
    ("Embedding", "W_regularizer"): "embeddings_regularizer",
    ("Embedding", "init"): "embeddings_initializer",
    ("PReLU", "init"): "alpha_initializer",
    ("ReLU", "theta"): "threshold",
}

GONE: Mapping[str, str] = {
    "consume_less": "It chose between ways to compute the same.",
    "forget_bias_init": "It set a starting value.",
    "implementation": "It chose between ways to compute the same.",
    "mode": "Keras 3 has one mode only.",
    "time_major": "Keras 3 always puts the batch axis first.",
    "output_shape": "Keras 3 works it out.",
    "weights": "Starting values change no shape.",
    "truncate_gradient": "Keras 3 learns from all timesteps.",
    "virtual_batch_size": "It does not exist in Keras 3.",
    "fused": "It chose between ways to compute the same.",
}
"""Arguments that were removed without a replacement, and why nothing is lost."""

GONE_FROM: Mapping[tuple[str, str], str] = {
    ("Embedding", "dropout"): "SpatialDropout1D behind the Embedding does it.",
}
"""The same for single kinds, as other kinds still have an argument of that name."""

DIM_ORDERINGS: Mapping[str, str] = {"th": "channels_first", "tf": "channels_last"}

KERNEL = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))
"""One argument for each axis of the kernel, as Keras 1 had them."""

KERAS_1 = re.compile(r"(Atrous|Separable)?Convolution([23])D|Deconvolution([23])D")
"""Classes that took the kernel's axes one by one: `Convolution2D(32, 3, 3)`."""


IN_AND_OUT = frozenset({"Dense", "GRU", "LSTM", "SimpleRNN", "TimeDistributedDense"})
"""Classes that took the size of their input before that of their output."""

KERAS_0 = re.compile(r"\bkeras\.layers\.(core|recurrent)\b")
"""Modules that only code of that age imports from."""


def spread_kernel(interpreter: Interpreter, class_name: str, positional: list[Value]) -> list[Value]:
    """The positional arguments of a Keras 1 convolution, with its kernel sizes joined into one tuple."""
    named = KERAS_1.fullmatch(class_name)
    axes = int(named[2] or named[3]) if named else 0
    if axes and len(positional) > axes + 1 and all(type(size) is int for size in positional[: axes + 2]):
        # Keras 0: the number of filters, that of the input's channels, and the kernel's axes.
        positional = [positional[0], *positional[2:]]
    sizes = positional[1 : 1 + axes]
    if not axes or len(sizes) < axes or not all(isinstance(size, int | Unknown) for size in sizes):
        return positional
    words = ", ".join(spell(size) for size in sizes)
    old = f"{class_name}({spell(positional[0])}, {words})"
    today = LAYERS.get(class_name, class_name.replace("volution", "v"))
    new = f"{today}({spell(positional[0])}, ({words}))"
    interpreter.notes.add("old-spelling", interpreter.line, old=old, new=new)
    return [positional[0], tuple(sizes), *positional[1 + axes :]]


def split_input_size(
    interpreter: Interpreter, class_name: str, positional: list[Value]
) -> tuple[int | None, list[Value]]:
    """Of `LSTM(256, 128)` the size of the input, which stood first in Keras 0, and the other arguments.

    The size is None if the arguments are those of any later Keras.
    """
    sizes = positional[:2]
    is_old = len(sizes) == 2 and class_name in IN_AND_OUT and all(type(size) is int for size in sizes)
    is_gone = class_name in LAYERS
    if not is_old or not (is_gone or any(map(KERAS_0.search, interpreter.source.lines))):
        return None, positional
    old, new = f"{class_name}({sizes[0]}, {sizes[1]})", f"{class_name}({sizes[1]})"
    interpreter.notes.add("old-spelling", interpreter.line, old=old, new=new)
    return sizes[0], positional[1:]


def name_threshold(arguments: Arguments) -> Arguments:
    """The arguments of `ThresholdedReLU(theta=1.0)`, whose first is not that of a ReLU."""
    first = dict(zip(("theta",), arguments.positional, strict=False))
    return Arguments([], {"theta": 1.0, **first, **arguments.keywords})


def _join_kernel(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> dict[str, Value]:
    for names in KERNEL:
        if kind.argument("kernel_size") and any(name in given for name in names):
            sizes = tuple(given[name] for name in names if name in given)
            interpreter.notes.add(
                "old-spelling", interpreter.line, old=f"{names[0]}=, {names[1]}=", new="kernel_size="
            )
            return {
                **{name: value for name, value in given.items() if name not in names},
                "kernel_size": sizes,
            }
    return given


def modernise_arguments(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> dict[str, Value]:
    """The arguments under their Keras 3 names. Names that Keras 3 knows are left alone."""
    if all(map(kind.argument, given)):
        return given
    modern: dict[str, Value] = {}
    for name, value in _join_kernel(interpreter, kind, given).items():
        new = ONE_KIND.get((kind.name, name), ANY_KIND.get(name))
        if kind.argument(name):
            modern[name] = value
        elif new is not None and kind.argument(new):
            interpreter.notes.add("old-spelling", interpreter.line, old=f"{name}=", new=f"{new}=")
            modern[new] = DIM_ORDERINGS.get(value, value) if name == "dim_ordering" else value
        elif reason := GONE_FROM.get((kind.name, name)) or GONE.get(name):
            interpreter.notes.add(
                "argument-ignored", interpreter.line, argument=f"{name}=", kind=kind.name, reason=reason
            )
        else:
            modern[name] = value
    return modern
