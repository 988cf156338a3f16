"""What the end of a model can see of its start: lane by lane, and as the real model's Jacobian has it."""

import keras
import pytest
from questions import list_lanes, report_chain
from real_layers import find_blocks, make_layer

CHAINS = {
    "stacked": ((5, 3), [("LSTM", {"units": 2, "return_sequences": True}), ("LSTM", {"units": 2})]),
    "there and back": (
        (5, 3),
        [
            ("GRU", {"units": 2, "return_sequences": True, "go_backwards": True}),
            ("SimpleRNN", {"units": 2, "return_sequences": True}),
        ],
    ),
    "dilated": (
        (9, 2),
        [
            ("Conv1D", {"filters": 2, "kernel_size": 2, "padding": "causal", "dilation_rate": dilation})
            for dilation in (1, 2, 4)
        ],
    ),
    "pyramid": (
        (20, 2),
        [
            ("Conv1D", {"filters": 2, "kernel_size": 3}),
            ("MaxPooling1D", {"pool_size": 2}),
            ("Conv1D", {"filters": 3, "kernel_size": 3, "padding": "same", "strides": 2}),
            ("Dropout", {"rate": 0.5}),
            ("AveragePooling1D", {"pool_size": 2, "strides": 1}),
            ("Dense", {"units": 2}),
        ],
    ),
    "cut and walked": (
        (6, 2),
        [
            ("Reshape", {"target_shape": [4, 3]}),
            ("SimpleRNN", {"units": 2, "return_sequences": True}),
            ("Cropping1D", {"cropping": [1, 0]}),
        ],
    ),
    "padded": (
        (4, 2),
        [
            ("ZeroPadding1D", {"padding": [3, 2]}),
            ("Conv1D", {"filters": 2, "kernel_size": 2}),
            ("UpSampling1D", {"size": 2}),
            ("ReLU", {}),
        ],
    ),
    "summed up": ((5, 3), [("LSTM", {"units": 2, "return_sequences": True}), ("GlobalMaxPooling1D", {})]),
    "both ways": ((5, 3), [("Bidirectional", {"layer": {"kind": "GRU", "arguments": {"units": 2}}})]),
    "each step by itself": (
        (4, 3, 2),
        [
            ("TimeDistributed", {"layer": {"kind": "Flatten"}}),
            ("TimeDistributed", {"layer": {"kind": "Dense", "arguments": {"units": 2}}}),
            ("LayerNormalization", {}),
        ],
    ),
    "normalised over time": (
        (4, 3),
        [("Cropping1D", {"cropping": [2, 0]}), ("Softmax", {"axis": 1}), ("ZeroPadding1D", {"padding": 1})],
    ),
    "turned, and compared along time": (
        (4, 3),
        [
            ("Cropping1D", {"cropping": [1, 0]}),
            ("Permute", {"dims": [2, 1]}),
            ("Activation", {"activation": "sparsemax"}),
            ("Permute", {"dims": [2, 1]}),
        ],
    ),
    "read as features": (
        (4, 3),
        [("Permute", {"dims": [2, 1]}), ("Permute", {"dims": [2, 1]}), ("Flatten", {})],
    ),
}

# These have weights for each timestep, of which there must be a known number.
KNOWN_LENGTH = {
    "turned, and mixed by a dense": ((4, 3), [("Permute", {"dims": [2, 1]}), ("Dense", {"units": 2})]),
    "turned, and normalised": (
        (4, 3),
        [("Permute", {"dims": [2, 1]}), ("LayerNormalization", {}), ("Permute", {"dims": [2, 1]})],
    ),
}

ALL = {**CHAINS, **KNOWN_LENGTH}


def see_through(lanes):
    """What the last lane's steps can see of the first lane's, walking from the end to the start."""
    *before, last = lanes
    seen = [set(steps) for steps in last.depends]
    for lane in reversed(before):
        seen = [{step for reached in steps for step in lane.depends[reached]} for steps in seen]
    return tuple(tuple(sorted(steps)) for steps in seen)


@pytest.mark.parametrize("shape, layers", ALL.values(), ids=ALL)
def test_the_end_sees_of_the_start_what_the_lanes_let_through(shape, layers):
    lanes = list(list_lanes(report_chain(shape, *layers)).values())
    model = keras.Sequential([make_layer(kind, arguments) for kind, arguments in layers])
    axis_out = 1 if lanes[-1].time_out else None
    assert [lane.layer for lane in lanes[1:]] == [
        f"{kind} {place}" for place, (kind, _) in enumerate(layers, 1)
    ]
    assert see_through(lanes) == find_blocks(model, [shape], axis_in=1, axis_out=axis_out)


@pytest.mark.parametrize("shape, layers", CHAINS.values(), ids=CHAINS)
def test_lengths_over_an_open_axis_are_those_that_keras_gives(shape, layers):
    opened, known = (report_chain((length, *shape[1:]), *layers) for length in (None, shape[0]))
    drawn = list_lanes(opened, timesteps=shape[0])
    for name, lane in list_lanes(known).items():
        assert (drawn[name].timesteps_in, drawn[name].timesteps_out) == (
            lane.timesteps_in,
            lane.timesteps_out,
        )
        assert drawn[name].depends == lane.depends
