"""Old spellings: what Keras 1 and 2 called what Keras 3 calls otherwise. Each use is read, and noted."""

from collections.abc import Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Value

LAYERS: Mapping[str, str] = {
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "TimeDistributedDense": "TimeDistributed",
}
"""Classes that are gone, and the class that does their work."""

ANY_KIND: Mapping[str, str] = {
    "W_constraint": "kernel_constraint",
    "W_regularizer": "kernel_regularizer",
    "U_constraint": "recurrent_constraint",
    "U_regularizer": "recurrent_regularizer",
    "b_constraint": "bias_constraint",
    "b_regularizer": "bias_regularizer",
    "bias": "use_bias",
    "border_mode": "padding",
    "concat_axis": "axis",
    "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout",
    "filter_length": "kernel_size",
    "init": "kernel_initializer",
    "inner_activation": "recurrent_activation",
    "inner_init": "recurrent_initializer",
    "nb_filter": "filters",
    "output_dim": "units",
    "p": "rate",
    "pool_length": "pool_size",
    "stride": "strides",
    "subsample": "strides",
    "subsample_length": "strides",
}
"""Arguments that were renamed: read under the new name by every layer that knows it."""

ONE_KIND: Mapping[tuple[str, str], str] = {
    ("UpSampling1D", "length"): "size",
    ("Embedding", "init"): "embeddings_initializer",
}

GONE: Mapping[str, str] = {
    "consume_less": "It chose between ways to compute the same.",
    "forget_bias_init": "It set a starting value.",
    "implementation": "It chose between ways to compute the same.",
    "mode": "Keras 3 has one mode only.",
    "time_major": "Keras 3 always puts the batch axis first.",
    "virtual_batch_size": "It does not exist in Keras 3.",
    "fused": "It chose between ways to compute the same.",
}
"""Arguments that were dropped without a successor, and why nothing is lost."""


def modernise_arguments(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> dict[str, Value]:
    """The arguments under the names that Keras 3 gives them. What Keras 3 knows is left alone."""
    modern: dict[str, Value] = {}
    for name, value in given.items():
        new = ONE_KIND.get((kind.name, name), ANY_KIND.get(name))
        if kind.argument(name):
            modern[name] = value
        elif new is not None and kind.argument(new):
            interpreter.notes.add("old-spelling", interpreter.line, old=f"{name}=", new=f"{new}=")
            modern[new] = value
        elif name in GONE:
            interpreter.notes.add(
                "argument-ignored", interpreter.line, argument=f"{name}=", kind=kind.name, reason=GONE[name]
            )
        else:
            modern[name] = value
    return modern
