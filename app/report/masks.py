"""What becomes of a mask in a layer: Keras' answer in a word, and a warning where it is lost."""

from app.architecture.spec import Node
from app.problems import Problem
from app.report.evaluate import Evaluation, TensorSpec
from app.report.model import Mask, MaskFate


def describe_mask(inputs: tuple[TensorSpec, ...], evaluation: Evaluation) -> Mask:
    """Whether a mask came in and went out. A mask that ends in a layer that uses masks was consumed."""
    came = any(tensor.mask is not None for tensor in inputs)
    went = any(tensor.mask is not None for tensor in evaluation.outputs)
    return Mask.model_construct(in_=came, out=went, fate=_name_fate(came, went, evaluation))


def _name_fate(came: bool, went: bool, evaluation: Evaluation) -> MaskFate:
    if went:
        return "kept" if came else "made"
    if not came:
        return "none"
    if any("mask" in warning for warning in evaluation.warnings):
        return "dropped"
    return "consumed" if evaluation.supports_masking else "dropped_silently"


_CODES: dict[MaskFate, str] = {"dropped": "mask-dropped", "dropped_silently": "mask-dropped-silently"}


def warn_of_mask(node: Node, mask: Mask, words: str | None) -> Problem | None:
    """The warning that a mask is lost in this layer, with Keras' own `words`; None where none is lost."""
    if mask.fate not in _CODES:
        return None
    return Problem(
        code=_CODES[mask.fate],
        severity="warning",
        layer=node.name,
        line=node.line,
        happened=f"{node.kind} does not support masks: the mask of its input ends here, and layers after it "
        "take padded timesteps for data.",
        expected="A mask that reaches the layer that skips padded timesteps, such as an LSTM.",
        fix=f"Put the layer that uses the mask before {node.name!r}, or leave the mask out "
        "(mask_zero, Masking) if padding may count as data.",
        keras_message=words,
    )
