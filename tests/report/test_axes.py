"""Every axis has a name, and every number says where it comes from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras_layers import call_layer, make_node
from named_axes import ANY, after, axes, input_axes, sequence, vector

from app.architecture.spec import Architecture, Node, Source
from app.frozen import Shape
from app.report.axes import name_axes, name_input_axes

# Inputs: what reads them decides.


def test_what_an_embedding_reads_is_a_row_of_timesteps() -> None:
    assert input_axes((ANY, 3), "Embedding", "tokens", input_dim=3, output_dim=50) == axes(
        ("batch", ANY, "batch"), ("timesteps", 3, "timesteps of tokens")
    )


def test_what_reads_an_input_inside_a_model_decides_too() -> None:
    embedding = Node(kind="Embedding", name="embedding", inbound=(Source(node="inside"),))
    inside = Node(kind="InputLayer", name="inside", arguments={"batch_shape": [ANY, 3]})
    model = Node(
        kind="Sequential",
        name="model",
        inbound=(Source(node="tokens"),),
        model=Architecture(nodes=(inside, embedding)),
    )
    tokens = inside.model_copy(update={"name": "tokens"})
    named = name_input_axes(tokens, Architecture(nodes=(tokens, model)))
    assert named == input_axes((ANY, 3), "Embedding", "tokens")


def test_an_unknown_length_says_so() -> None:
    named = input_axes((ANY, ANY), "Embedding", "tokens")
    assert named[1].origin == "timesteps of tokens, any length"


@pytest.mark.parametrize(
    ("shape", "reader", "names"),
    [
        ((ANY, 150), "Reshape", ("batch", "features")),
        ((ANY, 150), "Dense", ("batch", "features")),
        ((ANY, 3, 1), "LSTM", ("batch", "timesteps", "features")),
        ((ANY, 28, 28, 3), "Conv2D", ("batch", "height", "width", "channels")),
        ((ANY, 5, 6, 7), "TimeDistributed", ("batch", "timesteps", "axis 2", "features")),
        ((ANY,), "Dense", ("batch",)),
        ((), "Dense", ()),
        ((1, 2, 3, 4, 5, 6), "Dense", ("batch", "axis 1", "axis 2", "axis 3", "axis 4", "axis 5")),
    ],
)
def test_other_inputs_are_named_by_their_rank(shape: Shape, reader: str, names: tuple[str, ...]) -> None:
    assert tuple(axis.name for axis in input_axes(shape, reader)) == names


CONV = ("Conv2D", {"filters": 8, "kernel_size": 3})
ADD_CHANNELS = ("Reshape", {"target_shape": [28, 28, 1]})


@pytest.mark.parametrize(
    ("readers", "names"),
    [
        ([CONV], ("height", "width")),
        ([ADD_CHANNELS, CONV], ("height", "width")),
        ([("Rescaling", {"scale": 0.5}), ("ops.expand_dims", {"axis": -1}), CONV], ("height", "width")),
        ([("Reshape", {"target_shape": [14, 14, 4]}), CONV], ("timesteps", "features")),
        ([ADD_CHANNELS, CONV, ("TimeDistributed", {}), ("LSTM", {"units": 2})], ("timesteps", "features")),
        ([ADD_CHANNELS], ("timesteps", "features")),
    ],
    ids=["alone", "with channels added", "after functions", "cut anew", "walked later", "read by nothing"],
)
def test_what_only_layers_for_images_read_is_a_picture(
    readers: list[tuple[str, dict[str, object]]], names: tuple[str, ...]
) -> None:
    nodes = [Node(kind="InputLayer", name="x", arguments={"batch_shape": [ANY, 28, 28]})]
    for kind, arguments in readers:
        inbound = [nodes[-1].name]
        layer = {"kind": kind, "name": f"n{len(nodes)}", "arguments": arguments, "inbound": inbound}
        nodes.append(Node.model_validate(layer))
    named = name_input_axes(nodes[0], Architecture(nodes=tuple(nodes)))
    assert tuple(axis.name for axis in named) == ("batch", *names)


# The three documents' layers.


def test_embedding_then_lstm_then_dense() -> None:
    tokens = input_axes((ANY, 3), "Embedding", "tokens")
    assert after("Embedding", tokens, input_dim=3, output_dim=50) == [
        "timesteps 3: timesteps of tokens",
        "features 50: output_dim of embedding",
    ]
    assert after("LSTM", sequence(3, 50), units=100) == ["units 100: units of lstm"]
    assert after("Dense", vector(100), units=1) == ["units 1: units of dense"]


def test_the_same_numbers_read_as_one_timestep() -> None:
    assert after("Reshape", vector(150), target_shape=[1, 150]) == [
        "timesteps 1: target_shape of reshape",
        "features 150: features of x",
    ]


def test_return_sequences_keeps_the_timesteps() -> None:
    assert after("LSTM", sequence(8, 16), units=32, return_sequences=True) == [
        "timesteps 8: timesteps of x",
        "units 32: units of lstm",
    ]


def test_the_states_have_units_but_no_timesteps() -> None:
    output, hidden, cell = after("LSTM", sequence(), units=4, return_sequences=True, return_state=True)
    assert output == ["timesteps 8: timesteps of x", "units 4: units of lstm"]
    assert hidden == cell == ["units 4: units of lstm"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [("concat", "units 128: 2 × 64 from bidirectional"), ("sum", "units 64: units of bidirectional")],
)
def test_two_directions_side_by_side_are_twice_the_units(mode: str, expected: str) -> None:
    layer = {"kind": "LSTM", "arguments": {"units": 64}}
    assert after("Bidirectional", sequence(), layer=layer, merge_mode=mode) == [expected]


def test_two_directions_kept_apart_are_two_outputs() -> None:
    layer = {"kind": "GRU", "arguments": {"units": 4, "return_sequences": True}}
    forward, backward = after("Bidirectional", sequence(), layer=layer, merge_mode=None)
    assert forward == backward == ["timesteps 8: timesteps of x", "units 4: units of bidirectional"]


def test_a_dense_on_every_timestep_is_the_same_written_twice() -> None:
    inner = {"kind": "Dense", "arguments": {"units": 5}}
    assert after("TimeDistributed", sequence(), layer=inner) == [
        "timesteps 8: timesteps of x",
        "units 5: units of timedistributed",
    ]
    assert after("Dense", sequence(), units=5) == ["timesteps 8: timesteps of x", "units 5: units of dense"]


def test_what_a_model_gives_at_every_timestep_is_named_by_its_last_layer() -> None:
    nodes = [
        {"kind": "InputLayer", "name": "frame", "arguments": {"batch_shape": [None, 16]}},
        {"kind": "Dense", "name": "inner", "arguments": {"units": 5}, "inbound": ["frame"]},
    ]
    model = {"kind": "Sequential", "arguments": {}, "model": {"nodes": nodes}}
    wrapper = Node(kind="TimeDistributed", name="each", arguments={"layer": model})
    (named,) = name_axes(wrapper, (sequence(),), ((ANY, 8, 5),))
    assert [axis.origin for axis in named[1:]] == ["timesteps of x", "units of inner"]


# Joining and regrouping.


def test_concatenated_features_are_a_sum() -> None:
    assert after("Concatenate", sequence(8, 64, "a"), sequence(8, 32, "b"), axis=2) == [
        "timesteps 8: timesteps of a",
        "features 96: 64 + 32 from concatenate",
    ]


def test_concatenated_timesteps_are_a_sum_even_if_one_is_unknown() -> None:
    assert after("Concatenate", sequence(ANY, 3, "a"), sequence(5, 3, "b"), axis=1) == [
        "timesteps None: timesteps + 5 from concatenate",
        "features 3: features of a",
    ]


def test_a_known_length_wins_over_a_broadcast_one() -> None:
    assert after("Add", sequence(1, 3, "a"), sequence(6, 3, "b")) == [
        "timesteps 6: timesteps of b",
        "features 3: features of a",
    ]


def test_a_vector_added_to_every_timestep_leaves_the_sequence_its_names() -> None:
    assert after("Add", vector(3, "a"), sequence(6, 3, "b")) == [
        "timesteps 6: timesteps of b",
        "features 3: features of b",
    ]


def test_flatten_is_a_product() -> None:
    assert after("Flatten", sequence(3, 50)) == ["features 150: 3 · 50 from flatten"]
    assert after("Flatten", sequence(ANY, 128)) == ["features None: timesteps · 128 from flatten"]


def test_reshape_and_permute_give_the_same_sizes_but_not_the_same_meaning() -> None:
    assert after("Reshape", sequence(8, 10), target_shape=[10, 8]) == [
        "timesteps 10: target_shape of reshape",
        "features 8: target_shape of reshape",
    ]
    assert after("Permute", sequence(8, 10), dims=[2, 1]) == [
        "features 10: features of x",
        "timesteps 8: timesteps of x",
    ]


def test_reshape_keeps_the_timesteps_it_does_not_regroup() -> None:
    assert after("Reshape", sequence(8, 10), target_shape=[8, 2, 5]) == [
        "timesteps 8: timesteps of x",
        "axis 2 2: target_shape of reshape",
        "features 5: target_shape of reshape",
    ]


def test_reshape_says_what_it_had_to_fill_in() -> None:
    assert (
        after("Reshape", vector(150), target_shape=[3, -1])[1] == "features 50: −1 in target_shape of reshape"
    )
    assert after("Reshape", sequence(ANY, 10), target_shape=[-1, 5])[0] == (
        "timesteps None: −1 in target_shape of reshape"
    )


def test_repeat_vector_makes_timesteps() -> None:
    assert after("RepeatVector", vector(7), n=4) == [
        "timesteps 4: n of repeatvector",
        "features 7: features of x",
    ]


# Everything else.


@pytest.mark.parametrize("kind", ["BatchNormalization", "LayerNormalization", "Softmax", "ReLU", "Masking"])
def test_a_layer_that_changes_no_shape_carries_its_axes(kind: str) -> None:
    assert after(kind, sequence()) == ["timesteps 8: timesteps of x", "features 10: features of x"]


def test_a_layer_without_a_rule_still_names_every_axis() -> None:
    node = make_node("SomethingNew", "new")
    (output,) = name_axes(node, (sequence(),), ((ANY, 8, 3, 2),))
    assert [axis.name for axis in output] == ["batch", "axis 1", "axis 2", "axis 3"]
    assert output[3].origin == "from new"


shapes = st.lists(st.none() | st.integers(1, 6), min_size=1, max_size=5).map(tuple)


@given(shape=shapes, kind=st.sampled_from(["Flatten", "Dense", "LSTM", "MaxPooling1D", "RepeatVector"]))
def test_sizes_are_always_those_that_keras_gave(shape: Shape, kind: str) -> None:
    arguments = {"Dense": {"units": 2}, "LSTM": {"units": 2}, "RepeatVector": {"n": 2}}.get(kind, {})
    node = make_node(kind, **arguments)
    called = call_layer(node, shape)
    if called.error is None:
        (output,) = name_axes(node, (input_axes(shape, kind),), called.output_shapes)
        assert tuple(axis.size for axis in output) == called.output_shapes[0]
        assert all(axis.name and axis.origin for axis in output)


def test_dot_keeps_what_is_not_summed() -> None:
    assert after("Dot", sequence(5, 4, "a"), sequence(6, 4, "b"), axes=2) == [
        "timesteps 5: timesteps of a",
        "timesteps 6: timesteps of b",
    ]


def test_heads_leave_the_shape_of_the_query() -> None:
    query, value = sequence(5, 4, "q"), sequence(6, 3, "v")
    assert after("MultiHeadAttention", query, value, num_heads=2, key_dim=2) == [
        "timesteps 5: timesteps of q",
        "features 4: features of q",
    ]


def test_letters_say_which_axes_stay() -> None:
    assert after("EinsumDense", sequence(), equation="abc,cd->abd", output_shape=[8, 2]) == [
        "timesteps 8: timesteps of x",
        "units 2: output_shape of einsumdense",
    ]


def test_categories_have_places() -> None:
    assert after("CategoryEncoding", vector(5), num_tokens=7) == [
        "features 7: num_tokens of categoryencoding"
    ]
