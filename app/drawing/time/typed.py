"""TypedSequence: the first of the typed sequences, for the unrolled picture."""

from collections.abc import Mapping
from typing import NamedTuple

from app.drawing.words import write_name
from app.flow import Flow


class TypedSequence(NamedTuple):
    """What each input reads at each timestep, and which timesteps each layer's output mask keeps."""

    tokens: Mapping[str, tuple[int, ...]] = {}
    masks: Mapping[str, tuple[bool, ...]] = {}
    """By layer; layers without a mask are missing."""

    def find_token(self, layer: str, step: int) -> str:
        """The token that an input reads there; empty for other layers."""
        return str(self.tokens[layer][step]) if layer in self.tokens else ""

    def is_padding(self, layer: str, step: int) -> bool:
        """Whether the layer's output mask marks that timestep as padding."""
        return layer in self.masks and not self.masks[layer][step]

    def list_padding(self, layer: str) -> frozenset[int]:
        """The timesteps that the layer's output mask marks as padding."""
        return frozenset(step for step, counts in enumerate(self.masks.get(layer, ())) if not counts)


NOTHING_TYPED = TypedSequence()


def find_typed_sequence(flow: Flow) -> TypedSequence:
    """The first typed sequence; empty if there is none, or other timesteps are drawn."""
    lengths = {lane.layer: lane.timesteps_out for lane in flow.lanes}
    if flow.masks is None or any(lengths.get(one.input) != one.length for one in flow.masks.inputs):
        return NOTHING_TYPED
    return TypedSequence(
        tokens={one.input: one.tokens[0] for one in flow.masks.inputs},
        masks={layer.layer: layer.mask[0] for layer in flow.masks.layers if layer.mask is not None},
    )


def say_typed_sequence(typed: TypedSequence) -> str:
    """What each input reads, in words; empty if nothing was typed."""
    read = [f"{write_name(name)} reads {', '.join(map(str, row))}" for name, row in typed.tokens.items()]
    return f"Drawn is the first of the typed sequences: {'; '.join(read)}." if read else ""
