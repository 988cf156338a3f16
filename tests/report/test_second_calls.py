"""A further call that fails: Keras' words have the layer's own name, ours the number of the call."""

import keras
import pytest

from app.architecture.question import Question
from app.architecture.read import read_question
from app.problems import Problem
from app.report.build import make_report
from app.report.repairing import find_output_shapes

IMPORTS = "import keras\nfrom keras import layers\n"

CODES = {
    "of other features": """
head = layers.Dense(3, name="head")
a, b = keras.Input((4,)), keras.Input((5,))
model = keras.Model([a, b], [head(a), head(b)])
""",
    "of too few axes": """
walk = layers.LSTM(3, name="head")
a, b = keras.Input((4, 2)), keras.Input((4,))
model = keras.Model([a, b], [walk(a), walk(b)])
""",
    "of its own output, which is too small as well": """
convolution = layers.Conv2D(3, 4, name="head")
a = keras.Input((5, 5, 1))
model = keras.Model(a, convolution(convolution(a)))
""",
    "of a model": """
a, b, inside = keras.Input((4,)), keras.Input((7,)), keras.Input((4,))
encoder = keras.Model(inside, layers.Dense(2)(inside), name="head")
model = keras.Model([a, b], [encoder(a), encoder(b)])
""",
}


def find_problem(code: str) -> Problem:
    reading = read_question(Question(code=IMPORTS + code), find_output_shapes)
    return next(p for p in make_report(reading.architecture).problems if p.severity == "error")


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_keras_words_have_the_name_that_the_code_gives(code: str) -> None:
    with pytest.raises(ValueError, match="incompatible with the layer") as raised:
        exec(IMPORTS + code, {})
    problem = find_problem(code)
    assert problem.layer == "head@2"
    assert problem.keras_message == str(raised.value).replace(" with name 'None'", "")
    assert "call 2 of head received" in problem.happened
    assert "@" not in problem.happened + problem.expected + problem.fix


OWN = """
class Block(layers.Layer):
    def __init__(self):
        super().__init__(name="block")
        self.dense = layers.Dense(3)
    def call(self, inputs):
        return self.dense(inputs)
block = Block()
"""


def test_a_layer_of_ones_own_keeps_the_weights_of_its_first_call() -> None:
    code = f"""{OWN}
a, b = keras.Input((5,)), keras.Input((6,))
model = keras.Model([a, b], [block(a), block(b)])
"""
    with pytest.raises(ValueError, match="value 5"):
        exec(IMPORTS + code, {})
    assert find_problem(code).layer == "block@2"


def test_a_layer_of_ones_own_may_be_called_on_sequences_of_two_lengths() -> None:
    code = f"""{OWN}
a, b = keras.Input((5, 4)), keras.Input((6, 4))
model = keras.Model([a, b], [block(a), block(b)])
"""
    names: dict[str, keras.Model] = {}
    exec(IMPORTS + code, names)
    reading = read_question(Question(code=IMPORTS + code), find_output_shapes)
    report = make_report(reading.architecture)
    assert [tensor.shape for tensor in report.outputs] == [each.shape for each in names["model"].outputs]
