"""Models between dicts of tensors: in code and as a configuration they are what Keras makes of them."""

import pytest
from plain_model import compare

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


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_every_layer_is_keras_own_and_stands_where_keras_lists_it(code: str) -> None:
    compare(code)
