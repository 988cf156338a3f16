"""Data on its way to a model: the shapes that NumPy and scikit-learn themselves give."""

import numpy as np
import pytest
from numpy import expand_dims, newaxis, zeros

from app.architecture.code import read_code

EXPRESSIONS = [
    "np.stack([zeros((3, 4))] * 5, axis=1)",
    "np.stack([zeros(7), zeros(7)])",
    "np.vstack([zeros((3, 4)), zeros((2, 4))])",
    "np.vstack([zeros(4), zeros(4)])",
    "np.hstack([zeros((3, 4)), zeros((3, 1))])",
    "np.hstack([zeros(3), zeros(4)])",
    "np.squeeze(zeros((3, 1, 4, 1)))",
    "np.squeeze(zeros((3, 1, 4, 1)), axis=-1)",
    "np.swapaxes(zeros((3, 1, 4)), 0, 2)",
    "np.tile(zeros((3, 4)), (2, 1, 5))",
    "np.zeros_like(zeros((3, 4)))",
    "np.sqrt(zeros((3, 4)))",
    "expand_dims(zeros((3, 4)), -1)",
    "zeros((9, 4))[:, newaxis, :2]",
    "zeros((9, 4))[2:7].reshape(-1, 2, 2)",
    "np.array([[[1], [2]], [[3], [4]]]).transpose(1, 0, 2)",
    "np.random.randint(0, 3, 150)",
    "np.random.normal(0.0, 1.0, (5, 2))",
    "np.random.uniform(size=(5, 2))",
    "np.random.default_rng(7).normal(size=(5, 2))",
    "np.random.choice(5, size=(7, 2))",
    "np.random.permutation(zeros((3, 4)))",
    "np.mean(zeros((3, 4)), axis=-1, keepdims=True)",
    "zeros((3, 4, 5)).sum(0)",
    "zeros((3, 4, 5)).max(axis=(1, 2))",
    "np.argmax(zeros((3, 4, 5)), axis=1)",
    "np.cumsum(zeros((3, 4)))",
    "np.cumsum(zeros((3, 4)), axis=1)",
    "np.repeat(zeros((3, 4)), 2)",
    "np.repeat(zeros((3, 4)), [1, 2, 0], axis=0)",
    "zeros((3, 4)).repeat(2, axis=1)",
    "np.pad(zeros((3, 4)), 1)",
    "np.pad(zeros((3, 4)), (1, 2))",
    'np.pad(zeros((3, 4)), ((1, 2), (0, 3)), mode="constant")',
    "np.split(zeros((6, 4)), 2, axis=1)[1]",
    "np.split(zeros((6, 4)), [4])[1]",
    "np.split(zeros((6, 4)), [-2, 5])[1]",
    "np.array_split(zeros((7, 4)), 3)[2]",
    "np.hsplit(zeros((6, 4)), 4)[0]",
    "np.delete(zeros((3, 4)), [0, 2], axis=1)",
    "np.diff(zeros((3, 4)), axis=0)",
    "np.take(zeros((3, 4)), [[0, 1]], axis=1)",
    "np.dstack([zeros(3), zeros(3)])",
    "np.dstack([zeros((3, 4)), zeros((3, 4))])",
    "np.column_stack([zeros(3), zeros((3, 2))])",
    "np.c_[zeros((3, 2)), zeros(3)]",
    "np.r_[zeros(3), zeros(4)]",
    "np.append(zeros((3, 4)), zeros((2, 4)), axis=0)",
    "np.append(zeros((3, 4)), zeros(4))",
    "np.lib.stride_tricks.sliding_window_view(zeros(100), 10)",
    "np.lib.stride_tricks.sliding_window_view(zeros((100, 3)), 10, axis=0)",
    "np.lib.stride_tricks.sliding_window_view(zeros((100, 3)), (10, 3))",
    "np.moveaxis(zeros((3, 1, 4)), 0, -1)",
    "np.moveaxis(zeros((3, 1, 4)), [0, 1], [-1, -2])",
    "np.rollaxis(zeros((3, 1, 4)), 2)",
    "np.rollaxis(zeros((3, 1, 4)), 0, 3)",
    "zeros((3, 1, 4)).swapaxes(0, -1)",
    "zeros((3, 4)) @ zeros((4, 5))",
    "np.dot(zeros((3, 4)), zeros(4))",
    "np.eye(5)[np.random.randint(0, 5, 7)]",
    "zeros((3, 4, 5))[:, [0, 2]]",
    "np.clip(zeros((3, 4)), 0, 1)",
]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_shapes_are_those_of_numpy(expression: str) -> None:
    shape = eval(expression, {"np": np, "zeros": zeros, "expand_dims": expand_dims, "newaxis": newaxis}).shape
    code = f"""
import numpy as np
from numpy import expand_dims, newaxis, zeros
data = {expression}
model = Sequential([Input(data.shape), Flatten()])
"""
    assert read_code(code).architecture.nodes[0].batch_shape == (None, *shape)


IMPOSSIBLE = {
    "np.split(zeros((6, 4)), 5)": "6 cannot be split into 5",
    "np.mean(zeros((6, 4)), axis=2)": "no axis 2",
    "np.lib.stride_tricks.sliding_window_view(zeros(6), 7)": "a window of 7",
    "zeros((6, 4)) @ zeros((6, 4))": "cannot be multiplied",
    "np.pad(zeros((6, 4, 2)), ((0, 1), (0, 1)))": "2 pairs",
}


@pytest.mark.parametrize("expression", IMPOSSIBLE)
def test_what_numpy_refuses_is_refused(expression: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        eval(expression, {"np": np, "zeros": zeros})
    code = f"""
import numpy as np
from numpy import zeros
data = {expression}
model = Sequential([Input((4,)), Dense(1)])
"""
    (fault,) = [note for note in read_code(code).notes if note.code == "code-not-understood"]
    assert IMPOSSIBLE[expression] in fault.happened


def test_numbers_in_the_code_are_reduced_and_those_in_arrays_are_not() -> None:
    code = """
import numpy as np
longest = np.max([3, 9, 4])
vocabulary = int(zeros((100, 10)).max()) + 1
model = Sequential([Input((longest,)), Embedding(vocabulary, 4)])
"""
    reading = read_code(code)
    assert reading.architecture.nodes[0].batch_shape == (None, 9)
    assert [hole.name for hole in reading.holes] == ["vocabulary"]


SPLITS = {
    "": (75, 25),
    ", test_size=0.33": (67, 33),
    ", test_size=10": (90, 10),
    ", train_size=0.6": (60, 40),
}


@pytest.mark.parametrize("options", SPLITS)
def test_rows_are_split_as_scikit_learn_counts(options: str) -> None:
    code = f"""
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(np.zeros((100, 7)), np.zeros(100){options})
model = Sequential([Input((X_train.shape[1],)), Dense(1)])
model.fit(X_train, y_train, validation_data=(X_test, y_test))
"""
    train, test = SPLITS[options]
    reading = read_code(code)
    assert reading.architecture.nodes[0].batch_shape == (None, 7)
    assert [(feed.inputs, feed.targets) for feed in reading.feeds] == [
        (((train, 7),), ((train,),)),
        (((test, 7),), ((test,),)),
    ]


def test_scaled_data_keeps_its_shape_and_encoded_data_may_not() -> None:
    code = """
scaler = MinMaxScaler()
encoder = OneHotEncoder()
X = scaler.fit_transform(np.zeros((50, 3)))
y = encoder.fit_transform(np.zeros((50, 1)))
model = Sequential([Input((X.shape[1],)), Dense(y.shape[1])])
"""
    reading = read_code(code)
    assert reading.architecture.nodes[0].batch_shape == (None, 3)
    assert [hole.name for hole in reading.holes] == ["y.shape[1]"]


def test_datasets_come_in_batches_of_unknown_size() -> None:
    code = """
import tensorflow as tf
ds = tf.data.Dataset.from_tensor_slices((np.zeros((50, 8, 2)), np.zeros(50))).shuffle(50).batch(10)
model = Sequential([Input((8, 2)), LSTM(3), Dense(1)])
model.fit(ds)
"""
    (feed,) = read_code(code).feeds
    assert (feed.inputs, feed.targets) == (((None, 8, 2),), ((None,),))


def test_columns_that_are_asked_for_are_as_many_as_their_names() -> None:
    code = """
table = pd.read_csv("trips.csv")
model = Sequential([Input((3,)), Dense(2)])
model.fit(table[["distance", "hour", "weekday"]].values, table[["fare", "tip"]].to_numpy())
"""
    (feed,) = read_code(code).feeds
    assert (feed.inputs, feed.targets) == (((None, 3),), ((None, 2),))


GROWING = {
    "axes": "data = data[data]",
    "lengths": "data = np.repeat(data, 2**2000)",
    "axes of chosen elements": "data = np.take(data, data)",
}


@pytest.mark.parametrize("lines", GROWING.values(), ids=GROWING)
def test_an_array_cannot_grow_without_end(lines: str) -> None:
    code = f"""
import numpy as np
data = np.zeros((3, 3))
for _ in range(1000):
    {lines}
model = Sequential([Input((4,)), Dense(1)])
"""
    assert read_code(code).architecture.nodes[0].batch_shape == (None, 4)
