"""Subclassed models whose inputs the code does not say: Keras is asked on which shapes they build."""

import pytest

from app.architecture.code import read_code
from app.architecture.question import Reading
from app.report.build import make_report
from app.report.repairing import find_output_shapes

HEADER = "import keras\nimport numpy as np\nimport tensorflow as tf\nfrom keras import layers\n"

TWO_ARGUMENTS = """
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = layers.Embedding(100, 16)
        self.lstm = layers.LSTM(32)
        self.dense = layers.Dense(1)
    def call(self, tokens, features, training=None):
        read = self.lstm(self.embedding(tokens))
        return self.dense(layers.concatenate([read, features]))
net = Net()
"""

ENCODER = """
class Encoder(tf.keras.Model):
    def __init__(self, vocabulary, units, batch):
        super().__init__()
        self.batch, self.units = batch, units
        self.embedding = layers.Embedding(vocabulary, 16)
        self.gru = layers.GRU(units, return_sequences=True, return_state=True)
    def call(self, x, hidden):
        return self.gru(self.embedding(x), initial_state=hidden)
    def begin(self):
        return tf.zeros((self.batch, self.units))
encoder = Encoder(500, 48, 64)
output, state = encoder(example_batch, encoder.begin())
"""

AUTOENCODER = """
class Denoise(keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([
            layers.Input((28, 28, 1)), layers.Conv2D(8, 3, padding="same", strides=2)])
        self.decoder = keras.Sequential([layers.Conv2DTranspose(1, 3, padding="same", strides=2)])
    def call(self, x):
        return self.decoder(self.encoder(x))
model = Denoise()
model.compile(optimizer="adam", loss="mse")
model.fit(x_train_noisy, x_train)
"""


def read(code: str) -> Reading:
    return read_code(HEADER + code, measure=find_output_shapes)


def list_inputs(code: str) -> list[tuple[object, ...]]:
    return [node.batch_shape for node in read(code).architecture.nodes if node.is_input]


@pytest.mark.parametrize("ending", ["", "net(texts, table)\n"])
def test_each_argument_of_call_is_an_input_whose_size_can_be_set(ending: str) -> None:
    reading = read(TWO_ARGUMENTS + ending)
    assert list_inputs(TWO_ARGUMENTS + ending) == [(None, 20), (None, 16)]
    assert [hole.name for hole in reading.holes] == ["tokens.shape", "features.shape"]
    assert make_report(reading.architecture).status == "builds"


def test_an_argument_whose_shape_is_known_has_no_hole() -> None:
    code = TWO_ARGUMENTS + "net(texts, np.zeros((50, 7)))\n"
    assert list_inputs(code) == [(None, 20), (None, 7)]
    assert [hole.name for hole in read(code).holes] == ["tokens.shape"]


def test_arguments_that_are_all_known_are_taken_as_they_are() -> None:
    code = TWO_ARGUMENTS + "net(np.zeros((50, 9)), np.zeros((50, 7)))\n"
    assert list_inputs(code) == [(None, 9), (None, 7)]
    assert read(code).holes == ()


def test_a_state_that_the_model_itself_begins_with_is_known() -> None:
    reading = read(ENCODER)
    report = make_report(reading.architecture)
    assert [hole.name for hole in reading.holes] == ["x.shape"]
    assert [tensor.shape for tensor in report.outputs] == [(None, 8, 48), (None, 48)]


def test_what_a_model_inside_says_of_its_input_is_the_input() -> None:
    reading = read(AUTOENCODER)
    assert list_inputs(AUTOENCODER) == [(None, 28, 28, 1)]
    assert reading.holes == ()


@pytest.mark.parametrize(
    ("shape", "sizes"),
    [
        ("(img_width, img_height, 3)", (64, 64, 3)),
        ("(IMG_SIZE, IMG_SIZE, IMG_CHANNELS)", (64, 64, 3)),
        ("(rows, cols, channels)", (64, 64, 3)),
        ("(n_steps, n_features)", (8, 16)),
    ],
)
def test_images_are_as_large_as_convolutions_need(shape: str, sizes: tuple[int, ...]) -> None:
    assert list_inputs(f"model = keras.Sequential([keras.Input({shape})])") == [(None, *sizes)]


def test_layers_that_change_images_are_given_one() -> None:
    code = "model = keras.Sequential([layers.RandomFlip(), layers.RandomContrast(0.2), layers.Conv2D(8, 3)])"
    reading = read(code)
    assert list_inputs(code) == [(None, None, None, 3)]
    assert make_report(reading.architecture).outputs[0].shape == (None, None, None, 8)
