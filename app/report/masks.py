"""What a layer does with a mask, in one word from what Keras answered, and a warning if the mask is lost."""

from functools import cache

from app.architecture.catalogue import find_kind
from app.architecture.spec import Node
from app.problems import Problem
from app.report.asked import Evaluation, TensorSpec
from app.report.evaluate import evaluate_layer
from app.report.model import Mask, MaskFate
from app.report.padding import can_mark_padding

Inputs = tuple[TensorSpec, ...]

MERGING = "merging"
"""The category of layers that merge tensors; none of them skips padding by itself."""


def describe_mask(node: Node, inputs: Inputs, evaluation: Evaluation) -> Mask:
    """Whether a mask came in and went out. A mask that ends in a layer that uses masks was consumed."""
    came = any(tensor.mask is not None for tensor in inputs)
    went = any(tensor.mask is not None for tensor in evaluation.outputs)
    return _make_mask(came, went, _name_fate(node, came, went, evaluation))


@cache
def _make_mask(came: bool, went: bool, fate: MaskFate) -> Mask:
    return Mask(in_=came, out=went, fate=fate)


def _name_fate(node: Node, came: bool, went: bool, evaluation: Evaluation) -> MaskFate:
    if went:
        return "kept" if came else "made"
    if not came:
        return "none"
    if any("mask" in warning for warning in evaluation.warnings):
        return "dropped"
    uses = evaluation.supports_masking and not _joins(node)
    return "consumed" if uses else "dropped_silently"


def _joins(node: Node) -> bool:
    return find_kind(node.kind).category == MERGING


_CODES: dict[MaskFate, str] = {"dropped": "mask-dropped", "dropped_silently": "mask-dropped-silently"}


def warn_of_mask(node: Node, inputs: Inputs, mask: Mask, words: str | None) -> Problem | None:
    """A warning if the mask is lost in this layer, or has no effect from here on; else None.

    `words` are Keras' own warning.
    """
    if mask.fate == "kept" and _joins(node):
        return _warn_of_no_effect(node, inputs)
    if mask.fate not in _CODES:
        return None
    return Problem(
        code=_CODES[mask.fate],
        severity="warning",
        layer=node.name,
        line=node.line,
        happened=f"{_say_why(node, inputs)}: the mask of its input ends here, and layers after it "
        "take padded timesteps for data.",
        expected="A mask that reaches the layer that skips padded timesteps, such as an LSTM.",
        fix=f"{_suggest_masks(node, inputs)}Put the layer that uses the mask before {node.name!r}, or leave "
        "the mask out (mask_zero, Masking) if padding may count as data.",
        keras_message=words,
    )


def _say_why(node: Node, inputs: Inputs) -> str:
    without = _list_unmasked(node, inputs)
    if not (_joins(node) and without):
        return f"{node.kind} does not hand masks on"
    return f"{node.name} joins a mask with {_have_none(without)}, and hands none on"


def _suggest_masks(node: Node, inputs: Inputs) -> str:
    """Advice to mask the other inputs as well, if Keras then returns a mask."""
    without = _list_unmasked(node, inputs)
    masked = tuple(tensor._replace(mask=tensor.mask or tensor.shape[:-1]) for tensor in inputs)
    if not without or not any(out.mask for out in evaluate_layer(node, masked).outputs):
        return ""
    return f"Mask {' and '.join(without)} too. Or: "


def _warn_of_no_effect(node: Node, inputs: Inputs) -> Problem | None:
    """A merge treats every timestep of an input without a mask as data, so its mask marks nothing."""
    without = _list_unmasked(node, inputs)
    if not without or can_mark_padding(node, inputs):
        return None
    return Problem(
        code="mask-has-no-effect",
        severity="warning",
        layer=node.name,
        line=node.line,
        happened=f"{node.name} joins a mask with {_have_none(without)}. For Keras a timestep counts if any "
        "input has data there, and an input without a mask has data everywhere: "
        "the layers after it skip nothing.",
        expected="A mask in every input, or in none.",
        fix=f"Mask {' and '.join(without)} too (mask_zero in its Embedding, or Masking), or leave the mask "
        "of the others out if padding may count as data.",
    )


def _list_unmasked(node: Node, inputs: Inputs) -> list[str]:
    pairs = zip(node.inbound, inputs, strict=True)
    return list(dict.fromkeys(source.node for source, tensor in pairs if tensor.mask is None))


def _have_none(names: list[str]) -> str:
    return f"{' and '.join(names)}, which {'has' if len(names) == 1 else 'have'} none"
