"""What is written on the boxes, and what a very long model leaves out."""

import pytest
from samples import SAMPLES, report_on
from scenes import list_marks

from app.architecture import Node
from app.drawing.boxes.arguments import summarise_arguments
from app.drawing.boxes.repeats import MOST_FOLDED, fold_layers
from app.drawing.boxes.shapes import place_shapes
from app.drawing.fold import Hidden
from app.drawing.scene import Group, Span, Text


def list_words(slug: str) -> list[str]:
    texts = [mark for mark in list_marks(place_shapes(report_on(slug))) if isinstance(mark, Text)]
    spans = [(Span(text.text),) if isinstance(text.text, str) else text.text for text in texts]
    return ["".join(span.text for span in line) for line in spans]


def test_every_tensor_is_written_with_the_names_of_its_axes() -> None:
    assert [word for word in list_words("embedding-to-lstm") if word.startswith("(")] == [
        "(batch, 3 timesteps)",
        "(batch, 3 timesteps, 50 features)",
        "(batch, 100 units)",
        "(batch, 1 unit)",
    ]


def test_every_layer_says_what_it_is_and_costs() -> None:
    words = list_words("embedding-to-lstm")
    assert "Embedding · 3 → 50" in words
    assert "LSTM · 100 units" in words
    assert "60,400 params" in words


def test_a_failing_layer_says_why_and_the_next_one_that_it_was_not_reached() -> None:
    words = " ".join(list_words("concatenate-fails"))
    problem = report_on("concatenate-fails").layer("dense").problem
    assert problem is not None
    assert problem.happened[:20] in words
    assert "not reached: a layer before it fails" in words


def test_the_mask_is_followed() -> None:
    words = list_words("concatenate-with-mask")
    assert [words.count(said) for said in ("mask made", "mask kept", "mask consumed")] == [2, 1, 1]


def test_a_very_long_model_is_folded_in_the_middle() -> None:
    report = report_on("long")
    items = fold_layers(report.rows, report.architecture)
    assert len(items) == MOST_FOLDED
    hidden = next(item for item in items if isinstance(item, Hidden))
    assert len(items) - 1 + len(hidden.rows) == len(report.rows)
    assert "… 12 more layers …" in list_words("long")


def test_each_layer_can_be_found_by_its_name() -> None:
    (whole,) = place_shapes(report_on("stacked-lstm")).marks
    assert isinstance(whole, Group)
    found = [mark.layer for mark in whole.marks if isinstance(mark, Group)]
    assert found == [node.name for node in SAMPLES["stacked-lstm"].nodes]


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        ("Embedding", {"input_dim": 1000, "output_dim": 64, "mask_zero": True}, "1,000 → 64"),
        ("LSTM", {"units": 1, "return_sequences": True}, "1 unit, return_sequences"),
        (
            "Conv1D",
            {"filters": 32, "kernel_size": 3, "padding": "same"},
            "32 filters, kernel 3, padding same",
        ),
        ("Reshape", {"target_shape": [1, 150]}, "to (1, 150)"),
        ("Bidirectional", {"layer": {"kind": "GRU", "arguments": {"units": 8}}}, "GRU, 8 units"),
        ("RNN", {"cell": {"kind": "LSTMCell", "arguments": {"units": 7}}}, "LSTMCell, 7 units"),
        (
            "RNN",
            {"cell": [{"kind": kind, "arguments": {"units": 4}} for kind in ("LSTMCell", "GRUCell")]},
            "LSTMCell, 4 units → GRUCell, 4 units",
        ),
        ("MultiHeadAttention", {"num_heads": 2, "key_dim": 16}, "2 heads, key 16"),
        ("Dropout", {"rate": 0.5, "seed": 3}, "rate 0.5"),
        ("Flatten", {}, ""),
    ],
)
def test_arguments_are_summarised(kind: str, arguments: dict[str, object], said: str) -> None:
    node = Node.model_validate({"kind": kind, "name": "x", "arguments": arguments})
    assert summarise_arguments(node) == said
