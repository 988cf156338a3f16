"""Argument names of earlier Keras versions and of other libraries."""

from collections.abc import Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.layers.legacy import ANY_KIND, ONE_KIND

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "embedding_dim": ("output_dim",),
    "hidden_size": ("units",),
    "num_embeddings": ("input_dim",),
    "num_units": ("units",),
    "out_channels": ("filters",),
    "output_dim": ("filters",),
    "vocab_size": ("input_dim",),
}
"""Names from other libraries, with the arguments they may mean; the first that the layer has counts."""

MOVED: Mapping[str, str] = {
    "batch_input_shape": "The shape of the data belongs to an Input layer: Input(batch_shape=…).",
    "batch_size": "The batch size belongs to an Input layer: Input(shape, batch_size=…).",
    "input_dim": "The shape of the data belongs to an Input layer: Input((timesteps, features)).",
    "input_length": "The number of timesteps belongs to an Input layer: Input((timesteps, features)).",
    "input_shape": "The shape of the data belongs to an Input layer: Input(shape).",
    "time_major": "The axes are always (batch, timesteps, features); Permute exchanges two of them.",
}
"""Arguments removed from all layers, and what replaces them."""


def find_names(kind: Kind, name: str) -> list[str]:
    """The arguments of this kind that an unknown name is known to mean."""
    today = ONE_KIND.get((kind.name, name), ANY_KIND.get(name))
    meant = (*([today] if today else []), *OTHER_NAMES.get(name, ()))
    return [known for known in meant if kind.argument(known)]
