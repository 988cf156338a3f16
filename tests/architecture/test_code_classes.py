"""Classes in code: their functions are walked, and what cannot be followed stands as one layer."""

import pytest

from app.architecture import Question
from app.pipeline import examine
from app.problems import CodeError
from app.report import Report

HEADER = "import keras\nfrom keras import layers, ops\nimport tensorflow as tf\n"


def ask(code: str) -> Report:
    """What Kerascope makes of the code."""
    return examine(Question(code=HEADER + code)).report


def test_the_shape_behind_weights_made_by_hand_is_asked_of_keras() -> None:
    report = ask("""
class Attention(layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(input_shape[-1], 1))
    def call(self, x):
        weights = ops.softmax(ops.tanh(ops.matmul(x, self.w)), axis=1)
        return ops.sum(x * weights, axis=1)
x = keras.Input((7, 5))
model = keras.Model(x, layers.Dense(2)(Attention()(x)))
""")
    own = report.layers[1]
    assert (own.kind, own.output_shapes, report.layers[2].output_shapes) == (
        "Opaque",
        ((None, 5),),
        ((None, 2),),
    )
    told = next(problem for problem in report.problems if problem.code == "class-not-walked")
    assert "w (5, 1)" in told.happened


def test_positions_are_counted_along_an_input_that_is_as_long() -> None:
    report = ask("""
class Tokens(layers.Layer):
    def __init__(self):
        super().__init__()
        self.tokens, self.positions = layers.Embedding(50, 8), layers.Embedding(20, 8)
    def call(self, x):
        return self.tokens(x) + self.positions(ops.arange(start=0, stop=ops.shape(x)[-1]))
x = keras.Input((20,))
model = keras.Model(x, Tokens()(x))
""")
    assert report.outputs[0].shape == (None, 20, 8)
    assert report.totals.parameters == 50 * 8 + 20 * 8
    assert [problem.code for problem in report.problems] == ["positions-counted"]


@pytest.mark.parametrize("constant", ["ops.arange(7)", "ops.arange(1, 21)", "ops.ones((20,))"])
def test_other_constants_make_no_model_of_a_class(constant: str) -> None:
    report = ask(f"""
class Tokens(layers.Layer):
    def __init__(self):
        super().__init__()
        self.tokens, self.positions = layers.Embedding(50, 8), layers.Embedding(20, 8)
    def call(self, x):
        return self.tokens(x) + ops.sum(self.positions({constant}), axis=0)
x = keras.Input((20,))
model = keras.Model(x, Tokens()(x))
""")
    assert (report.layers[1].kind, report.outputs[0].shape) == ("Opaque", (None, 20, 8))


def test_a_line_of_call_that_is_not_understood_takes_nothing_else_away() -> None:
    report = ask("""
class Strange(layers.Layer):
    def call(self, x):
        return tf.map_fn(print, x)
x = keras.Input((4,))
y = layers.Dense(3)(x)
model = keras.Model(x, [Strange()(y), layers.Dense(2)(y)])
""")
    assert {row.name: row.status for row in report.layers} == {
        "input_layer": "builds",
        "dense": "builds",
        "strange": "fails",
        "dense_1": "builds",
    }


def test_a_model_without_data_has_an_input_of_as_many_axes_as_keras_can_build_it_on() -> None:
    report = ask("""
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv, self.out = layers.Conv2D(4, 3), layers.Dense(2)
    def call(self, image):
        return self.out(self.conv(image))
model = Net()
""")
    assert len(report.inputs[0].shape) == 4
    assert [hole.name for hole in report.holes] == ["image.shape"]


def test_heads_are_separated_by_reshapes_that_leave_the_batch_as_it_is() -> None:
    report = ask("""
class Heads(layers.Layer):
    def call(self, x):
        batch = tf.shape(x)[0]
        q = tf.transpose(tf.reshape(x, (batch, -1, 4, 2)), perm=[0, 2, 1, 3])
        return tf.matmul(q, q, transpose_b=True) / tf.math.sqrt(tf.cast(tf.shape(q)[-1], tf.float32))
x = keras.Input((None, 8))
model = keras.Model(x, Heads()(x))
""")
    assert report.outputs[0].shape == (None, 4, None, None)
    assert report.holes == ()


def test_training_of_a_plain_class_is_not_followed() -> None:
    report = ask("""
class Experiment:
    def __init__(self, units):
        self.model = keras.Sequential([keras.Input((3,)), layers.Dense(units)])
    def train(self, epochs):
        for epoch in range(epochs):
            self.model.train_on_batch(epoch, epoch)
Experiment(units=6).train(epochs=10**9)
""")
    assert report.outputs[0].shape == (None, 6)


def test_a_frozen_base_has_nothing_to_learn() -> None:
    report = ask("""
base = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.BatchNormalization()])
base.trainable = False
x = keras.Input((4,))
model = keras.Model(x, layers.Dense(1)(base(x)))
""")
    assert (report.totals.parameters, report.totals.trainable) == (15 + 12 + 4, 4)


def test_what_keras_says_of_an_application_is_told_at_its_line() -> None:
    with pytest.raises(CodeError, match="Keras would stop here") as caught:
        ask("model = keras.applications.VGG16(include_top=False, input_shape=(8, 8, 3))")
    assert caught.value.line == 4


@pytest.mark.parametrize("code", ["keras.models.load_model('m.keras')", "keras.models.model_from_json(text)"])
def test_a_model_from_a_file_is_asked_for(code: str) -> None:
    with pytest.raises(CodeError, match="from a file"):
        ask(f"model = {code}")


def test_a_class_may_be_told_the_input_shape_of_the_model() -> None:
    report = examine(
        Question(
            code="""
class Twice(keras.layers.Layer):
    def __init__(self, units, **more):
        super().__init__(**more)
        self.dense = Dense(units)
    def call(self, x):
        return self.dense(x) * 2

model = keras.Sequential()
model.add(Twice(4, input_shape=(10, 3)))
model.add(LSTM(2))
"""
        )
    ).report
    assert report.inputs[0].shape == (None, 10, 3)
    assert report.layers[1].output_shapes == ((None, 10, 4),)


OWN_MODELS = {
    "one that is walked": """
class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.last = layers.Dense(4), layers.Dense(1)
    def call(self, x):
        return self.last(self.first(x))
model = Own()
model.compile("adam", "mse")
model.fit(np.zeros((10, 8)), np.zeros((10, 3)))
""",
    "one with another way to train": """
class Own(keras.Model):
    def train_step(self, data):
        return {}
inputs = keras.Input((8,))
model = Own(inputs, layers.Dense(1)(layers.Dense(4)(inputs)))
model.compile(optimizer="adam", loss="mse")
model.fit(np.zeros((10, 8)), np.zeros((10, 3)))
""",
}


@pytest.mark.parametrize("code", OWN_MODELS.values(), ids=list(OWN_MODELS))
def test_the_loss_of_a_model_of_an_own_class_is_kept(code: str) -> None:
    report = ask(f"import numpy as np\n{code}")
    assert [layer.output_shapes for layer in report.layers][1:] == [((None, 4),), ((None, 1),)]
    assert [(problem.code, "mse" in problem.happened) for problem in report.problems] == [
        ("targets-are-broadcast", True)
    ]
