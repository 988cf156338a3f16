"""Where the channels of images are: code can set it for all layers after that line."""

from collections.abc import Iterator

import keras
import pytest
from plain_model import IMPORTS, run

from app.architecture.code import read_code
from app.report.build import make_report

CODES = {
    "for images": """
keras.config.set_image_data_format("channels_first")
x = keras.Input((3, 16, 16))
y = layers.UpSampling2D()(layers.MaxPooling2D()(layers.Conv2D(4, 3)(x)))
y = layers.Conv2DTranspose(2, 2, data_format="channels_last")(y)
model = keras.Model(x, layers.Flatten()(y))
""",
    "for sequences": """
keras.backend.set_image_data_format("channels_first")
x = keras.Input((3, 16))
model = keras.Model(x, layers.GlobalMaxPooling1D()(layers.SeparableConv1D(4, 3)(x)))
""",
    "asked for": """
keras.config.set_image_data_format("channels_first")
first = keras.config.image_data_format() == "channels_first"
x = keras.Input((3, 16, 16) if first else (16, 16, 3))
model = keras.Model(x, layers.Conv2D(4, 3)(x))
""",
    "set back": """
keras.config.set_image_data_format("channels_first")
keras.config.set_image_data_format("channels_last")
x = keras.Input((16, 16, 3))
model = keras.Model(x, layers.Conv2D(4, 3)(x))
""",
}


@pytest.fixture(autouse=True)
def put_back() -> Iterator[None]:
    yield
    keras.config.set_image_data_format("channels_last")


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_later_layers_have_their_channels_there(code: str) -> None:
    model = run(code)
    keras.config.set_image_data_format("channels_last")
    rows = make_report(read_code(IMPORTS + code).architecture).layers
    assert [(row.output_shapes, row.parameters.total) for row in rows] == [
        ((tuple(keras.tree.flatten(layer.output)[0].shape),), layer.count_params()) for layer in model.layers
    ]


def test_keras_1_called_it_an_ordering_of_dimensions() -> None:
    code = """
from keras import backend as K
K.set_image_dim_ordering("th")
model = keras.Sequential([keras.Input((1, 28, 28)), layers.Conv2D(4, 3)])
"""
    assert make_report(read_code(IMPORTS + code).architecture).outputs[0].shape == (None, 4, 26, 26)
