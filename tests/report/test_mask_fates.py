"""What becomes of a mask is asked of Keras, layer by layer; a mask that is lost is a warning."""

import pytest
from listed_layers import EMBEDDING, MASKING, TOKENS, Layer, report
from pydantic import JsonValue

from app.report.model import LayerReport


@pytest.mark.parametrize(
    ("layer", "fate"),
    [
        (("LSTM", "layer", "embedding", {"units": 3, "return_sequences": True}), "kept"),
        (("LSTM", "layer", "embedding", {"units": 3}), "consumed"),
        (("GlobalAveragePooling1D", "layer", "embedding", {}), "consumed"),
        (("Flatten", "layer", "embedding", {}), "dropped"),
        (("Conv1D", "layer", "embedding", {"filters": 2, "kernel_size": 3}), "dropped"),
    ],
)
def test_the_fate_of_a_mask_is_asked_of_keras(layer: Layer, fate: str) -> None:
    made = report(TOKENS, MASKING, layer)
    assert made.layer("embedding").mask.fate == "made"
    assert made.layer("layer").mask.fate == fate
    assert made.layer("layer").mask.in_


def test_without_a_mask_there_is_no_fate() -> None:
    assert report(TOKENS, EMBEDDING, ("Flatten", "flat", "embedding", {})).layer("flat").mask.fate == "none"


def join(kind: str, masked: bool, **arguments: JsonValue) -> LayerReport:
    """A merge of a masked sequence and of another one."""
    other: Layer = ("Embedding", "other", "tokens", {"input_dim": 9, "output_dim": 4, "mask_zero": masked})
    made = report(TOKENS, MASKING, other, (kind, "join", "embedding other", arguments))
    return made.layer("join")


MERGES = [
    ("Concatenate", {}, "kept", "mask-has-no-effect"),
    ("Concatenate", {"axis": 1}, "kept", None),
    ("Add", {}, "dropped_silently", "mask-dropped-silently"),
    ("Average", {}, "dropped_silently", "mask-dropped-silently"),
    ("Maximum", {}, "dropped_silently", "mask-dropped-silently"),
    ("Minimum", {}, "dropped_silently", "mask-dropped-silently"),
    ("Multiply", {}, "dropped_silently", "mask-dropped-silently"),
    ("Subtract", {}, "dropped_silently", "mask-dropped-silently"),
]


@pytest.mark.parametrize(("kind", "arguments", "fate", "code"), MERGES)
def test_a_mask_that_meets_an_input_without_one_marks_nothing_or_is_lost(
    kind: str, arguments: dict[str, JsonValue], fate: str, code: str | None
) -> None:
    joined = join(kind, masked=False, **arguments)
    assert joined.mask.fate == fate
    assert (joined.problem.code if joined.problem else None) == code
    if joined.problem:
        assert "other, which has none" in joined.problem.happened
        assert joined.problem.fix.startswith("Mask other too")


@pytest.mark.parametrize(("kind", "arguments"), [(kind, arguments) for kind, arguments, *_ in MERGES])
def test_masks_in_all_inputs_are_joined_into_one(kind: str, arguments: dict[str, JsonValue]) -> None:
    joined = join(kind, masked=True, **arguments)
    assert (joined.mask.fate, joined.problem) == ("kept", None)


def test_a_dot_product_has_no_mask_whatever_its_inputs_have() -> None:
    problem = join("Dot", masked=True, axes=1).problem
    assert problem is not None
    assert problem.code == "mask-dropped-silently"
    assert "Mask other" not in problem.fix


def test_a_dropped_mask_is_a_warning_in_keras_words_and_the_model_builds() -> None:
    made = report(TOKENS, MASKING, ("Flatten", "flat", "embedding", {}))
    assert made.status == "builds"
    (problem,) = made.problems
    assert (problem.code, problem.severity, problem.layer) == ("mask-dropped", "warning", "flat")
    assert "Layer 'flat'" in (problem.keras_message or "")
    assert made.layer("flat").problem == problem
