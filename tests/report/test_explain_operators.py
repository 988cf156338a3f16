"""Why operators on tensors, and arguments with a size for every axis, do not fit; each repair builds."""

import pytest

from app.architecture.code import read_code
from app.problems import Problem
from app.report.build import make_report

HEADER = "import keras\nfrom keras import ops\nfrom keras.layers import *\n"


def explain(code: str) -> Problem:
    """The only problem of this model."""
    (problem,) = make_report(read_code(HEADER + code).architecture).problems
    assert all(repair.verified for repair in problem.repairs)
    return problem


def join(expression: str, first: str, second: str) -> Problem:
    return explain(
        f"x, y = keras.Input({first}), keras.Input({second})\nmodel = keras.Model([x, y], {expression})"
    )


def chain(shape: str, layer: str) -> Problem:
    return explain(f"model = keras.Sequential([keras.Input({shape}), {layer}])")


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", ">", "!="])
def test_an_operator_wants_what_the_layer_of_its_kind_wants(sign: str) -> None:
    problem = join(f"x {sign} y", "(4, 8)", "(5, 8)")
    assert problem.code == "shapes-do-not-merge"
    assert "on axis 1 (timesteps) they have 4 and 5" in problem.happened
    assert problem.repairs


def test_a_product_of_matrices_sums_over_sizes_that_are_equal() -> None:
    problem = join("x @ y", "(4, 8)", "(5, 8)")
    assert problem.code == "shapes-do-not-merge"
    assert "rows of 8 meet columns of 5" in problem.happened
    assert "ops.swapaxes" in problem.fix
    assert "ops.swapaxes" not in join("x @ y", "(4, 8)", "(5, 6)").fix


@pytest.mark.parametrize(
    ("shape", "layer", "expected", "title"),
    [
        (
            "(9, 9, 3)",
            "Conv2D(4, (3, 3, 3))",
            "one for each axis that Conv2D moves along",
            "kernel_size=[3, 3]",
        ),
        ("(9, 9, 3)", "ZeroPadding2D((1, 2, 3))", "one number, or 2", "Leave padding out"),
        ("(9,)", "Hashing(0)", "a positive integer", "num_bins=1"),
        ("(9, 9, 3)", "PReLU(shared_axes=[5])", "numbers from 1 to 3", "Leave shared_axes out"),
    ],
)
def test_an_argument_is_told_what_it_has_to_be(shape: str, layer: str, expected: str, title: str) -> None:
    problem = chain(shape, layer)
    assert problem.code == "invalid-argument"
    assert expected in problem.expected
    assert title in problem.repairs[0].title


def test_heads_of_queries_share_those_of_keys_evenly() -> None:
    problem = join("GroupQueryAttention(4, 3, 2)(x, y)", "(4, 8)", "(5, 8)")
    assert "a multiple of num_key_value_heads=2" in problem.expected
    assert [repair.title for repair in problem.repairs] == ["Write num_query_heads=2"]
