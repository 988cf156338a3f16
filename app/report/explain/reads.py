"""The input shapes that layers take: how many axes, and which."""

from collections.abc import Mapping
from typing import NamedTuple

from app.architecture.spec import Node
from app.report.arguments import argument, wrapped

SEQUENCE = "(batch, timesteps, features)"


class Reads(NamedTuple):
    """At least `least` and at most `most` axes; without `most`, any number from `least` on."""

    axes: str
    least: int
    most: int | None = None

    def fits(self, rank: int) -> bool:
        """Whether the layer takes a tensor with that many axes."""
        return rank >= self.least and (self.most is None or rank <= self.most)

    @property
    def wants_sequence(self) -> bool:
        """Whether it takes a timesteps axis."""
        return "timesteps" in self.axes

    @property
    def wants_channels(self) -> bool:
        """Whether it takes an image or a volume with a channels axis."""
        return self.axes in (IMAGE, VOLUME)


IMAGE = "(batch, height, width, channels)"
VOLUME = "(batch, depth, height, width, channels)"

_MOVING = (
    *("AdaptiveAveragePooling", "AdaptiveMaxPooling", "AveragePooling", "Conv", "Cropping"),
    *(
        "GlobalAveragePooling",
        "GlobalMaxPooling",
        "MaxPooling",
        "SpatialDropout",
        "UpSampling",
        "ZeroPadding",
    ),
)
"""Kinds that exist in 1D, 2D and 3D."""

READS: Mapping[str, Reads] = {
    **{
        f"{kind}{axes}": reads
        for axes, reads in (
            ("1D", Reads(SEQUENCE, 3, 3)),
            ("2D", Reads(IMAGE, 4, 4)),
            ("3D", Reads(VOLUME, 5, 5)),
        )
        for kind in _MOVING
    },
    **dict.fromkeys(("Conv1DTranspose", "DepthwiseConv1D", "SeparableConv1D"), Reads(SEQUENCE, 3, 3)),
    **dict.fromkeys(("Conv2DTranspose", "DepthwiseConv2D", "SeparableConv2D"), Reads(IMAGE, 4, 4)),
    "Conv3DTranspose": Reads(VOLUME, 5, 5),
    "ConvLSTM1D": Reads("(batch, timesteps, width, channels)", 4, 4),
    "ConvLSTM2D": Reads("(batch, timesteps, height, width, channels)", 5, 5),
    "ConvLSTM3D": Reads("(batch, timesteps, depth, height, width, channels)", 6, 6),
    **dict.fromkeys(("GRU", "LSTM", "RNN", "SimpleRNN"), Reads(SEQUENCE, 3, 3)),
    "Dense": Reads("(batch, features), or with more axes before the features", 2),
    "RepeatVector": Reads("(batch, features)", 2, 2),
    "TimeDistributed": Reads("(batch, timesteps, …)", 3),
}
"""By kind. Kinds that take any shape are missing."""


def find_reads(node: Node) -> Reads | None:
    """What this layer takes; None if it takes any shape."""
    dims = argument(node, "dims")
    if node.kind == "Permute" and isinstance(dims, list):
        return Reads(f"the batch and the {len(dims)} axes of its dims", len(dims) + 1, len(dims) + 1)
    inner = wrapped(node)
    if node.kind == "Bidirectional":
        return READS.get(inner.kind) if inner and inner.kind in READS else Reads(SEQUENCE, 3, 3)
    return READS.get(node.kind)
