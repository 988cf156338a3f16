"""RULES: what each kind of layer computes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.report.arguments import UNKNOWN_FORM, argument, wrapped
from app.report.arithmetic import multiply, number
from app.report.work.call import Call, Effort, sum_up
from app.report.work.rules import attention, elements, normalizations, units, windows
from app.report.work.rules.operations import OPERATIONS

Rule = Callable[[Call], Effort | None]
"""None if the layer is of a form that the rule does not know."""


def measure_effort(call: Call) -> Effort | None:
    """What this layer call computes; None if there is no rule: nothing is guessed.

    There is no rule for kernels that Keras assembles at each call, from parts (LoRA) or from integers.
    """
    rule = RULES.get(call.node.kind)
    made_anew = argument(call.node, "lora_rank") or "_from_" in str(argument(call.node, "dtype"))
    try:
        return rule(call) if rule and not made_anew else None
    except UNKNOWN_FORM:
        return None


def run_both_ways(call: Call) -> Effort | None:
    """Bidirectional: both layers, then the merge of their outputs."""
    node = call.node
    forward = wrapped(node)
    backward = wrapped(node.with_arguments(layer=node.arguments.get("backward_layer"))) or forward
    ways = [measure_effort(replace(call, node=way)) for way in (forward, backward) if way]
    known = [way for way in ways if way is not None]
    if len(known) < 2:
        return None
    effort = sum_up(*known)
    each = MERGES.get(str(argument(node, "merge_mode")), 0)
    return effort.plus(Effort(others=number(each).times(multiply(call.output)))) if each else effort


MERGES = {"ave": 2, "mul": 1, "sum": 1}
"""Operations per number when both directions are merged."""


def run_each_step(call: Call) -> Effort | None:
    """TimeDistributed: the inner layer, once per timestep."""
    inner = wrapped(call.node)
    if inner is None:
        return None
    one_step = replace(
        call,
        node=inner,
        inputs=tuple((*sizes[:1], *sizes[2:]) for sizes in call.inputs),
        outputs=tuple((*sizes[:1], *sizes[2:]) for sizes in call.outputs),
    )
    effort = measure_effort(one_step)
    return effort.times(call.input[1]) if effort else None


def run_inside(call: Call) -> Effort | None:
    """SpectralNormalization divides the weights in training; at inference it is just the inner layer."""
    inner = wrapped(call.node)
    return measure_effort(replace(call, node=inner)) if inner else None


MOVING = (
    *("ActivityRegularization", "AlphaDropout", "Concatenate", "Dropout", "Embedding", "Flatten"),
    *("GaussianDropout", "GaussianNoise", "Identity", "InputLayer", "Permute", "RepeatVector", "Reshape"),
    *("ReversibleEmbedding", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
    *("UpSampling1D", "UpSampling3D"),
)

RULES: Mapping[str, Rule] = {
    **OPERATIONS,
    "Activation": elements.activate,
    "Add": elements.merge(more=0),
    "AdditiveAttention": attention.attend_additively,
    "Attention": attention.attend,
    "Average": elements.merge(more=1),
    "BatchNormalization": normalizations.normalize_batch,
    "Bidirectional": run_both_ways,
    "Dense": units.multiply_kernel,
    "Dot": normalizations.multiply_inputs,
    "EinsumDense": units.sum_over_letters,
    "GroupNormalization": normalizations.normalize_groups,
    "GroupQueryAttention": attention.attend_in_groups,
    "LayerNormalization": normalizations.normalize_layer,
    "Masking": elements.compare,
    "MultiHeadAttention": attention.attend_with_heads,
    "Normalization": elements.standardize,
    "PReLU": elements.rectify,
    "RMSNormalization": normalizations.normalize_by_squares,
    "RNN": units.run_cells,
    "ReLU": elements.cut_off,
    "Rescaling": elements.rescale,
    "Softmax": elements.apply_softmax,
    "SpectralNormalization": run_inside,
    "TimeDistributed": run_each_step,
    "UnitNormalization": normalizations.normalize_to_one,
    "UpSampling2D": elements.repeat_pixels,
    **dict.fromkeys(MOVING, elements.move),
    **dict.fromkeys(("ELU", "LeakyReLU"), elements.move),
    **dict.fromkeys(("GRU", "LSTM", "SimpleRNN"), units.run),
    **dict.fromkeys(("Maximum", "Minimum", "Multiply", "Subtract"), elements.merge(more=0)),
    **{
        f"{kind}{rank}D{transposed}": rule
        for rank in (1, 2, 3)
        for kind, transposed, rule in (
            ("AveragePooling", "", windows.pool),
            ("Conv", "", windows.convolve),
            ("Conv", "Transpose", windows.convolve_back),
            ("ConvLSTM", "", windows.run_convolutions),
            ("Cropping", "", elements.move),
            ("GlobalAveragePooling", "", windows.pool_everything),
            ("GlobalMaxPooling", "", windows.pool_everything),
            ("MaxPooling", "", windows.pool),
            ("ZeroPadding", "", elements.move),
        )
    },
    **{
        f"{kind}Conv{rank}D": windows.convolve_each_channel
        for rank in (1, 2)
        for kind in ("Depthwise", "Separable")
    },
}
"""By kind. The work of a kind that is missing here is not known."""
