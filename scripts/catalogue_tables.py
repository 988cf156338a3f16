"""Tables for `make_catalogue.py`: what Keras' documentation does not say about its layers."""

import re

CATEGORIES = {
    "core": "core",
    "rnn": "recurrent",
    "convolutional": "convolution",
    "pooling": "pooling",
    "reshaping": "reshaping",
    "merging": "merging",
    "attention": "attention",
    "activations": "activation",
    "regularization": "regularization",
    "normalization": "normalization",
    "preprocessing": "preprocessing",
}
"""By Keras' folder, in the order of the catalogue."""

IMAGE, CELL = "image", "cell"
"""The categories of image preprocessing, and of what only works inside an RNN."""

LISTED = frozenset({"AdditiveAttention", "Attention", "HashedCrossing"})
"""Layers besides the merging ones that are called on a list of tensors."""

# Nothing of these changes a shape, a mask or a count.
IGNORED = re.compile(
    r".*_(initializer|regularizer|constraint)|seed|weights|name|autocast|quantization_config|use_cudnn"
    r"|input_tensor|sparse|ragged|optional|renorm_clipping|unit_forget_bias|flash_attention"
    r"|gptq_unpacked_column_size|bounding_box_format"
)

TYPES = {
    "attention_axes": "shape",
    "axes": "shape",
    "bias_axes": "text",
    "cell": "layer",
    "cells": "layer",
    "equation": "text",
    "lora_alpha": "number",
    "idf_weights": "numbers",
    "layers": "layer",
    "ngrams": "shape",
    "reverse_dtype": "choice",
    "shared_axes": "shape",
    **dict.fromkeys(("fill_value", "logit_soft_cap", "mask_value"), "number"),
    **dict.fromkeys(("head_dim", "height", "key_dim", "max_number", "num_bins", "num_heads"), "integer"),
    **dict.fromkeys(("num_key_value_heads", "num_query_heads", "num_tokens"), "integer"),
    **dict.fromkeys(("fft_length", "frame_step", "max_tokens", "output_sequence_length"), "integer"),
    "vocabulary_size": "integer",
    **dict.fromkeys(("output_padding", "salt", "sliding_window", "value_dim", "width"), "integer"),
    **dict.fromkeys(("encoding", "mask_token", "oov_token", "vocabulary_dtype"), "text"),
    **dict.fromkeys(("bin_boundaries", "mean", "offset", "sigma", "value_range", "variance"), "numbers"),
}
"""By the argument's name, where neither its default nor its description shows the type."""

TYPES_OF_KIND = {
    "IntegerLookup": {"mask_token": "integer", "oov_token": "integer", "vocabulary": "numbers"},
    "STFTSpectrogram": {"window": "text"},
    "StringLookup": {"vocabulary": "texts"},
    "TextVectorization": {"vocabulary": "texts"},
}
"""The same, where an argument of that name is of another type in another layer."""

NUMBERS = re.compile(r"(\w+_)?factor|scale")
"""Arguments that are one number or several, unless their default is True or False."""

CHOICES = {
    "data_format": ["channels_last", "channels_first"],
    "fill_mode": ["constant", "nearest", "wrap", "reflect"],
    "interpolation": ["nearest", "bilinear"],
    "mode": ["horizontal", "vertical", "horizontal_and_vertical"],
    "output_mode": ["int", "one_hot", "multi_hot", "count"],
}
"""The texts to choose from, where Keras' docstring does not list them."""

HELP = {
    "activity_regularizer": "Regularizer function applied to the output of the layer.",
    "all_ops": "Whether operations that also change the colours are among those applied.",
    "alpha": "Parameter of the distribution that the mixing weights are drawn from.",
    "antialias": "Whether to filter an image before it is made smaller.",
    "autocast": "Whether floating-point inputs are cast to the layer's dtype.",
    "axis": "The axis or axes that the layer works on, counted with the batch axis.",
    "batch_shape": "Sizes of all axes, the batch axis first; None where a size is not known in advance.",
    "batch_size": "Number of samples in a batch; None where it may vary.",
    "bin_boundaries": "The numbers at which one bin ends and the next begins.",
    "cells": "The cells, the first one first; each reads what the one before it gives.",
    "chain_depth": "How many operations are applied one after the other.",
    "data_format": "Whether the channels are the last axis or the first one after the batch.",
    "dilation_rate": "Distance between the elements of the window.",
    "dtype": "The type of the layer's computations and weights.",
    "epsilon": "How far quantiles may be off when the boundaries are learnt from data.",
    "factor": "How strong the change is: one number, or a lower and an upper limit.",
    "fill_mode": "What is put where a changed image has no pixels.",
    "fill_value": "The number that is put where there is nothing.",
    "gptq_unpacked_column_size": "Column size of a quantized kernel.",
    "height": "The height of the output.",
    "input_tensor": "An existing tensor to wrap.",
    "interpolation": "How pixels between pixels are computed.",
    "kernel_size": "Size of the window.",
    "layer": "The layer that is applied to every timestep.",
    "layers": "The layers, the first one first; each reads what the one before it gives.",
    "lora_alpha": "Scaling of the low-rank adaptation.",
    "mask_value": "A timestep whose values all equal this one is skipped.",
    "mode": "Along which axes images are flipped.",
    "name": "The layer's name, unique in its model.",
    "num_bins": "The number of bins.",
    "num_chains": "How many chains of operations are mixed.",
    "num_ops": "How many operations are applied one after the other.",
    "optional": "Whether the input may be None.",
    "output_mode": "Whether bins leave as numbers, or as vectors with a place for each bin.",
    "output_padding": "Additional size of each axis on one side of the output.",
    "quantization_config": "How the layer is quantized.",
    "ragged": "Whether the input is a ragged tensor.",
    "renorm": "Whether to use Batch Renormalization.",
    "renorm_clipping": "Limits of the corrections of Batch Renormalization.",
    "renorm_momentum": "Momentum of the moving averages of Batch Renormalization.",
    "scale": "Size of the changed regions or of the displacement, relative to the image.",
    "seed": "Seed of the random numbers.",
    "shape": "Sizes of the axes without the batch axis.",
    "sigma": "Standard deviation of the blur, or its lower and upper limit.",
    "sparse": "Whether the input is a sparse tensor.",
    "trainable": "Whether training changes the layer's weights.",
    "unit_forget_bias": "Whether the forget gate's bias starts at 1.",
    "value_range": "The smallest and the largest number that a pixel can be.",
    "vocabulary_size": "The number of terms, where the vocabulary was learnt from data and is not given.",
    "weights": "Initial values of the weights.",
    "width": "The width of the output.",
}
"""By the argument's name, where Keras' docstring does not describe it."""

HELP_HERE = {"vocabulary": "The terms, in the order of their numbers. A file of them is not read here."}
"""By the argument's name, where not all that Keras' docstring says is true here."""


def help_factor(name: str) -> str:
    """The description of an argument such as `hue_factor`; empty for other names."""
    changed = name.removesuffix("_factor")
    return f"How strongly {changed} changes: a number, or two limits." if changed != name else ""
