"""What a long model says again: found where blocks are identical to the last number, and nowhere else."""

import pytest
from building import chain, give, layer, model, residual_blocks
from samples import report_on
from scenes import list_arrows, list_marks

from app.architecture import Architecture, Node
from app.drawing.boxes.repeats import LARGE, Repeat, find_repeats, fold_layers
from app.drawing.boxes.shapes import place_shapes
from app.drawing.scene import Box, Text
from app.report.build import make_report

END = layer("Dense", "end", units=1)


def find(architecture: Architecture) -> list[tuple[str, str, int]]:
    """The first layer of each first block, its last one, and how often it comes."""
    items = find_repeats(make_report(architecture).rows, architecture)
    return [
        (item.block[0].name, item.block[-1].name, item.times) for item in items if isinstance(item, Repeat)
    ]


def convolutions(*filters: int) -> list[Node]:
    return [
        node
        for place, number in enumerate(filters)
        for node in (
            layer("Conv1D", f"conv_{place}", filters=number, kernel_size=3, padding="same"),
            layer("BatchNormalization", f"norm_{place}"),
            layer("ReLU", f"relu_{place}"),
        )
    ]


def test_layers_of_a_chain_that_are_alike_are_one_repeat() -> None:
    dense = [layer("Dense", f"dense_{place}", units=8) for place in range(9)]
    assert find(chain("alike", give("x", 8), *dense, END)) == [("dense_0", "dense_0", 9)]


def test_the_first_layer_reads_something_else_and_is_not_one_of_them() -> None:
    dense = [layer("Dense", f"dense_{place}", units=8) for place in range(9)]
    assert find(chain("alike", give("x", 5), *dense, END)) == [("dense_1", "dense_1", 8)]


def test_a_block_begins_with_what_learns_most() -> None:
    nodes = convolutions(4, 8, 8, 8, 8)
    assert find(chain("alike", give("x", 6, 2), *nodes)) == [("conv_2", "relu_2", 3)]


def test_other_sizes_are_another_block() -> None:
    nodes = convolutions(4, 4, 4, 8, 8, 8, 8)
    assert find(chain("two sizes", give("x", 6, 4), *nodes)) == [
        ("conv_0", "relu_0", 3),
        ("conv_4", "relu_4", 3),
    ]


def test_a_branch_belongs_to_its_block() -> None:
    assert find(model("residual", *residual_blocks(4))) == [("dense_0", "add_0", 4)]


def test_what_reads_past_a_block_keeps_it_apart() -> None:
    nodes = [*residual_blocks(4), layer("Add", "past", "add_0", "add_3")]
    assert find(model("past", *nodes)) == []


def test_an_output_in_the_midst_is_seen() -> None:
    nodes = residual_blocks(6)
    both = Architecture(name="two outputs", nodes=tuple(nodes), outputs=("add_2", "add_5"))
    assert find(both) == [("dense_0", "add_0", 2), ("dense_3", "add_3", 3)]


def test_what_fails_is_seen() -> None:
    dense = [layer("Dense", f"dense_{place}", units=8) for place in range(6)]
    wrong = layer("LSTM", "wrong", units=8)
    assert find(chain("wrong", give("x", 8), *dense, wrong, END)) == [("dense_0", "dense_0", 6)]


def test_a_layer_that_is_called_again_is_seen() -> None:
    first = layer("Dense", "dense", "x", units=8)
    again = [
        layer("Dense", f"again_{place}", "dense" if not place else f"again_{place - 1}", units=8)
        for place in range(5)
    ]
    shared = [node.model_copy(update={"shares": "dense"}) for node in again]
    assert find(model("again", give("x", 8), first, *shared)) == []


def test_a_small_model_is_drawn_whole() -> None:
    report = make_report(model("small", *residual_blocks(4)))
    assert len(report.rows) <= LARGE
    assert fold_layers(report.rows, report.architecture) == report.rows


@pytest.mark.parametrize("slug", ["identical-layers", "identical-blocks"])
def test_no_layer_is_lost(slug: str) -> None:
    report = report_on(slug)
    items = fold_layers(report.rows, report.architecture)
    assert [row for item in items for row in (item.rows if isinstance(item, Repeat) else (item,))] == [
        *report.rows
    ]
    assert fold_layers(report.rows, report.architecture, whole=True) == report.rows


def test_the_frame_says_how_often_and_what_all_of_it_costs() -> None:
    scene = place_shapes(report_on("identical-blocks"))
    said = [mark.text for mark in list_marks(scene) if isinstance(mark, Text)]
    assert {"× 24 identical blocks", "72 layers · 2,112 params"} <= set(said)
    assert "dense_1" not in said
    (frame,) = [mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.look == "frame"]
    assert frame.port in {arrow.target for arrow in list_arrows(scene)}


def test_a_repeat_is_found_among_a_thousand_layers() -> None:
    nodes = residual_blocks(333)
    assert find(model("a thousand", *nodes)) == [("dense_0", "add_0", 333)]
