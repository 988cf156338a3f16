"""RULES: the rule of each kind of layer."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.flow.course import Call, Course
from app.flow.rules import along, moves, operations, products
from app.flow.rules.attention import attend, attend_in_heads, attend_with_heads
from app.flow.rules.merges import concatenate, merge_elements, multiply_and_sum
from app.flow.rules.rearranged import (
    crop_steps,
    cut_anew,
    pad_steps,
    permute_axes,
    repeat_steps,
    repeat_vector,
)
from app.flow.rules.recurrent import RECURRENT, run_bidirectional, run_recurrent
from app.flow.rules.steps import (
    activate,
    keep_first_axis,
    keep_steps,
    mix_axes,
    mix_groups,
    mix_last_axis,
    sum_over_letters,
)
from app.flow.rules.windows import (
    pick_maxima,
    pool_everything,
    pool_to_size,
    slide_kernel,
    slide_pool,
    spread_kernel,
)
from app.report.arguments import wrapped
from app.report.axes import families

Rule = Callable[[Call], Course | None]


def run_inside(call: Call) -> Course | None:
    """A wrapper that only changes weights: the rule of the wrapped layer."""
    inner = wrapped(call.node)
    rule = RULES.get(inner.kind) if inner else None
    return rule(replace(call, node=inner)) if rule and inner else None


ELEMENTWISE = (
    *("ActivityRegularization", "AlphaDropout", "BatchNormalization", "Dropout", "ELU", "GaussianDropout"),
    *("GaussianNoise", "Identity", "InputLayer", "LeakyReLU", "Masking", "Normalization", "PReLU", "ReLU"),
    *("Rescaling", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
)
MERGES = ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract")
SLIDING = ("Conv1D", "Conv2D", "Conv3D", "DepthwiseConv1D", "DepthwiseConv2D")

WORKS: Mapping[str, operations.Work] = {
    **dict.fromkeys(families.UNARY, operations.keep),
    **dict.fromkeys(families.BINARY, operations.combine),
    **dict.fromkeys(families.LIKE, operations.forget),
    **dict.fromkeys(families.REDUCING, operations.reduce),
    **dict.fromkeys(families.COMPARING, along.compare),
    **dict.fromkeys(families.ORDERING, along.order),
    **dict.fromkeys(families.ADDING_UP, along.add_up),
    **dict.fromkeys(families.FLIPPING, moves.flip),
    **dict.fromkeys(families.SPLITTING, moves.split),
    **dict.fromkeys(("expand_dims", "moveaxis", "one_hot", "squeeze", "stack"), moves.move),
    **dict.fromkeys(("swapaxes", "transpose", "unstack", "view_as_real"), moves.move),
    **dict.fromkeys(("det", "inv", "logdet", "pinv", "solve"), along.mix_matrix),
    **dict.fromkeys(("extract_sequences", "stft"), along.cut_frames),
    **dict.fromkeys(("tril", "triu"), along.cut_triangle),
    "broadcast_to": moves.stretch,
    "depth_to_space": moves.spread_blocks,
    "diff": along.subtract_neighbours,
    "get_item": moves.index,
    "glu": along.gate_halves,
    "multi_hot": along.mark_numbers,
    "pad": moves.pad,
    "repeat": moves.repeat,
    "rfft": along.keep_unless_last,
    "roll": moves.roll,
    "slice": moves.cut_out,
    "slice_update": moves.overwrite,
    "space_to_depth": moves.gather_blocks,
    "take": moves.take,
    "take_along_axis": along.pick_for_each,
    "tile": moves.tile,
    "top_k": along.pick_best,
    "view_as_complex": along.join_pairs,
}
"""What functions of keras.ops do along the timesteps."""

RULES: Mapping[str, Rule] = {
    **{f"ops.{name}": operations.go_on(work) for name, work in WORKS.items()},
    **{f"ops.{name}": concatenate for name in families.JOINING},
    **dict.fromkeys(("ops.average_pool", "ops.max_pool"), slide_pool),
    **dict.fromkeys(("ops.dot", "ops.inner", "ops.tensordot"), products.contract),
    "ops.cdist": products.measure_pairs,
    "ops.cross": products.cross,
    "ops.dot_product_attention": attend_in_heads,
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
            ("AdaptiveMaxPooling", "", pick_maxima),
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
"""A kind that is missing here has no lane: nothing is shown rather than something unproven."""
