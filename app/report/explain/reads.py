"""What shapes the layers read: how many axes, and what these are."""

from collections.abc import Mapping
from typing import NamedTuple

from app.architecture.spec import Node
from app.report.arguments import argument

SEQUENCE = "(batch, timesteps, features)"


class Reads(NamedTuple):
    """At least and at most so many axes; without `most` any number from `least` on."""

    axes: str
    least: int
    most: int | None = None

    def fits(self, rank: int) -> bool:
        """Whether a tensor of that many axes can be read."""
        return rank >= self.least and (self.most is None or rank <= self.most)

    @property
    def wants_sequence(self) -> bool:
        """Whether a timesteps axis is needed."""
        return "timesteps" in self.axes


_SEQUENCE_READERS = (
    "AveragePooling1D",
    "Bidirectional",
    "Conv1D",
    "Cropping1D",
    "GRU",
    "GlobalAveragePooling1D",
    "GlobalMaxPooling1D",
    "LSTM",
    "MaxPooling1D",
    "SimpleRNN",
    "SpatialDropout1D",
    "UpSampling1D",
    "ZeroPadding1D",
)

READS: Mapping[str, Reads] = {
    **dict.fromkeys(_SEQUENCE_READERS, Reads(SEQUENCE, 3, 3)),
    "Dense": Reads("(batch, features), or with more axes before the features", 2),
    "RepeatVector": Reads("(batch, features)", 2, 2),
    "TimeDistributed": Reads("(batch, timesteps, …)", 3),
}
"""By kind. Kinds that read any shape are not here."""


def find_reads(node: Node) -> Reads | None:
    """What this very layer reads; None where it reads any shape."""
    dims = argument(node, "dims")
    if node.kind == "Permute" and isinstance(dims, list):
        return Reads(f"the batch and the {len(dims)} axes of its dims", len(dims) + 1, len(dims) + 1)
    return READS.get(node.kind)
