"""Names that the code does not give: Keras counts every layer that is made, also those it makes itself."""

import keras
import pytest
from plain_model import IMPORTS, run

from app.architecture.question import Question
from app.architecture.read import read_question
from app.report.applications import find_application
from app.report.build import make_report
from app.report.repairing import find_output_shapes

APPLICATIONS = {
    "an application before the input": """
base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(32, 32, 3))
x = keras.Input((32, 32, 3))
model = keras.Model(x, layers.Dense(3)(base(x)))
""",
    "an application after the input, between layers of its kinds": """
x = keras.Input((32, 32, 3))
y = layers.Rescaling(2.0)(layers.ReLU()(x))
base = keras.applications.MobileNetV3Small(weights=None, include_top=False, input_shape=(32, 32, 3))
y = layers.Rescaling(2.0)(layers.Multiply()([base(y), base(y)]))
model = keras.Model(x, y)
""",
    "an application that reads a tensor makes no input": """
x = keras.Input((32, 32, 3))
base = keras.applications.VGG16(weights=None, include_top=False, input_tensor=layers.Conv2D(3, 1)(x))
z = keras.Input((3,))
y = layers.Concatenate()([layers.Flatten()(base.output), z])
model = keras.Model([x, z], y)
""",
    "the inside of two applications": """
first = keras.applications.MobileNetV3Small(weights=None, include_top=False, input_shape=(32, 32, 3))
second = keras.applications.MobileNetV3Small(weights=None, include_top=False, input_shape=(32, 32, 3))
model = keras.Model(second.input, layers.ReLU()(second.output))
""",
    "a name that is given, and is one that Keras could have given": """
base = keras.applications.VGG16(weights=None, input_shape=(32, 32, 3), classes=4)
x = keras.Input((32, 32, 3))
model = keras.Model(x, layers.Flatten()(base(x)))
""",
}


def list_names(code: str) -> list[str]:
    question = Question(code=IMPORTS + code)
    architecture = read_question(question, find_output_shapes, find_application).architecture
    return [row.name for row in make_report(architecture).layers if not row.kind.startswith("ops.")]


def list_keras_names(model: keras.Model) -> list[str]:
    return [layer.name for layer in model.layers]


@pytest.mark.parametrize("code", APPLICATIONS.values(), ids=APPLICATIONS)
def test_the_layers_of_an_application_are_counted(code: str) -> None:
    assert list_names(code) == list_keras_names(run(code))
