"""Layers as they are read: their names, their arguments, the shapes they were told, and old spellings."""

import keras
import pytest

from app.architecture.code import read_code
from app.architecture.question import Reading
from app.architecture.spec import Node
from app.problems import CodeError

HEADER = "import keras\nfrom keras import *\nfrom keras.layers import *\nimport tensorflow as tf\n"


def read(code: str) -> Reading:
    return read_code(HEADER + code)


def first_layer(code: str) -> Node:
    """The first layer after the input of a Sequential that begins with the code."""
    return read(f"model = Sequential([{code}])").architecture.nodes[1]


def note_codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def test_names_are_counted_as_keras_counts_them() -> None:
    code = """
spare = LSTM(1)                       # counted, although no model uses it
model = Sequential([
    Input((4, 2)),
    LSTM(2, return_sequences=True),
    LSTM(3, name="mine", return_sequences=True),   # not counted: it has a name
    Bidirectional(LSTM(4)),           # the inner one is counted
    ReLU(),
])
late = LSTM(1)
"""
    names = [node.name for node in read(code).architecture.nodes]
    assert names == ["input_layer", "lstm_1", "mine", "bidirectional", "re_lu"]


def test_arguments_without_a_name_are_named_in_keras_order() -> None:
    assert first_layer("Embedding(1000, 64)").arguments == {"input_dim": 1000, "output_dim": 64}
    assert first_layer("LSTM(8, 'relu')").arguments == {"units": 8, "activation": "relu"}


def test_defaults_and_what_changes_no_shape_are_left_out() -> None:
    layer = (
        "LSTM(8, activation='tanh', return_sequences=False, kernel_initializer='zeros', seed=3, dropout=0)"
    )
    assert first_layer(layer).arguments == {"units": 8}


def test_equal_layers_have_equal_arguments() -> None:
    same = [
        "Conv1D(8, 3, strides=(1,))",
        "Conv1D(filters=8, kernel_size=[3])",
        "Conv1D(8, (3,), activation='linear')",
    ]
    assert [first_layer(layer).arguments for layer in same] == [{"filters": 8, "kernel_size": 3}] * 3
    assert first_layer("MaxPooling1D(4, strides=4)").arguments == {"pool_size": 4}
    assert first_layer("ZeroPadding1D(2)").arguments == first_layer("ZeroPadding1D((2, 2))").arguments
    assert first_layer("LSTM(8, activation=None)").arguments == {"units": 8, "activation": "linear"}


def test_arguments_that_keras_does_not_know_are_kept_for_its_own_complaint() -> None:
    assert first_layer("Dense(8, colour=['red', 1])").arguments == {"units": 8, "colour": ["red", 1]}


@pytest.mark.parametrize(
    "activation",
    [
        "'relu'",
        "tf.nn.relu",
        "keras.activations.relu",
        "tf.keras.activations.relu",
        "ReLU()",
        "tf.keras.backend.relu",
    ],
)
def test_an_activation_is_its_name_however_it_was_given(activation: str) -> None:
    assert first_layer(f"Dense(8, activation={activation})").arguments["activation"] == "relu"


@pytest.mark.parametrize(
    ("layer", "function"),
    [("LeakyReLU(0.1)", "leaky_relu"), ("ELU()", "elu"), ("Activation('tanh')", "tanh")],
)
def test_a_layer_as_an_activation_is_the_function_that_does_the_same(layer: str, function: str) -> None:
    assert first_layer(f"Dense(8, activation={layer})").arguments["activation"] == function


def test_one_with_weights_of_its_own_is_refused_with_what_to_write() -> None:
    with pytest.raises(CodeError, match=r"write it after this layer, as `layers.PReLU\(\)`"):
        first_layer("Dense(8, activation=PReLU())")


def test_a_wrapped_layer_is_kind_and_arguments() -> None:
    node = first_layer("TimeDistributed(Dense(8, activation='relu'))")
    assert node.arguments == {"layer": {"kind": "Dense", "arguments": {"units": 8, "activation": "relu"}}}
    unmerged = first_layer("Bidirectional(GRU(2), merge_mode=None)")
    assert unmerged.arguments == {"layer": {"kind": "GRU", "arguments": {"units": 2}}, "merge_mode": None}


def test_a_frozen_layer_says_so() -> None:
    code = (
        "d = Dense(3)\nd.trainable = False\nmodel = Sequential([Input((2,)), d, Dense(4, trainable=False)])"
    )
    assert [node.arguments.get("trainable") for node in read(code).architecture.nodes] == [None, False, False]


TOLD = {
    "LSTM(8, input_shape=(10, 3))": (None, 10, 3),
    "LSTM(8, input_shape=[None, 3])": (None, None, 3),
    "LSTM(8, batch_input_shape=(4, 10, 3))": (4, 10, 3),
    "LSTM(8, input_shape=(10, 3), batch_size=4)": (4, 10, 3),
    "LSTM(8, input_dim=3)": (None, None, 3),
    "LSTM(8, input_dim=3, input_length=10)": (None, 10, 3),
    "Conv1D(8, 2, input_dim=3, input_length=10)": (None, 10, 3),
    "Dense(8, input_dim=784)": (None, 784),
    "Dense(8, input_shape=(784))": (None, 784),
    "Bidirectional(LSTM(8), input_shape=(10, 3))": (None, 10, 3),
    "Bidirectional(LSTM(8, input_shape=(10, 3)))": (None, 10, 3),
    "TimeDistributed(Dense(8), input_shape=(10, 3))": (None, 10, 3),
    "Embedding(100, 8, input_length=20)": (None, 20),
    "Embedding(100, 8, input_shape=(20,))": (None, 20),
    "Embedding(100, 8, batch_input_shape=[4, None])": (4, None),
    "InputLayer(input_shape=(5, 2)), LSTM(3)": (None, 5, 2),
    "InputLayer(batch_input_shape=(4, 5, 2)), LSTM(3)": (4, 5, 2),
    "Input(shape=(5, 2), batch_size=4), LSTM(3)": (4, 5, 2),
    "Input(batch_shape=(4, 5, 2)), LSTM(3)": (4, 5, 2),
    "Input(3), Dense(1)": (None, 3),
}


@pytest.mark.parametrize(("layers", "shape"), TOLD.items())
def test_every_way_to_tell_the_input_is_understood_as_it_was_meant(
    layers: str, shape: tuple[int | None, ...]
) -> None:
    assert read(f"model = Sequential([{layers}])").architecture.nodes[0].batch_shape == shape


def test_todays_spelling_of_the_input_is_named() -> None:
    (note,) = read("model = Sequential([LSTM(8, input_dim=3, input_length=10)])").notes
    assert (note.code, note.line) == ("old-spelling", 5)
    assert "keras.Input((10, 3))" in note.fix


def test_an_input_shape_on_a_later_layer_is_ignored_and_noted() -> None:
    reading = read(
        "model = Sequential([Input((9, 2)), LSTM(8, return_sequences=True), LSTM(8, input_shape=(10, 3))])"
    )
    assert [node.batch_shape for node in reading.architecture.nodes if node.is_input] == [(None, 9, 2)]
    assert sorted(note_codes(reading)) == ["argument-ignored", "old-spelling"]


GUESSES = {
    "Embedding(100, 8)": (None, None),
    "LSTM(8)": (None, None, 1),
    "Dense(8)": (None, 1),
    "Reshape((3, 4))": (None, 12),
}


@pytest.mark.parametrize(("layer", "shape"), GUESSES.items())
def test_without_a_word_about_the_input_the_least_is_assumed(
    layer: str, shape: tuple[int | None, ...]
) -> None:
    reading = read(f"model = Sequential([{layer}])")
    assert reading.architecture.nodes[0].batch_shape == shape
    assert note_codes(reading) == ["input-shape-assumed"]


def test_data_that_the_model_is_given_tells_its_input() -> None:
    code = "y = np.zeros((7, 7))\nx = np.zeros((100, 5))\nmodel = Sequential([Dense(8)])\nmodel.fit(x, y)"
    assert read(code).architecture.nodes[0].batch_shape == (None, 5)
    built = "model = Sequential([LSTM(8)])\nmodel.build((None, 10, 3))"
    assert read(built).architecture.nodes[0].batch_shape == (None, 10, 3)


OLD = {
    "Dense(output_dim=8)": ("Dense", {"units": 8}),
    "LSTM(output_dim=8, inner_activation='relu')": ("LSTM", {"units": 8, "recurrent_activation": "relu"}),
    "LSTM(8, dropout_W=0.2, dropout_U=0.3)": ("LSTM", {"units": 8, "dropout": 0.2, "recurrent_dropout": 0.3}),
    "CuDNNLSTM(8)": ("LSTM", {"units": 8}),
    "CuDNNGRU(8)": ("GRU", {"units": 8}),
    "Convolution1D(nb_filter=8, filter_length=3, border_mode='same')": (
        "Conv1D",
        {"filters": 8, "kernel_size": 3, "padding": "same"},
    ),
    "Conv1D(8, 3, subsample_length=2)": ("Conv1D", {"filters": 8, "kernel_size": 3, "strides": 2}),
    "MaxPooling1D(pool_length=3, stride=2)": ("MaxPooling1D", {"pool_size": 3, "strides": 2}),
    "Dropout(p=0.5)": ("Dropout", {"rate": 0.5}),
    "Dense(8, init='uniform', W_regularizer='l2', bias=False)": ("Dense", {"units": 8, "use_bias": False}),
    "TimeDistributedDense(8)": ("TimeDistributed", {"layer": {"kind": "Dense", "arguments": {"units": 8}}}),
    "TimeDistributedDense(4, 8)": (
        "TimeDistributed",
        {"layer": {"kind": "Dense", "arguments": {"units": 8}}},
    ),
    "LSTM(8, implementation=2, consume_less='gpu', truncate_gradient=-1)": ("LSTM", {"units": 8}),
    "Reshape(dims=(80,))": ("Reshape", {"target_shape": [80]}),
    "GaussianNoise(sigma=0.1)": ("GaussianNoise", {"stddev": 0.1}),
    "GaussianDropout(p=0.1)": ("GaussianDropout", {"rate": 0.1}),
    "BatchNormalization(gamma_init='one', mode=0)": ("BatchNormalization", {}),
    "PReLU(init='zero')": ("PReLU", {}),
    "ThresholdedReLU(theta=0.4)": ("ReLU", {"threshold": 0.4}),
    "ThresholdedReLU()": ("ReLU", {"threshold": 1.0}),
    "Convolution2D(8, 4, 3, 3)": ("Conv2D", {"filters": 8, "kernel_size": 3}),
}


@pytest.mark.parametrize("layer", OLD)
def test_old_spellings_are_read_under_todays_names_and_noted(layer: str) -> None:
    reading = read(f"model = Sequential([Input((20, 4)), {layer}])")
    node = reading.architecture.nodes[1]
    assert (node.kind, node.arguments) == OLD[layer]
    assert set(note_codes(reading)) <= {"old-spelling", "argument-ignored"} != set()
    assert reading.notes


def test_the_data_format_that_the_code_sets_is_that_of_all_later_layers() -> None:
    code = """
before = layers.Conv1D(4, 3)
keras.backend.set_image_data_format("channels_first")
shape = (3, 20) if keras.config.image_data_format() == "channels_first" else (20, 3)
model = Sequential([
    Input(shape), layers.Conv1D(4, 3), before, layers.Conv1D(4, 3, data_format="channels_last"), Dense(2),
])
"""
    entering, *layers = read(code).architecture.nodes
    assert entering.batch_shape == (None, 3, 20)
    assert [layer.arguments.get("data_format") for layer in layers] == ["channels_first", None, None, None]


def test_any_text_is_true_to_keras_even_false() -> None:
    written = "model = Sequential([Input((20, 4)), LSTM(8, return_sequences='False')])"
    layer = keras.layers.LSTM(8, return_sequences="False")
    assert bool(read(written).architecture.nodes[1].arguments["return_sequences"])
    assert layer.compute_output_shape((None, 20, 4)) == (None, 20, 8)


def test_the_size_of_the_input_stood_first_in_keras_0() -> None:
    code = """
from keras.layers.recurrent import LSTM
model = Sequential()
model.add(LSTM(4, 8))
model.add(Dense(8, 2))
"""
    entering, lstm, dense = read(code).architecture.nodes
    assert entering.batch_shape == (None, None, 4)
    assert (lstm.arguments, dense.arguments) == ({"units": 8}, {"units": 2})


def test_what_the_code_does_not_say_is_assumed_or_left_out() -> None:
    code = """
model = Sequential([
    Input((maxlen,)),
    Embedding(len(tokenizer.word_index) + 1, embedding_dim, weights=[embedding_matrix], trainable=False),
    LSTM(hidden_units, activation=chosen),
])
"""
    reading = read(code)
    embedding, lstm = reading.architecture.nodes[1:]
    assert embedding.arguments == {"input_dim": 10_001, "output_dim": 64, "trainable": False}
    assert lstm.arguments == {"units": 32}
    assert sorted(note_codes(reading)) == ["argument-ignored", "name-assumed"]
