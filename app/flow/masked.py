"""MaskTrace: what each layer makes of typed sequences and their padding."""

from app.frozen import Frozen

Steps = tuple[tuple[bool, ...], ...]
"""For each sequence, for each timestep; one entry for all of the output if it has no timesteps."""


class MaskedLayer(Frozen):
    """One layer in the run."""

    layer: str
    mask: Steps | None
    """Which timesteps of the output count as data; None if the layer has no output mask."""
    changed: Steps
    """Which timesteps of the output change if the numbers at masked timesteps change."""
    has_timesteps: bool
    layers: "tuple[MaskedLayer, ...]" = ()
    """The layers of a nested model, if it could be run layer by layer."""


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
    refuses_sequences: bool = False
    """Whether other sequences could be run: the model is not what is refused."""
