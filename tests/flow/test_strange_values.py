"""Keras builds a few values that no rule of ours reads: such layers go without a lane, and nothing breaks."""

import pytest

from app.architecture.code import read_code
from app.flow import trace_flow
from app.report.build import make_report

HEADER = "from keras import Input, Sequential\nfrom keras.layers import *\n"


@pytest.mark.parametrize("layer", ["Conv1D(2, 2, strides=[2.5])", "MaxPooling1D([2.5])", "Softmax('a')"])
def test_what_keras_builds_is_answered(layer: str) -> None:
    report = make_report(read_code(f"{HEADER}Sequential([Input((6, 4)), {layer}])").architecture)
    assert report.status == "builds"
    assert [lane.layer for lane in trace_flow(report, 6).lanes] == ["input_layer"]


def test_a_shape_that_never_runs_moves_no_numbers() -> None:
    report = make_report(read_code(f"{HEADER}Sequential([Input((6, 4)), Reshape('24')])").architecture)
    assert report.status == "builds"
    assert "reshape" not in {regrouping.layer for regrouping in trace_flow(report, 6).data}
