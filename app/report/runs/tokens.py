"""find_vocabulary(): which layer looks up an input's numbers as tokens, and how many tokens it knows."""

from typing import NamedTuple

from app.architecture.spec import Architecture, Node, Source
from app.report.arguments import integer

VOCABULARIES = {
    "CategoryEncoding": "num_tokens",
    "Embedding": "input_dim",
    "ReversibleEmbedding": "input_dim",
    "ops.multi_hot": "num_classes",
    "ops.one_hot": "num_classes",
}
"""The argument with the number of known tokens, for each kind that reads tokens from 0 on."""

HANDING_ON = frozenset(
    (
        *("ActivityRegularization", "AlphaDropout", "Concatenate", "Cropping1D", "Cropping2D", "Dropout"),
        *("Flatten", "GaussianDropout", "GaussianNoise", "Identity", "Masking", "Permute", "RepeatVector"),
        *("Reshape", "SpatialDropout1D", "SpatialDropout2D", "ZeroPadding1D", "ZeroPadding2D"),
        *("ops.broadcast_to", "ops.cast", "ops.concatenate", "ops.expand_dims", "ops.flip", "ops.get_item"),
        *("ops.moveaxis", "ops.pad", "ops.ravel", "ops.repeat", "ops.reshape", "ops.roll", "ops.squeeze"),
        *("ops.stack", "ops.stop_gradient", "ops.swapaxes", "ops.tile", "ops.transpose"),
    )
)
"""Kinds whose first output holds the numbers they read."""


class Vocabulary(NamedTuple):
    """A layer that knows the tokens 0 to `size` − 1; `argument` is where that is set."""

    layer: str
    kind: str
    argument: str
    size: int


def find_vocabulary(name: str, architecture: Architecture) -> Vocabulary | None:
    """The smallest vocabulary in which the numbers of the input `name` are looked up; None if none is.

    They are followed through layers that only pass them on, into nested models and wrappers.
    """
    found: list[Vocabulary] = []
    _follow(architecture, {Source(node=name)}, "", found)
    return min(found, key=lambda vocabulary: vocabulary.size, default=None)


def _follow(architecture: Architecture, tokens: set[Source], around: str, found: list[Vocabulary]) -> None:
    """Adds to `tokens` where else they are, and to `found` the layers that look them up."""
    for node in architecture.nodes:
        places = [place for place, source in enumerate(node.inputs) if source in tokens]
        if not places:
            continue
        reader, name = _unwrap(node), f"{around}{node.name}"
        if reader.kind in HANDING_ON:
            tokens.add(Source(node=node.name))
        elif reader.kind in VOCABULARIES:
            known = VOCABULARIES[reader.kind]
            found.append(Vocabulary(name, reader.kind, known, integer(reader, known)))
        elif reader.model is not None:
            inputs = [inner.name for inner in reader.model.nodes if inner.is_input]
            inside = {Source(node=inputs[place]) for place in places}
            _follow(reader.model, inside, f"{name} › ", found)
            tokens |= {
                Source(node=node.name, output=place)
                for place, end in enumerate(reader.model.ends)
                if end in inside
            }


def _unwrap(node: Node) -> Node:
    """The wrapped layer or model, in the wrapper's place."""
    layer = node.arguments.get("layer")
    if not isinstance(layer, dict):
        return node
    return _unwrap(Node.model_validate({**layer, "name": node.name, "inbound": node.inbound}))
