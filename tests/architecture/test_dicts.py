"""Models between dicts of tensors: in code and as a configuration they are what Keras makes of them."""

import json
from typing import Any

import keras
import pytest

from app.architecture import Architecture
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.report.build import make_report

CODES = {
    "inputs and outputs": """
inputs = {"b": keras.Input((3,), name="b"), "a": keras.Input((4,), name="a")}
x = layers.Concatenate()([inputs["a"], inputs["b"]])
model = keras.Model(inputs, {"out": layers.Dense(2)(x), "other": layers.Dense(3)(x)})
""",
    "a model that is called on a dict": """
entering = {"b": keras.Input((3,), name="b"), "a": keras.Input((4,), name="a")}
inner = keras.Model(entering, layers.Dense(2)(layers.Concatenate()(list(entering.values()))))
p, q = keras.Input((4,)), keras.Input((3,))
model = keras.Model([p, q], layers.Dense(1)(inner({"b": q, "a": p})))
""",
    "a model that is called on a dict by the names of its inputs": """
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
inner = keras.Model([a, b], layers.Dense(2)(layers.Concatenate()([b, a])))
p, q = keras.Input((4,)), keras.Input((3,))
model = keras.Model([p, q], layers.Dense(1)(inner({"b": q, "a": p})))
""",
    "a model made from a list, called on a dict whose keys are sorted otherwise": """
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
inner = keras.Model([b, a], layers.Dense(2)(layers.Concatenate()([b, a])))
p, q, r = keras.Input((4,)), keras.Input((3,)), keras.Input((3,))
model = keras.Model([q, r, p], layers.Add()([inner({"b": layers.Dense(3)(q), "a": p}), inner([r, p])]))
""",
    "inputs that enter in another order than they are read in": """
p, q, unread = keras.Input((4,)), keras.Input((3,)), keras.Input((2,))
x = layers.Concatenate()([layers.Dense(5)(layers.Dense(6)(p)), q])
model = keras.Model([q, unread, p], layers.Dense(1)(x))
""",
    "lists within a dict": """
p, q, r = keras.Input((4,)), keras.Input((3,), name="a"), keras.Input((2,))
x = layers.Concatenate()([layers.Dense(1)(p), r, q])
model = keras.Model({"z": [r, p], "a": q}, [[layers.Dense(2)(x)], layers.Dense(3)(x)])
""",
    "a model whose layers stand in another order than its inputs": """
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
inner = keras.Model([a, b], layers.Dense(2)(layers.Concatenate()([layers.Dense(5)(b), a])))
p, q = keras.Input((4,)), keras.Input((3,))
model = keras.Model([p, q], layers.Dense(1)(inner([p, q])))
""",
    "inputs that are read in another order": """
inputs = {"z": keras.Input((3,), name="z"), "a": keras.Input((4,), name="a")}
x = layers.Concatenate()(list(inputs.values()))
model = keras.Model(inputs, [layers.Dense(2)(x), layers.Dense(3)(x)])
""",
    "attention scores": """
x = keras.Input((6, 4))
attended, scores = layers.MultiHeadAttention(2, 3)(x, x, return_attention_scores=True)
model = keras.Model(x, {"scores": scores, "attended": layers.Dense(1)(attended)})
""",
    "a model that gives a dict": """
x = keras.Input((3,))
inner = keras.Model(x, {"wide": layers.Dense(5)(x), "narrow": layers.Dense(2)(x)})
p = keras.Input((3,))
given = inner(p)
model = keras.Model(p, layers.Dense(1)(layers.Concatenate()([given["wide"], given["narrow"]])))
""",
}


def run(code: str) -> keras.Model:
    """The model as its author would make it. The code is this test's own."""
    keras.utils.clear_session(free_memory=False)
    names: dict[str, Any] = {"keras": keras, "layers": keras.layers}
    exec(code, names)
    return names["model"]


def list_layers(architecture: Architecture) -> tuple[object, ...]:
    """The layers of a model in its order, and the shapes of its inputs and outputs."""
    report = make_report(architecture)
    assert report.status == "builds"
    layers = [(row.kind, row.output_shapes, row.parameters.total) for row in report.layers]
    return layers, [tensor.shape for tensor in report.inputs], [tensor.shape for tensor in report.outputs]


def list_keras_layers(model: keras.Model) -> tuple[object, ...]:
    """The same, of Keras."""
    layers = [
        (
            type(layer).__name__,
            tuple(tuple(tensor.shape) for tensor in keras.tree.flatten(layer.output)),
            layer.count_params(),
        )
        for layer in model.layers
    ]
    return layers, [tensor.shape for tensor in model.inputs], [tensor.shape for tensor in model.outputs]


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_every_layer_is_keras_own_and_stands_where_keras_lists_it(code: str) -> None:
    model = run(code)
    layers = list_keras_layers(model)
    reading = read_code(f"import keras\nfrom keras import layers\n{code}")
    assert not reading.notes
    assert list_layers(reading.architecture) == layers
    assert list_layers(read_code(write_code(reading.architecture)).architecture) == layers
    assert list_layers(read_config(json.loads(model.to_json()))) == layers
