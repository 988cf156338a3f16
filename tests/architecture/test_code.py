"""The language that is read: every construct decides the `units` of a Dense, where its value can be seen."""

import pytest

from app.architecture.code import read_code
from app.problems import CodeError

HEADER = """
import math
import numpy as np
import tensorflow as tf
from keras import Input, Sequential
from keras.layers import Dense
"""


def units_of(expression: str, before: str = "") -> object:
    """What an expression is worth, read through a layer that takes it."""
    code = f"{HEADER}{before}\nmodel = Sequential([Input((4,)), Dense({expression})])\n"
    return read_code(code).architecture.nodes[1].arguments["units"]


EXPRESSIONS = {
    # Arithmetic, comparisons, conditions.
    "2 + 3 * 4": 14,
    "2 ** 5 // 3 % 7": 3,
    "-(-7) >> 1": 3,
    "7 if 1 < 2 <= 2 else 8": 7,
    "(0 or 5) and 6": 6,
    "8 if not None else 9": 8,
    "3 if 'a' in {'a': 1} and 4 not in (1, 2) else 4": 3,
    "10 if None is None else 11": 10,
    "(n := 6) + n": 12,
    # Collections.
    "[4, 5, 6][-1]": 6,
    "(1, 2, 3)[1:][0]": 2,
    "{'units': 9}['units']": 9,
    "{**{'a': 1}, 'b': 2}['b']": 2,
    "len([*range(4), 5])": 5,
    "len({1, 1, 2})": 2,
    "sum([u * 2 for u in (1, 2, 3) if u > 1])": 10,
    "sum(a * b for a in range(3) for b in range(3))": 9,
    "{k: v for k, v in zip('ab', (1, 2))}['b']": 2,
    "len({u % 2 for u in range(5)})": 2,
    "sorted([3, 1, 2], key=lambda u: -u)[0]": 3,
    "list(reversed(range(3)))[0]": 2,
    "dict(a=1, b=2).get('c', 7)": 7,
    "max([1, 5, 3]) - min(2, 4)": 3,
    "list(enumerate([5], start=2))[0][0]": 2,
    "list(map(lambda u: u + 1, [1]))[0]": 2,
    "[u for u in filter(None, [0, 3])][0]": 3,
    "next(iter([4, 5]))": 4,
    # Numbers and texts.
    "int('12') + int(3.7) + round(2.4) + abs(-1)": 18,
    "int(math.sqrt(16)) + math.ceil(1.2) + int(math.log2(8))": 9,
    "len(f'{3:03d}-{\"a\"!r}')": 7,
    "len('%d units, %s' % (12, 'relu'))": 14,
    "len('{} and {name}'.format(1, name='two'))": 9,
    "len('a,b'.split(',')) + len('-'.join(['a', 'b']))": 5,
    "int('  8 '.strip().replace('8', '9'))": 9,
    "divmod(17, 5)[1]": 2,
    "len(str([1, 'a']))": 8,
    "6 if all([1, True]) and any([0, 1]) else 5": 6,
    # Shapes of data.
    "np.zeros((3, 4)).shape[1]": 4,
    "np.array([[1, 2, 3], [4, 5, 6]]).shape[1]": 3,
    "np.random.rand(6, 5).reshape(-1, 10).shape[0]": 3,
    "np.expand_dims(np.ones((2, 3)), axis=1).ndim": 3,
    "np.zeros((4, 5, 6))[:, 1:, None, ::2].shape[3]": 3,
    "np.zeros((4, 5, 6))[..., 0].shape[-1]": 5,
    "np.zeros((4, 5)).T.shape[0]": 5,
    "np.concatenate([np.zeros((2, 3)), np.zeros((2, 4))], axis=1).shape[1]": 7,
    "np.transpose(np.zeros((2, 3, 4)), (2, 0, 1)).shape[0]": 4,
    "len(np.arange(2, 10, 2)) + len(np.linspace(0, 1, 5))": 9,
    "(np.zeros((5, 1)) * np.ones((1, 4))).shape[1]": 4,
    "np.prod([2, 3, 4])": 24,
    "np.random.normal(size=(3, 7)).shape[1]": 7,
    "tf.zeros((2, 6)).shape[1]": 6,
    "tf.keras.utils.to_categorical([0, 1, 2], num_classes=3).shape[1]": 3,
    "tf.keras.utils.to_categorical(np.zeros((5, 1)), num_classes=3).shape[1]": 3,
    "tf.keras.preprocessing.sequence.pad_sequences([[1], [1, 2]]).shape[1]": 2,
    "tf.keras.utils.pad_sequences([[1]], maxlen=9, padding='post').shape[1]": 9,
}


@pytest.mark.parametrize(("expression", "value"), EXPRESSIONS.items())
def test_expressions(expression: str, value: int) -> None:
    assert units_of(expression) == value


STATEMENTS = {
    "tuples are unpacked": ("a, (b, *c), d = 1, (2, 3, 4), 5", "a + b + len(c) + d", 10),
    "one value, several names": ("a = b = 3", "a + b", 6),
    "annotations": ("units: int = 4", "units", 4),
    "augmented assignment": ("u = [1]\nu += [2, 3]\nu[0] **= 2\nn = 2\nn <<= 2", "len(u) + n", 11),
    "elements and deletion": ("d = {}\nd['a'] = 5\nd['b'] = 6\ndel d['b']", "d['a'] + len(d)", 6),
    "for with else, break, continue": (
        "n = 0\nfor i in range(10):\n  if i == 2: continue\n  if i == 5: break\n  n += i\nelse: n = 0",
        "n",
        8,
    ),
    "while": ("n = 1\nwhile n < 50:\n    n *= 2", "n", 64),
    "if, elif, else": ("k = 2\nif k == 1: u = 1\nelif k == 2: u = 20\nelse: u = 3", "u", 20),
    "functions with defaults": (
        "def f(a, b=2, *c, d=4, **e): return a + b + sum(c) + d + e['x']",
        "f(1, 1, 1, x=1)",
        8,
    ),
    "recursion": ("def f(n): return 1 if n == 0 else n * f(n - 1)", "f(4)", 24),
    "closures": ("def f(n):\n    def g(m): return n * m\n    return g", "f(3)(4)", 12),
    "lambda": ("f = lambda a, *b, k=1: a + len(b) + k", "f(1, 2, 3)", 4),
    "global": ("n = 1\ndef f():\n    global n\n    n = 5\nf()", "n", 5),
    "nonlocal": (
        "def f():\n    n = 1\n    def g():\n        nonlocal n\n        n = 6\n    g()\n    return n",
        "f()",
        6,
    ),
    "spread arguments": ("def f(a, b, c): return a + b + c", "f(*[1, 2], **{'c': 3})", 6),
    "try": ("try:\n    u = 3\nexcept ImportError:\n    u = 4\nfinally:\n    v = 1", "u + v", 4),
    "with": ("with tf.device('/cpu:0') as d:\n    u = 7", "u", 7),
    "assert, pass, print": ("assert 1 == 1\npass\nprint('x', end='')", "5", 5),
    "main guard": ("if __name__ == '__main__':\n    u = 11", "u", 11),
    "methods that change a list": (
        "u = [3]\nu.append(1)\nu.extend([2])\nu.insert(0, 9)\nu.pop()\nu.reverse()",
        "u[-1]",
        9,
    ),
    "callback classes": (
        "class Log(tf.keras.callbacks.Callback):\n    def f(self): return 1\nlog = Log()",
        "3",
        3,
    ),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements(name: str) -> None:
    before, expression, value = STATEMENTS[name]
    assert units_of(expression, before) == value


IMPORTS = [
    "import keras\nkeras.layers.Dense(3)",
    "import keras.layers\nkeras.layers.Dense(3)",
    "import keras.layers as L\nL.Dense(3)",
    "from keras import layers\nlayers.Dense(3)",
    "from keras.layers import Dense as D\nD(3)",
    "from keras.layers import *\nDense(3)",
    "from keras.layers.core import Dense\nDense(3)",
    "import tensorflow as tf\ntf.keras.layers.Dense(3)",
    "from tensorflow import keras\nkeras.layers.Dense(3)",
    "from tensorflow.keras import layers\nlayers.Dense(3)",
    "import tensorflow.keras.layers as L\nL.Dense(3)",
    "from tensorflow.python.keras.layers import Dense\nDense(3)",
    "from tensorflow.compat.v1.keras.layers import Dense\nDense(3)",
    "import tensorflow.compat.v1 as tf\ntf.keras.layers.Dense(3)",
    "import tf_keras\ntf_keras.layers.Dense(3)",
]


@pytest.mark.parametrize("code", IMPORTS)
def test_every_way_to_import_leads_to_the_same_layer(code: str) -> None:
    reading = read_code(code)
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "Dense"]
    assert "import-assumed" not in [note.code for note in reading.notes]


def test_names_without_an_import_are_keras_own_and_noted_once() -> None:
    reading = read_code("model = Sequential([Input((4,)), Dense(int(np.prod([2, 3])))])")
    assert reading.architecture.nodes[1].arguments == {"units": 6}
    (note,) = reading.notes
    assert note.code == "import-assumed"
    assert "`Sequential`, `Input`, `Dense` and `np` are not imported" in note.happened


def test_a_name_of_the_visitors_own_comes_before_keras() -> None:
    code = f"{HEADER}layers = [3, 5]\nmodel = Sequential([Input((4,))] + [Dense(u) for u in layers])"
    assert [node.arguments.get("units") for node in read_code(code).architecture.nodes] == [None, 3, 5]


def test_a_condition_on_data_reads_the_first_branch_and_says_so() -> None:
    reading = read_code(
        f"{HEADER}if data.shape[0] > 10: u = 3\nelse: u = 4\nmodel = Sequential([Input((4,)), Dense(u)])"
    )
    assert reading.architecture.nodes[1].arguments == {"units": 3}
    assert [note.code for note in reading.notes] == ["not-followed"]


def test_a_loop_over_data_is_read_once() -> None:
    code = "for rows in folds:\n  model = Sequential([Input((4,)), Dense(2)])\n  model.fit(rows)"
    reading = read_code(HEADER + code)
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "Dense"]
    assert [note.code for note in reading.notes] == ["not-followed"]


def test_the_same_unknown_name_is_the_same_number_everywhere() -> None:
    reading = read_code(f"{HEADER}model = Sequential([Input((n_features,)), Dense(hidden), Dense(hidden)])")
    nodes = reading.architecture.nodes
    assert nodes[1].arguments == nodes[2].arguments == {"units": 32}
    (note,) = reading.notes
    assert note.happened == (
        "The code does not say what `n_features` and `hidden` are. "
        "Read as: `n_features` = 16 and `hidden` = 32."
    )


SIZES_OF_DATA = {
    "(trainX.shape[1], trainX.shape[2])": "trainX = np.zeros((1000, 8, 16))",
    "(None, x.shape[-1])": "x = np.zeros((1000, 16))",
    "(x.shape[1], x.shape[-1])": "x = np.zeros((1000, 8, 16))",
    "(x.shape[2],)": "x = np.zeros((1000, 8, 16))",
    "x.shape[1:]": "x = np.zeros((1000, 8))",
    "(steps,)": "steps = 8",
}


@pytest.mark.parametrize("shape", SIZES_OF_DATA)
def test_the_line_that_is_proposed_for_unknown_data_gives_the_shape_that_was_assumed(shape: str) -> None:
    model = f"model = Sequential([Input({shape})])"
    reading = read_code(HEADER + model)
    (note,) = reading.notes
    assert f"Write `{SIZES_OF_DATA[shape]}` above the model." in note.fix
    followed = read_code(f"{HEADER}{SIZES_OF_DATA[shape]}\n{model}")
    assert followed.architecture.nodes[0].batch_shape == reading.architecture.nodes[0].batch_shape
    assert followed.notes == ()


def test_what_is_no_name_is_proposed_in_its_place() -> None:
    (note,) = read_code(f"{HEADER}model = Sequential([Input((4,)), Dense(len(classes))])").notes
    assert "Write `10` in the place of `len(classes)`." in note.fix


def test_several_notes_of_a_kind_are_told_as_one() -> None:
    code = f"{HEADER}x, y = (9, 4), (9, 5)\nmodel = Sequential([Input((x.shape[1], y.shape[1]))])"
    (note,) = read_code(code).notes
    assert "`x` is a tuple" in note.happened
    assert "Write `x = np.zeros((9, 4))`. Write `y = np.zeros((9, 5))`." in note.fix


PASTES = {
    "prompts": ">>> model = Sequential()\n>>> for u in (1, 2):\n...     model.add(Dense(u))\n...\n",
    "a notebook's commands": "!pip list\n%matplotlib inline\nmodel = Sequential([Dense(1), Dense(2)])",
    "indented": "    model = Sequential()\n    model.add(Dense(1))\n    model.add(Dense(2))\n",
    "a byte order mark": "\ufeffmodel = Sequential([Dense(1), Dense(2)])",
    "Windows' line ends": "model = Sequential([\r\n  Dense(1),\r\n  Dense(2)\r\n])\r\n",
    "print of Python 2": 'print "training"\nmodel = Sequential([Dense(1), Dense(2)])',
    "typographic quotes": "model = Sequential([Dense(1, activation=“relu”),\u00a0Dense(2)])",
    "an open bracket": "model = Sequential([Dense(1), Dense(2)]\nmodel.compile()",
    "an open bracket far up": "model = Sequential([\n    Dense(1),\n    Dense(2)  # out\nmodel.compile()",
    "invalid escapes": "path = '\\d'\nmodel = Sequential([Dense(1), Dense(2)])",
}


@pytest.mark.parametrize("name", PASTES)
def test_what_pasting_does_to_source_is_put_right(name: str) -> None:
    nodes = read_code(PASTES[name]).architecture.nodes
    assert [node.arguments.get("units") for node in nodes] == [None, 1, 2]


def test_data_and_training_have_no_effect() -> None:
    code = """
import pandas as pd
from sklearn.preprocessing import StandardScaler
frame = pd.read_csv("rows.csv")
X = StandardScaler().fit_transform(frame.drop(columns=["y"]).values)
optimizer = tf.keras.optimizers.Adam(learning_rate=1e-3)
model = Sequential([Input((4,)), Dense(3)])
model.compile(optimizer=optimizer, loss=tf.keras.losses.MeanSquaredError(), metrics=["mae"])
history = model.fit(X, frame["y"], epochs=10, callbacks=[tf.keras.callbacks.EarlyStopping(patience=3)])
best = min(history.history["val_loss"])
split = int(len(X) * 0.8)
batches, ids = [X[:split], X[split:]], {}
ids[X[0]] = sorted(history.epoch)[:split]
print(f"{best:.3f}", model.predict(X)[0])
tf.keras.utils.plot_model(model, show_shapes=True)
model.save("model.keras")
"""
    reading = read_code(HEADER + code)
    assert len(reading.architecture.nodes) == 2
    assert reading.notes == ()


def test_a_tuple_asked_for_its_shape_is_read_as_the_array_it_stands_for() -> None:
    reading = read_code(f"{HEADER}x = (100, 7)\nmodel = Sequential([Input((x.shape[1],)), Dense(1)])")
    assert reading.architecture.nodes[0].batch_shape == (None, 7)
    assert [note.code for note in reading.notes] == ["tuple-read-as-array"]


def test_an_error_that_python_would_raise_is_told_at_its_line_and_column() -> None:
    with pytest.raises(CodeError) as caught:
        units_of("units[3]", "units = [1, 2]")
    assert (caught.value.line, caught.value.column) == (8, 40)
    assert "IndexError" in caught.value.detail
