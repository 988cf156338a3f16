"""RULES: the rule of each kind of layer."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.flow.course import Call, Course
from app.flow.rules import moves, operations, products
from app.flow.rules.attention import attend, attend_with_heads
from app.flow.rules.merges import concatenate, merge_elements, multiply_and_sum
from app.flow.rules.rearranged import (
    crop_steps,
    cut_anew,
    pad_steps,
    permute_axes,
    repeat_steps,
    repeat_vector,
)
from app.flow.rules.recurrent import run_bidirectional, run_recurrent
from app.flow.rules.steps import (
    activate,
    keep_first_axis,
    keep_steps,
    mix_axes,
    mix_groups,
    mix_last_axis,
    sum_over_letters,
)
from app.flow.rules.windows import pool_everything, pool_to_size, slide_kernel, slide_pool, spread_kernel
from app.report.arguments import wrapped
from app.report.axes.continued import BINARY, COMPARING, LIKE, REDUCING, UNARY

Rule = Callable[[Call], Course | None]


def run_inside(call: Call) -> Course | None:
    """A wrapper that only changes weights: the wrapped layer's own way."""
    inner = wrapped(call.node)
    rule = RULES.get(inner.kind) if inner else None
    return rule(replace(call, node=inner)) if rule and inner else None


ELEMENTWISE = (
    *("ActivityRegularization", "AlphaDropout", "BatchNormalization", "Dropout", "ELU", "GaussianDropout"),
    *("GaussianNoise", "Identity", "InputLayer", "LeakyReLU", "Masking", "Normalization", "PReLU", "ReLU"),
    *("Rescaling", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
)
MERGES = ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract")
RECURRENT = ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN", "SimpleRNN")
SLIDING = ("Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D")

WORKS: Mapping[str, operations.Work] = {
    **dict.fromkeys(UNARY, operations.keep),
    **dict.fromkeys(BINARY, operations.combine),
    **dict.fromkeys(LIKE, operations.forget),
    **dict.fromkeys(REDUCING, operations.reduce),
    **dict.fromkeys(COMPARING, operations.compare),
    **dict.fromkeys(("argsort", "sort"), operations.order),
    **dict.fromkeys(("cumprod", "cumsum"), operations.add_up),
    **dict.fromkeys(("expand_dims", "moveaxis", "one_hot", "squeeze", "stack"), moves.move),
    **dict.fromkeys(("swapaxes", "transpose", "unstack"), moves.move),
    "flip": moves.flip,
    "get_item": moves.index,
    "pad": moves.pad,
    "repeat": moves.repeat,
    "roll": moves.roll,
    "split": moves.split,
    "take": moves.take,
    "tile": moves.tile,
}
"""What functions of keras.ops do along the timesteps."""

RULES: Mapping[str, Rule] = {
    **{f"ops.{name}": operations.go_on(work) for name, work in WORKS.items()},
    "ops.concatenate": concatenate,
    "ops.einsum": products.multiply_letters,
    "ops.matmul": products.multiply,
    "ops.reshape": moves.reshape,
    "Activation": activate,
    "Bidirectional": run_bidirectional,
    "Concatenate": concatenate,
    "Dense": mix_last_axis,
    "Dot": multiply_and_sum,
    "EinsumDense": sum_over_letters,
    "Flatten": cut_anew,
    "GroupNormalization": mix_groups,
    "Permute": permute_axes,
    "RepeatVector": repeat_vector,
    "Reshape": cut_anew,
    "SpectralNormalization": run_inside,
    **dict.fromkeys(ELEMENTWISE, keep_steps),
    **dict.fromkeys(("Embedding", "ReversibleEmbedding", "TimeDistributed"), keep_first_axis),
    **dict.fromkeys(("LayerNormalization", "RMSNormalization", "Softmax", "UnitNormalization"), mix_axes),
    **dict.fromkeys(MERGES, merge_elements),
    **dict.fromkeys(("AdditiveAttention", "Attention"), attend),
    **dict.fromkeys(("GroupQueryAttention", "MultiHeadAttention"), attend_with_heads),
    **dict.fromkeys(RECURRENT, run_recurrent),
    **dict.fromkeys((*SLIDING, "SeparableConv1D", "SeparableConv2D"), slide_kernel),
    **{
        f"{kind}{rank}D{transposed}": rule
        for rank in (1, 2, 3)
        for kind, transposed, rule in (
            ("AdaptiveAveragePooling", "", pool_to_size),
            ("AveragePooling", "", slide_pool),
            ("Conv", "Transpose", spread_kernel),
            ("Cropping", "", crop_steps),
            ("GlobalAveragePooling", "", pool_everything),
            ("GlobalMaxPooling", "", pool_everything),
            ("MaxPooling", "", slide_pool),
            ("UpSampling", "", repeat_steps),
            ("ZeroPadding", "", pad_steps),
        )
    },
}
"""A kind that is not here has no lane: nothing is shown rather than something unproven."""
