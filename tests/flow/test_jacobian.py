"""`depends` is a promise: the non-zero blocks of the Jacobian that real Keras gives, for every kind of layer.

Each case is a layer, its arguments, and the shapes it is called on without the batch. It is traced twice:
with its length known to Keras, and with the length left open and as many steps drawn.
"""

import pytest
from further_layer_cases import ATTENTION, FILMS
from further_operation_cases import FURTHER, FURTHER_STEPPED, IMAGES
from layer_cases import CASES, KNOWN_LENGTH, name_case
from operation_cases import CASES as OPERATIONS
from operation_cases import STEPPED
from questions import TIMESTEPS, find_timesteps, trace_film, trace_layer
from real_layers import find_blocks, find_changes, make_layer
from untold import UNTOLD, UNTOLD_CATEGORIES

from app.architecture.catalogue import KINDS, load_operations
from app.flow.rules import RULES


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize("case", CASES + KNOWN_LENGTH, ids=name_case)
def test_depends_is_the_jacobian_of_the_real_layer(case):
    kind, arguments, *shapes = case
    row, lane = trace_layer(kind, arguments, *shapes)
    axis_in, axis_out = find_timesteps(row.input_axes), find_timesteps(row.axes)
    assert lane.depends == find_blocks(make_layer(kind, arguments), shapes, axis_in, axis_out)
    assert lane.timesteps_in == (1 if axis_in is None else row.input_shapes[0][axis_in])
    assert lane.timesteps_out == (1 if axis_out is None else row.output_shapes[0][axis_out])
    assert (lane.time_in, lane.time_out) == (axis_in is not None, axis_out is not None)
    assert not lane.symbolic


@pytest.mark.parametrize(
    ("kind", "arguments", "reads"),
    [
        ("Subtract", {}, (0, 0)),
        ("Average", {}, (0, 0)),
        ("Concatenate", {"axis": 1}, (0, 0)),
        ("Concatenate", {"axis": 1}, (0, 1, 0)),
        ("Concatenate", {}, (0, 0)),
    ],
    ids=str,
)
def test_an_input_that_is_read_again_is_read_as_the_jacobian_says(kind, arguments, reads):
    shapes = ((4, 3),) * (max(reads) + 1)
    row, lane = trace_layer(kind, arguments, *shapes, reads=reads)
    axis_in, axis_out = find_timesteps(row.input_axes), find_timesteps(row.axes)
    layer = make_layer(kind, arguments)
    assert lane.depends == find_blocks(layer, shapes, axis_in, axis_out, reads=reads)


@pytest.mark.parametrize("case", FILMS, ids=name_case)
def test_images_along_time_are_read_as_the_jacobian_says(case):
    kind, arguments, shape = case
    row, lane = trace_film(kind, arguments, shape)
    axis_in, axis_out = find_timesteps(row.input_axes), find_timesteps(row.axes)
    assert axis_in == 1
    assert lane.depends == find_blocks(make_layer(kind, arguments), (shape,), axis_in, axis_out)
    assert (lane.timesteps_in, lane.timesteps_out) == (shape[0], row.output_shapes[0][1] if axis_out else 1)


@pytest.mark.parametrize("case", CASES, ids=name_case)
def test_an_open_length_is_drawn_as_a_known_one(case):
    kind, arguments, *shapes = case
    length = next((shape[0] for shape in shapes if len(shape) > 1), None)
    opened = [(None, *shape[1:]) if len(shape) > 1 and shape[0] == length else shape for shape in shapes]
    row, lane = trace_layer(kind, arguments, *opened, timesteps=length or TIMESTEPS)
    if row.status == "fails":
        # Some layers cannot be built over an open length: weights for each step, unroll, …
        assert lane is None
        return
    known = trace_layer(kind, arguments, *shapes).lane
    assert lane == known.model_copy(update={"symbolic": lane.symbolic})
    assert lane.symbolic == (None in (*row.input_shapes[0][1:], *row.output_shapes[0][1:]))


@pytest.mark.parametrize("kind", ["Embedding", "ReversibleEmbedding"])
@pytest.mark.parametrize("shape", [(5,), (1,), (4, 3)], ids=str)
def test_each_token_changes_its_own_vector(kind, shape):
    arguments = {"input_dim": 20, "output_dim": 3}
    lane = trace_layer(kind, arguments, shape).lane
    if len(shape) == 1:
        layer = make_layer(kind, arguments)
        assert lane.depends == find_changes(layer, shape[0], axis_out=1, vocabulary=20)
    assert lane.depends == tuple((step,) for step in range(shape[0]))


def test_every_rule_is_put_to_the_test():
    listed = (
        *CASES,
        *FILMS,
        *OPERATIONS,
        *STEPPED,
        *FURTHER,
        *FURTHER_STEPPED,
        *(case for case, _ in IMAGES),
    )
    tested = {case[0] for case in listed} | {case.kind for case in ATTENTION}
    assert tested | {"Embedding", "InputLayer", "ReversibleEmbedding"} == set(RULES)


def test_what_has_no_rule_has_a_reason_and_no_lane():
    assert {kind.category for kind in KINDS.values() if kind.name not in RULES} == UNTOLD_CATEGORIES.keys()
    assert load_operations().keys() - RULES.keys() == UNTOLD.keys()
    assert trace_layer("Discretization", {"bin_boundaries": [0.0]}, (4, 3)).lane is None
