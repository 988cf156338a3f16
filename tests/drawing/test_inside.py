"""Inside a cell on a page: equations as mathematics, and every block with the numbers behind its count."""

import xml.etree.ElementTree as ET
from math import prod

import numpy as np
import pytest
from samples import SAMPLES, report_on

from app.architecture import Node
from app.drawing.cell.cells import find_layer_cells
from app.drawing.cell.gates import EQUATIONS, find_cell
from app.drawing.cell.inside import Inside, make_inside
from app.drawing.cell.mathml import write_mathml

INSIDES = [
    (row, make_inside(cell, row.kind))
    for slug in SAMPLES
    for row in report_on(slug).rows
    for _, cell in find_layer_cells(row, report_on(slug).architecture.node(row.name))
]


@pytest.mark.parametrize("inside", [inside for _, inside in INSIDES])
def test_the_blocks_add_up(inside: Inside) -> None:
    counts = [[block.count for block in array.blocks] for array in inside.arrays]
    assert sum(map(sum, counts)) == inside.total
    assert all(sum(column) == inside.each for column in zip(*counts, strict=True))


@pytest.mark.parametrize(("row", "inside"), INSIDES)
def test_a_block_is_cut_out_of_keras_array_where_its_slice_says(row: object, inside: Inside) -> None:
    for array in inside.arrays:
        stored = np.empty(array.shape)
        for block in array.blocks:
            cut = eval(block.slice, {block.slice.partition("[")[0]: stored})
            assert cut.size == block.count == prod(cut.shape)


def test_the_arrays_have_the_shapes_that_keras_gives_them() -> None:
    for row, inside in INSIDES:
        if row.kind in ("GRU", "LSTM", "SimpleRNN", "ConvLSTM2D"):
            assert {array.shape for array in inside.arrays} == {weight.shape for weight in row.weights}


def test_a_product_is_told_with_its_axes() -> None:
    conv = next(inside for row, inside in INSIDES if row.kind == "ConvLSTM2D")
    kernel, recurrent, bias = (array.blocks[0] for array in conv.arrays)
    assert kernel.product == "3 × 3 × 8 channels × 16 filters"
    assert recurrent.slice == "recurrent_kernel[:, :, :, 0:16]"
    assert bias.product == "one for each of 16 filters"


def test_a_gru_that_resets_after_has_its_biases_in_two_rows() -> None:
    cell = find_cell(Node(kind="GRU", name="gru", arguments={"units": 4}), 3)
    assert cell
    assert [array.blocks[1].slice for array in make_inside(cell, "GRU").arrays[2:]] == [
        "bias[0, 4:8]",
        "bias[1, 4:8]",
    ]


@pytest.mark.parametrize("equations", EQUATIONS.values(), ids=EQUATIONS)
def test_mathml_says_what_the_equation_says(equations: tuple[str, ...]) -> None:
    for equation in equations:
        written = equation.format(
            s="σ", a="tanh", **{f"{b}_{gate}": f" + {b}_{gate}" for b in "bd" for gate in "ifcozrh"}
        )
        said = "".join(ET.fromstring(write_mathml(written)).itertext())
        assert said == "".join(
            character for character in written.replace("\u0303", "˜") if character not in " _{}"
        )


def test_letters_have_indices_and_names_are_upright() -> None:
    assert write_mathml("h_{t−1}") == (
        '<math><msub><mi mathvariant="normal">h</mi><mrow><mi mathvariant="normal">t</mi><mo>−</mo><mn>1</mn>'
        "</mrow></msub></math>"
    )
    assert write_mathml("hard_sigmoid(x)").startswith("<math><mi>hard_sigmoid</mi>")
