"""Graphs to draw, written as code: shared layers, models in models, operations, several outputs."""

from collections.abc import Mapping
from functools import cache

from app.architecture.code import read_code
from app.report import Report
from app.report.build import make_report

GRAPHS: Mapping[str, str] = {
    "siamese": """
question, answer = keras.Input((None,), name="question"), keras.Input((None,), name="answer")
embedding, lstm = layers.Embedding(1000, 64, mask_zero=True), layers.LSTM(32)
model = keras.Model(
    [question, answer], layers.Dot(-1)([lstm(embedding(question)), lstm(embedding(answer))])
)
""",
    "encoder-and-decoder": """
source, target = keras.Input((None, 71), name="source"), keras.Input((None, 93), name="target")
_, hidden, cell = layers.LSTM(16, return_state=True, name="encoder")(source)
decoder = layers.LSTM(16, return_sequences=True, return_state=True, name="decoder")
decoded, _, _ = decoder(target, initial_state=[hidden, cell])
model = keras.Model([source, target], layers.Dense(93, activation="softmax")(decoded))
""",
    "arithmetic": """
x = keras.Input((6, 4))
y = layers.Dense(4)(x)
z = layers.Concatenate()([x + y, x * 2.0, 1 - y, -x])
model = keras.Model(x, [z[:, -1], ops.mean(z, axis=1), ops.reshape(z, (-1, 96))])
""",
    "split": """
x = keras.Input((6, 4))
first, second, third = ops.split(x, 3, axis=1)
model = keras.Model(x, [layers.LSTM(5)(layers.Concatenate()([third, first])), second])
""",
    "model-in-model": """
encoder = keras.Sequential([keras.Input((5, 4)), layers.LSTM(3), layers.Dense(2)], name="encoder")
a, b = keras.Input((5, 4), name="a"), keras.Input((5, 4), name="b")
model = keras.Model([a, b], layers.Concatenate()([encoder(a), encoder(b)]))
""",
    "large-model-in-model": """
base = keras.Sequential([keras.Input((9,)), *[layers.Dense(9) for _ in range(16)]], name="base")
model = keras.Sequential([base, layers.Dense(2)])
""",
    "declared": """
x = keras.Input((6, 4))
model = keras.Model(x, layers.Dense(2)(layers.Lambda(mine, output_shape=(6, 8))(x)))
""",
    "mask-lost-in-sum": """
x = keras.Input((None,), dtype="int32")
embedded = layers.Embedding(10, 4, mask_zero=True)(x)
model = keras.Model(x, layers.LSTM(3)(embedded + embedded))
""",
}


@cache
def report_on_graph(slug: str) -> Report:
    code = "import keras\nfrom keras import layers, ops\n" + GRAPHS[slug]
    return make_report(read_code(code).architecture)
