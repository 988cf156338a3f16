"""Asked and Evaluation: what Keras is asked about one layer call, and its answer, as plain values."""

import json
from typing import NamedTuple

from app.architecture.spec import INPUT, Architecture, Node, Source
from app.frozen import Shape
from app.report.model import Weight

PLACEHOLDER = "the_layer_that_is_asked_about"
"""The name under which layers are built; messages are searched for it afterwards."""

LONGEST_KEY = 4_000
"""Longer arguments (in characters of JSON) are not cached, as they would fill the memory."""


class TensorSpec(NamedTuple):
    """A symbolic tensor. `mask` is the mask's shape; None if there is no mask.

    `drawn` is the shape with `timesteps` in place of unknown sizes, if more than the batch is unknown in
    `shape`.
    """

    shape: Shape
    dtype: str
    mask: Shape | None = None
    drawn: Shape | None = None


class Evaluation(NamedTuple):
    """Keras' answer about one layer call. If Keras raised, `error` is its message, and the rest is empty."""

    outputs: tuple[TensorSpec, ...] = ()
    weights: tuple[Weight, ...] = ()
    bytes: int = 0
    supports_masking: bool = False
    compute_dtype: str | None = None
    variable_dtype: str | None = None
    trainable: bool = True
    warnings: tuple[str, ...] = ()
    error: Exception | None = None
    gives_back: bool = False
    """Whether the error is that the layer returns the very tensor that it was given."""
    computed: str | None = None
    """For an operation that computes another shape than Keras states: the computed shapes, in words."""


class FirstCall(NamedTuple):
    """The first call of a shared layer: the inputs that its weights were made for."""

    node: Node
    inputs: tuple[TensorSpec, ...]


class Asked(NamedTuple):
    """All that Keras' answer depends on; objects are written as JSON, so that it can be a cache key."""

    kind: str
    arguments: str
    call: str
    model: str
    inputs: tuple[TensorSpec, ...]
    name: str
    first: tuple[str, bool | None, tuple[TensorSpec, ...]] | None
    listed: bool | None = None
    passes_on: bool = False
    """Whether the layer reads an input of the model, and another layer reads its output."""

    @property
    def is_short(self) -> bool:
        """Whether the answer is cached."""
        return len(self.arguments) + len(self.call) <= LONGEST_KEY

    def node(self, call: str, listed: bool | None) -> Node:
        """The node, with this `call`, and as `listed`."""
        # Names inside it do not matter to Keras.
        inbound = tuple(Source(node=INPUT) for _ in self.inputs)
        model = Architecture.model_validate_json(self.model) if self.model else None
        return Node.model_construct(
            kind=self.kind,
            name=self.name,
            arguments=json.loads(self.arguments),
            inbound=inbound,
            call=json.loads(call),
            listed=listed,
            shares=None,
            model=model,
            line=None,
        )


def write_asked(
    node: Node, inputs: tuple[TensorSpec, ...], name: str = PLACEHOLDER, first: FirstCall | None = None
) -> Asked:
    """The key for a layer call. Raises ValueError or RecursionError for arguments that JSON cannot hold.

    `inputs` are the tensors at the node's `inbound`. `name` is only given if Keras may refuse it, `first` if
    the layer is shared.
    """
    return Asked(
        node.kind,
        json.dumps(node.arguments, sort_keys=True),
        json.dumps(node.call, sort_keys=True) if node.call else "{}",
        node.model.without_lines().model_dump_json(exclude_defaults=True) if node.model else "",
        inputs,
        name,
        first and (json.dumps(first.node.call, sort_keys=True), first.node.listed, first.inputs),
        node.listed,
    )
