"""What is said of a layer that leaves a single step, or a part of them."""

import pytest

from app.architecture import Architecture
from app.drawing.describe import describe_time
from app.flow import trace_flow
from app.report.build import make_report


@pytest.mark.parametrize(
    ("timesteps", "key", "said"),
    [
        (6, ":, -1", "reads only its last timestep."),
        (6, ":, 1", "reads only step 2."),
        (None, ":, 1", "reads only step 2, of 8 timesteps as drawn."),
        (None, ":, -1", "reads only its last timestep."),
        (1000, ":, -1", "reads only its last timestep."),
    ],
)
def test_an_index_picks_one_step(timesteps: int | None, key: str, said: str) -> None:
    nodes = [
        {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, timesteps, 3]}},
        {"kind": "ops.get_item", "name": "picked", "arguments": {"key": key}, "inbound": ["x"]},
    ]
    report = make_report(Architecture.model_validate({"nodes": nodes}))
    assert said in describe_time(report, trace_flow(report, 8))
