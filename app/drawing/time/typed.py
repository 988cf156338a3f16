"""TypedSequence: the first of a visitor's own sequences, step by step, for the strip."""

from collections.abc import Mapping
from typing import NamedTuple

from app.drawing.words import write_name
from app.flow import Flow


class TypedSequence(NamedTuple):
    """What each input reads at its timesteps, and which timesteps count in what leaves each layer."""

    tokens: Mapping[str, tuple[int, ...]] = {}
    masks: Mapping[str, tuple[bool, ...]] = {}
    """By layer; none of a layer without a mask."""

    def find_token(self, layer: str, step: int) -> str:
        """What an input reads there; empty for any other layer."""
        return str(self.tokens[layer][step]) if layer in self.tokens else ""

    def is_padding(self, layer: str, step: int) -> bool:
        """Whether the mask of what leaves a layer marks that timestep."""
        return layer in self.masks and not self.masks[layer][step]


NOTHING_TYPED = TypedSequence()


def find_typed_sequence(flow: Flow) -> TypedSequence:
    """Nothing of it where there are no sequences, or their timesteps are not those that are drawn."""
    lengths = {lane.layer: lane.timesteps_out for lane in flow.lanes}
    if flow.masks is None or any(lengths.get(one.input) != one.length for one in flow.masks.inputs):
        return NOTHING_TYPED
    return TypedSequence(
        tokens={one.input: one.tokens[0] for one in flow.masks.inputs},
        masks={layer.layer: layer.mask[0] for layer in flow.masks.layers if layer.mask is not None},
    )


def say_typed_sequence(typed: TypedSequence) -> str:
    """What each input reads; empty where nothing was typed."""
    read = [f"{write_name(name)} reads {', '.join(map(str, row))}" for name, row in typed.tokens.items()]
    return f"Drawn is the first of the typed sequences: {'; '.join(read)}." if read else ""
