"""What arguments were called in earlier versions of Keras."""

from collections.abc import Mapping

OLD_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "W_constraint": ("kernel_constraint", "embeddings_constraint"),
    "W_regularizer": ("kernel_regularizer", "embeddings_regularizer"),
    "U_regularizer": ("recurrent_regularizer",),
    "atrous_rate": ("dilation_rate",),
    "b_constraint": ("bias_constraint",),
    "b_regularizer": ("bias_regularizer",),
    "beta_init": ("beta_initializer",),
    "bias": ("use_bias",),
    "border_mode": ("padding",),
    "concat_axis": ("axis",),
    "dim_ordering": ("data_format",),
    "dropout_U": ("recurrent_dropout",),
    "dropout_W": ("dropout",),
    "filter_length": ("kernel_size",),
    "gamma_init": ("gamma_initializer",),
    "init": ("kernel_initializer", "embeddings_initializer"),
    "inner_activation": ("recurrent_activation",),
    "inner_init": ("recurrent_initializer",),
    "kernel": ("kernel_size",),
    "keep_prob": ("rate",),
    "length": ("size",),
    "nb_filter": ("filters",),
    "nb_filters": ("filters",),
    "num_units": ("units",),
    "hidden_size": ("units",),
    "output_dim": ("units", "filters"),
    "p": ("rate",),
    "pool_length": ("pool_size",),
    "stride": ("strides",),
    "subsample": ("strides",),
    "subsample_length": ("strides",),
    "vocab_size": ("input_dim",),
}
"""By the old name: today's, of which a layer has the first or the next."""

DROPPED: Mapping[str, str] = {
    "batch_input_shape": "The shape of the data belongs to an Input layer: Input(batch_shape=…).",
    "batch_size": "The batch size belongs to an Input layer: Input(shape, batch_size=…).",
    "consume_less": "Keras chooses the implementation by itself.",
    "implementation": "Keras chooses the implementation by itself.",
    "input_dim": "The shape of the data belongs to an Input layer: Input((timesteps, features)).",
    "input_length": "The number of timesteps belongs to an Input layer: Input((timesteps, features)).",
    "input_shape": "The shape of the data belongs to an Input layer: Input(shape).",
    "mode": "There is a layer of its own for each mode, such as Concatenate, Add or Multiply.",
    "time_major": "The axes are always (batch, timesteps, features); Permute exchanges two of them.",
    "weights": "Weights are set after the model is built, with set_weights().",
}
"""Arguments that are gone without a successor, and what to do instead."""
