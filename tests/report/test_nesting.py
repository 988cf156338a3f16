"""Models in models in models: as deep as Keras builds them, up to one limit, and the time never doubles."""

import keras
import pytest
from keras import Input, Model, Sequential, layers

from app.architecture import Architecture
from app.architecture.code import read_code
from app.architecture.spec import MAX_NESTING, TOO_DEEP
from app.problems import ArchitectureError
from app.report.build import make_report
from app.report.model import LayerReport

HEADER = "import keras\nfrom keras import Input, Model, Sequential, layers\n"
DEEP = 30


def read(code: str) -> Architecture:
    return read_code(HEADER + code).architecture


def measure_depth(rows: tuple[LayerReport, ...]) -> int:
    return max((1 + measure_depth(row.layers) for row in rows if row.layers), default=0)


@pytest.mark.parametrize(
    ("begin", "around"),
    [
        ("m = Sequential([Input((4,)), layers.Dense(4)])", "m = Sequential([Input((4,)), m])"),
        ("i = Input((4,)); m = Model(i, layers.Dense(4)(i))", "i = Input((4,)); m = Model(i, m(i))"),
    ],
)
def test_thirty_models_in_each_other_build(begin: str, around: str) -> None:
    code = f"{begin}\nfor level in range({DEEP}):\n    {around}\n"
    names = {"keras": keras, "Input": Input, "Model": Model, "Sequential": Sequential, "layers": layers}
    exec(code, names)
    report = make_report(read(code))
    assert report.status == "builds"
    assert measure_depth(report.layers) == DEEP
    assert report.totals.parameters == names["m"].count_params()


def test_models_without_an_input_are_read_once_at_each_level() -> None:
    code = f"m = layers.Dense(4)\nfor level in range({DEEP}):\n    m = Sequential([m])\n"
    architecture = read(f"{code}x = Input((6,))\nmodel = Model(x, m(x))")
    assert architecture.depth == DEEP
    assert make_report(architecture).totals.parameters == 6 * 4 + 4


def test_what_fails_inside_is_told_from_outside() -> None:
    code = "m = Sequential([Input((4,)), layers.LSTM(4)])\n"
    code += f"for level in range({DEEP}):\n    m = Sequential([Input((4,)), m])\n"
    (problem,) = make_report(read(code)).problems
    assert problem.code == "missing-timesteps"
    assert problem.happened.count("Inside ") == DEEP


def test_beyond_the_limit_there_is_one_message() -> None:
    code = "m = Sequential([Input((4,)), layers.Dense(4)])\n"
    with pytest.raises(ArchitectureError, match=TOO_DEEP):
        read(f"{code}for level in range({MAX_NESTING + 1}):\n    m = Sequential([Input((4,)), m])")
