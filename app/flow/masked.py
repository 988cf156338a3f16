"""MaskTrace: what each layer makes of typed sequences and their padding."""

from app.frozen import Frozen

Steps = tuple[tuple[bool, ...], ...]
"""For each sequence, for each timestep; where a layer has no timesteps, one for all of what leaves it."""


class MaskedLayer(Frozen):
    """One layer in the run."""

    layer: str
    mask: Steps | None
    """Which timesteps count as data in what leaves the layer; None where it has no mask."""
    changed: Steps
    """Which timesteps of what leaves it become others when there are other numbers in the masked ones."""
    has_timesteps: bool
    layers: "tuple[MaskedLayer, ...]" = ()
    """The layers of a model, where it could be looked into."""


class MaskedInput(Frozen):
    """What one input with timesteps reads: the padded sequences, and the code that pads them."""

    input: str
    code: str
    tokens: tuple[tuple[int, ...], ...]

    @property
    def length(self) -> int:
        """The number of timesteps of every sequence."""
        return len(self.tokens[0])


class MaskTrace(Frozen):
    """The padded sequences and every layer, in the report's order; or why the model was not run.

    `code` and `tokens` are those of the first input with timesteps.
    """

    code: str = ""
    tokens: tuple[tuple[int, ...], ...] = ()
    inputs: tuple[MaskedInput, ...] = ()
    layers: tuple[MaskedLayer, ...] = ()
    refused: str = ""
