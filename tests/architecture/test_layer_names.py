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


SEQUENTIALS = {
    "a chain that is told its input by its first call": """
chain = keras.Sequential([layers.Dense(3)])
x = keras.Input((4,))
y = chain(x)
z = keras.Input((3,))
model = keras.Model([x, z], layers.Add()([y, z]))
""",
    "a chain that is built": """
chain = keras.Sequential([layers.Dense(3)])
chain.build((None, 4))
x = keras.Input((4,))
model = keras.Model(x, chain(x))
""",
    "a chain that begins with a model": """
inside = keras.Input((4,))
chain = keras.Sequential()
chain.add(keras.Model(inside, layers.Dense(3)(inside)))
chain.add(layers.Dense(2))
x = keras.Input((4,))
model = keras.Model(x, chain(x))
""",
    "a chain in a chain": """
outer = keras.Sequential([keras.Sequential([layers.Dense(3)]), layers.Dense(2)])
x = keras.Input((4,))
y = outer(x)
z = keras.Input((2,))
model = keras.Model([x, z], layers.Add()([y, z]))
""",
    "chains that are used in another order": """
first = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
second = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
x = keras.Input((4,))
model = keras.Model(x, [second(x), first(x)])
""",
    "models beside a chain, which is a model inside": """
chain = keras.Sequential([keras.Input((4,))])
chain.add(layers.Dense(3))
chain.add(layers.Dense(2))
x = keras.Input((4,))
first, second = keras.Model(x, layers.Dense(3)(x)), keras.Model(x, layers.Dense(2)(x))
y = keras.Input((4,))
model = keras.Model(y, [second(y), first(y), chain(y)])
""",
}

INNER = {
    "attention makes a softmax and a dropout where it is called first": """
x = keras.Input((8, 3))
before, attention = layers.Dropout(0.2), layers.MultiHeadAttention(2, 2)
y = attention(before(x), x)
y = layers.Dropout(0.3)(attention(y, y))
model = keras.Model(x, layers.Softmax()(y))
""",
    "an augmentation makes others": """
x = keras.Input((8, 8, 3))
y = layers.RandomRotation(0.2)(layers.RandAugment()(x))
model = keras.Model(x, layers.AutoContrast()(y))
""",
}


@pytest.mark.parametrize("code", SEQUENTIALS.values(), ids=SEQUENTIALS)
def test_what_keras_makes_of_a_chain_is_counted(code: str) -> None:
    assert list_names(code) == list_keras_names(run(code))


@pytest.mark.parametrize("code", INNER.values(), ids=INNER)
def test_layers_that_a_layer_makes_are_counted(code: str) -> None:
    assert list_names(code) == list_keras_names(run(code))
