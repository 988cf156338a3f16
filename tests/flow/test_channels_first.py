"""With data_format="channels_first" the timesteps are the last axis, and windows move along that."""

import keras
import pytest
from questions import trace_layer
from real_layers import find_blocks, make_layer

FIRST = {"data_format": "channels_first"}

CASES = [
    ("MaxPooling1D", {"pool_size": 2, **FIRST}),
    ("AveragePooling1D", {"pool_size": 3, "strides": 1, **FIRST}),
    ("GlobalMaxPooling1D", {"keepdims": True, **FIRST}),
    ("GlobalAveragePooling1D", {"keepdims": True, **FIRST}),
    ("ZeroPadding1D", {"padding": [1, 2], **FIRST}),
]


@pytest.mark.parametrize("kind, arguments", CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_window_moves_along_the_last_axis(kind, arguments):
    lane = trace_layer(kind, arguments, (2, 6)).lane
    assert lane.timesteps_in == 6
    assert lane.depends == find_blocks(make_layer(kind, arguments), [(2, 6)], axis_in=2, axis_out=2)


def test_a_kernel_moves_along_the_last_axis():
    kernel = {"filters": 2, "kernel_size": 3, "padding": "same", "strides": 2}
    # TensorFlow runs this convolution only on a GPU: here the axes are swapped before it and after it.
    swap = {"dims": [2, 1]}
    steps = [("Permute", swap), ("Conv1D", kernel), ("Permute", swap)]
    layer = keras.Sequential([make_layer(kind, arguments) for kind, arguments in steps])
    lane = trace_layer("Conv1D", {**kernel, **FIRST}, (2, 6)).lane
    assert lane.depends == find_blocks(layer, [(2, 6)], axis_in=2, axis_out=2)
