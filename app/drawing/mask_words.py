"""say_mask(): what a layer does with a mask, in a sentence."""

from collections.abc import Mapping

from app.architecture import Node
from app.architecture.catalogue import find_kind
from app.drawing.words import marks_nothing
from app.flow.rules.recurrent import find_direction
from app.flow.skipping import skips_padding
from app.report import LayerReport
from app.report.arguments import sizes

FATES: Mapping[str, str] = {
    "none": "",
    "made": "It makes a mask, which says which timesteps are padding.",
    "consumed": "It skips the timesteps that the mask marks as padding. The mask ends here, as it should.",
    "dropped": "The mask is lost here: Keras drops it and warns.",
    "dropped_silently": "The mask is lost here: Keras drops it without a word.",
}
UNREAD = (
    "Keras gives the mask to a layer only if that is called with its sequence alone: beside an initial state "
    "the mask is not read, and padding is read like data."
)
MAKERS = ("Embedding", "Masking")


def say_mask(layer: LayerReport, node: Node) -> str:
    """One sentence; empty if there is no mask."""
    if find_direction(node):
        return _say_walked(layer, node)
    return FATES[layer.mask.fate] if layer.mask.fate in FATES else _say_kept(layer, node)


def _say_walked(layer: LayerReport, node: Node) -> str:
    """What a recurrent layer does with the mask of its sequence, or with one that is passed by keyword."""
    if node.call.get("mask") is not None:
        handed = ", and hands that mask on" if layer.mask.out else ""
        return f"It skips the timesteps that the mask passed to it by keyword marks as padding{handed}."
    if layer.mask.in_ and not skips_padding(layer, node):
        return f"{UNREAD} It hands the mask on unchanged." if layer.mask.out else UNREAD
    if layer.mask.fate == "kept":
        return "It skips the timesteps that the mask marks as padding, and hands the mask on unchanged."
    return FATES[layer.mask.fate]


def _say_kept(layer: LayerReport, node: Node) -> str:
    if layer.kind in MAKERS:
        return "It makes a mask of its own, in place of the one that comes in."
    if len(layer.inbound) < 2:
        return "The mask passes through it unchanged."
    if find_kind(layer.kind).category != "merging":
        return "It hands a mask on."
    if marks_nothing(layer):
        return (
            "It joins a mask with an input that has none: a timestep counts if any input has data there, "
            "so that no timestep is marked as padding any more."
        )
    if layer.kind == "Concatenate" and find_joined_axis(layer, node) == 1:
        return "The masks are put one after the other, and an input without a mask counts everywhere."
    return "The masks are joined: a timestep counts if any input has data there."


def find_joined_axis(layer: LayerReport, node: Node) -> int:
    """The axis along which a Concatenate joins its inputs, counted from the start."""
    (axis,) = sizes(node, "axis", 1) or (-1,)
    return axis % len(layer.output_shapes[0])
