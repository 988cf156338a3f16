"""name_axes(): the rules that name a layer's output axes, in a table by kind."""

from collections.abc import Mapping

from app.architecture.spec import Architecture, Node
from app.frozen import Shape
from app.report.arguments import UNKNOWN_FORM, wrapped
from app.report.axes import operations, rearranged, recurrent, resizing, several, windows
from app.report.axes.continued import WAYS
from app.report.axes.labels import BATCH, Call, Label, Labels, Rule, carry, label, relabel
from app.report.model import Axis


def name_axes(
    node: Node, input_axes: tuple[tuple[Axis, ...], ...], output_shapes: tuple[Shape, ...]
) -> tuple[tuple[Axis, ...], ...]:
    """The axes of each output of a layer, given the axes of its inputs and Keras' output shapes."""
    return tuple(
        _name_output(Call(node, input_axes, shape, output)) for output, shape in enumerate(output_shapes)
    )


def _name_output(call: Call) -> tuple[Axis, ...]:
    try:
        labels = RULES.get(call.node.kind, carry)(call)
    except UNKNOWN_FORM:
        labels = ()
    if len(labels) != len(call.shape):
        labels = carry(call)
    return tuple(
        Axis(name=name, size=size, origin=origin)
        for (name, origin), size in zip(labels, call.shape, strict=True)
    )


def last_axis(name: str, argument: str) -> Rule:
    """A rule: the size of the last axis is the value of `argument`; the other axes keep their labels."""
    return lambda call: relabel(carry(call), -1, Label(name, f"{argument} of {call.name}"))


def new_axis(name: str, argument: str) -> Rule:
    """A rule: the input's axes, and a new last one whose size is the value of `argument`."""
    return lambda call: (*map(label, call.inputs[0]), Label(name, f"{argument} of {call.name}"))


def inside(call: Call) -> Labels:
    """A wrapper that changes no shape: the rule of the wrapped layer."""
    inner = wrapped(call.node)
    return RULES.get(inner.kind, carry)(call._replace(node=inner)) if inner else carry(call)


def each_timestep(call: Call) -> Labels:
    """TimeDistributed: the rule of the wrapped layer for one timestep, with the timesteps added again."""
    inner = wrapped(call.node)
    if inner is None:
        return carry(call)
    one_timestep = tuple((axes[0], *axes[2:]) for axes in call.inputs)
    if end := _find_end(call.node):
        # The layers before the last one were not asked about, so its inputs have no names.
        inner, one_timestep = end, ()
    inside = _name_output(Call(inner, one_timestep, (call.shape[0], *call.shape[2:])))
    return (BATCH, label(call.inputs[0][1]), *map(label, inside[1:]))


def _find_end(node: Node) -> Node | None:
    """The layer that gives the first output of the wrapped model; None if a single layer is wrapped."""
    layer = node.arguments.get("layer")
    held = layer.get("model") if isinstance(layer, dict) else None
    if held is None:
        return None
    model = Architecture.model_validate(held)
    return model.node(model.ends[0].node)


SLIDE = windows.slide("kernel_size", Label("filters", "filters"))
POOL = windows.slide("pool_size")

RULES: Mapping[str, Rule] = {
    **dict.fromkeys(WAYS, operations.go_on),
    **dict.fromkeys(("ops.append", "ops.concatenate", "ops.hstack"), rearranged.concatenate),
    **dict.fromkeys(("ops.average_pool", "ops.max_pool"), POOL),
    "ops.reshape": operations.reshape,
    "Bidirectional": recurrent.recur_both_ways,
    "Concatenate": rearranged.concatenate,
    "Dense": last_axis("units", "units"),
    "Dot": several.dot,
    "EinsumDense": several.sum_over_letters,
    "Flatten": rearranged.flatten,
    "MelSpectrogram": several.cut_into_frames,
    "Permute": rearranged.permute,
    "RepeatVector": rearranged.repeat,
    "Reshape": rearranged.reshape,
    "SpectralNormalization": inside,
    "TimeDistributed": each_timestep,
    **dict.fromkeys(("Embedding", "ReversibleEmbedding"), new_axis("features", "output_dim")),
    **dict.fromkeys(("GRU", "LSTM", "RNN", "SimpleRNN"), recurrent.recur),
    **dict.fromkeys(("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"), recurrent.recur_over_images),
    **dict.fromkeys(("Attention", "AdditiveAttention"), several.attend),
    **dict.fromkeys(("GroupQueryAttention", "MultiHeadAttention"), several.attend_with_heads),
    **dict.fromkeys(("CategoryEncoding", "Discretization", "HashedCrossing", "Hashing"), several.encode),
    **dict.fromkeys(("CenterCrop", "RandomCrop", "Resizing"), resizing.fit_image),
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv3D", "SeparableConv1D", "SeparableConv2D"), SLIDE),
    **dict.fromkeys(("DepthwiseConv1D", "DepthwiseConv2D"), windows.slide_each_channel),
    **dict.fromkeys(("Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"), windows.slide_back),
    **{
        f"{kind}{rank}D": rule
        for rank in (1, 2, 3)
        for kind, rule in (
            ("AdaptiveAveragePooling", windows.pool_to_size),
            ("AdaptiveMaxPooling", windows.pool_to_size),
            ("AveragePooling", POOL),
            ("Cropping", resizing.resize(resizing.crop)),
            ("GlobalAveragePooling", windows.pool_all),
            ("GlobalMaxPooling", windows.pool_all),
            ("MaxPooling", POOL),
            ("UpSampling", resizing.resize(resizing.repeat_steps)),
            ("ZeroPadding", resizing.resize(resizing.pad)),
        )
    },
}
"""A kind that is missing here keeps the labels of its inputs."""
