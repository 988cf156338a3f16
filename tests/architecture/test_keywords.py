"""Tensors passed by keyword or in a dict: Keras reads them in the order of the names, and lists layers so."""

import inspect
import json

import keras
import pytest
from plain_model import IMPORTS, run

from app.architecture import Architecture
from app.architecture.calls import name_first
from app.architecture.catalogue import KINDS
from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.problems import ArchitectureError, CodeError
from app.report.build import make_report

ATTENDED = """
a, b, c = keras.Input((5, 4), name="a"), keras.Input((6, 3), name="b"), keras.Input((6, 2), name="c")
q, v, k = layers.Dense(4, name="q")(a), layers.Dense(3, name="v")(b), layers.Dense(2, name="k")(c)
"""
STATES = """
x, h, c = keras.Input((5, 4), name="x"), keras.Input((3,), name="h"), keras.Input((3,), name="c")
y, dh, dc = layers.Dense(4, name="y")(x), layers.Dense(3, name="dh")(h), layers.Dense(3, name="dc")(c)
"""
INNER = """
iz, iy = keras.Input((4,), name="z"), keras.Input((3,), name="y")
inner = keras.Model({"z": iz, "y": iy}, layers.Concatenate()([iz, iy]), name="inner")
a, b = keras.Input((4,), name="a"), keras.Input((3,), name="b")
z, y = layers.Dense(4, name="dz")(a), layers.Dense(3, name="dy")(b)
"""

CODES = {
    "attention, all by keyword": f"""{ATTENDED}
model = keras.Model([a, b, c], layers.MultiHeadAttention(2, 3)(query=q, value=v, key=k))
""",
    "attention, two by keyword": f"""{ATTENDED}
model = keras.Model([a, b, c], layers.MultiHeadAttention(2, 3)(q, value=v, key=k))
""",
    "attention, by position": f"""{ATTENDED}
model = keras.Model([a, b, c], layers.MultiHeadAttention(2, 3)(q, v, k))
""",
    "attention with a mask, which is read first": f"""{ATTENDED}
mask = keras.Input((5, 6), dtype="bool", name="mask")
attended = layers.MultiHeadAttention(2, 3)(value=v, query=q, attention_mask=layers.Identity(name="i")(mask))
model = keras.Model([a, b, mask], attended)
""",
    "states by keyword before the sequence": f"""{STATES}
model = keras.Model([x, h, c], layers.LSTM(3)(initial_state=[dh, dc], sequences=y))
""",
    "states by position": f"""{STATES}
model = keras.Model([x, h, c], layers.LSTM(3)(y, [dh, dc]))
""",
    "a mask before the sequence": f"""{STATES}
mask = keras.Input((5,), dtype="bool", name="mask")
states = layers.GRU(3)(sequences=y, mask=layers.Identity(name="i")(mask))
model = keras.Model([x, mask], states)
""",
    "a layer called on a dict": f"""{INNER}
given = layers.Dropout(0.5)({{"z": z, "y": y}})
model = keras.Model([a, b], layers.Concatenate()([given["z"], given["y"]]))
""",
    "a model called on a dict by keyword": f"""{INNER}
model = keras.Model([a, b], inner(inputs={{"z": z, "y": y}}))
""",
    "a model called on two dicts": f"""{INNER}
first = inner({{"z": z, "y": y}})
second = inner({{"y": layers.Dense(3, name="y2")(y), "z": layers.Dense(4, name="z2")(z)}})
model = keras.Model([a, b], layers.Add()([second, first]))
""",
}


def name_layer(call: str) -> str:
    return call.partition("@")[0]


def list_layers(architecture: Architecture) -> list[tuple[object, ...]]:
    """The layers of a model: name, what it reads, what it gives."""
    report = make_report(architecture)
    assert report.status == "builds", report.problems
    rows = [row for row in report.layers if not row.kind.startswith("ops.")]
    return [
        (row.name, sorted(map(name_layer, row.inbound)), row.output_shapes, row.parameters.total)
        for row in rows
    ]


def list_keras_layers(model: keras.Model) -> list[tuple[object, ...]]:
    """The same, of Keras."""
    return [
        (
            layer.name,
            sorted(tensor._keras_history.operation.name for tensor in node.input_tensors),
            tuple(tuple(tensor.shape) for tensor in node.output_tensors),
            layer.count_params(),
        )
        for layer in model.layers
        for node in layer._inbound_nodes[:1]
    ]


@pytest.mark.parametrize("code", CODES.values(), ids=CODES)
def test_layers_are_listed_and_read_as_in_keras(code: str) -> None:
    model = run(code)
    expected = list_keras_layers(model)
    architecture = read_code(IMPORTS + code).architecture
    assert list_layers(architecture) == expected
    assert list_layers(read_code(write_code(architecture)).architecture) == expected
    assert list_layers(read_config(json.loads(model.to_json()))) == expected


STATES_FIRST = f"{STATES}\nmodel = keras.Model([x, h], layers.LSTM(3)(sequences=y, initial_state=[dh, dh]))"


def test_what_a_layer_is_called_on_by_name_stays_its_first_input() -> None:
    node = read_code(IMPORTS + STATES_FIRST).architecture.node("lstm")
    assert [source.node for source in node.inbound] == ["y", "dh", "dh"]
    assert [source.node for source in node.read] == ["dh", "dh", "y"]


@pytest.mark.parametrize("place", [-1, 1])
def test_a_keyword_for_an_input_that_is_not_there_is_refused(place: int) -> None:
    nodes = [
        {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 4]}},
        {"kind": "Dense", "name": "d", "inbound": ["x"], "call": {"inputs": {"input": place}}},
    ]
    with pytest.raises(ArchitectureError, match="there are 1"):
        Architecture.model_validate({"nodes": nodes})


def test_a_layer_that_merges_takes_no_dict() -> None:
    code = f'{INNER}\nmodel = keras.Model([a, b], layers.Concatenate()({{"z": z, "y": y}}))'
    with pytest.raises(KeyError):
        run(code)
    note = next(note for note in read_code(IMPORTS + code).notes if note.severity == "error")
    assert "takes a list" in note.happened


def test_a_model_misses_an_input_in_the_dict_it_is_called_on() -> None:
    code = f'{INNER}\nmodel = keras.Model(a, inner({{"z": z}}))'
    with pytest.raises(ValueError, match="Missing data for input"):
        run(code)
    note = next(note for note in read_code(IMPORTS + code).notes if note.severity == "error")
    assert "its inputs are ['y', 'z']" in note.happened


def test_the_first_parameter_of_every_layer_is_known_by_name() -> None:
    for kind in KINDS.values():
        layer = getattr(keras.layers, kind.name)
        if kind.call == "list" and kind.inputs != "none":
            called = layer.__call__ if kind.category == "image" else layer.call
            assert name_first(kind.name, kind.category) == list(inspect.signature(called).parameters)[1]


def test_an_input_by_a_name_that_no_version_knows_is_refused() -> None:
    code = "x = keras.Input((4,))\nmodel = keras.Model(x, layers.Dense(2)(x=x))"
    with pytest.raises(TypeError, match="missing a required argument: 'inputs'"):
        run(code)
    with pytest.raises(CodeError, match="missing a required argument: 'inputs'"):
        read_code(IMPORTS + code)


def test_a_sequence_by_its_name_in_keras_2_is_noted() -> None:
    code = "x = keras.Input((5, 3))\nmodel = keras.Model(x, layers.LSTM(2)(inputs=x))"
    (note,) = read_code(IMPORTS + code).notes
    assert note.happened == "`inputs=…` is an older spelling of `sequences=…`."
