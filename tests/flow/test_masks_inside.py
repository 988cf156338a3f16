"""Masks inside models that are used as layers: what is told of the layers there is what the real ones do."""

from typing import Any

import keras
import numpy as np
import pytest

from app.architecture import Question, read_question
from app.architecture.sequences import Sequences
from app.flow.masked import MaskedLayer, MaskTrace
from app.flow.masks import trace_masks
from app.report.build import make_report
from app.report.runs import inside

ROWS = ((5, 9, 2), (3,))

CHAIN = """
inner = keras.Sequential([
    keras.Input((None,)), layers.Embedding(20, 4, mask_zero=True, name="vectors"), {0}], name="inner")
"""
GRAPH = """
x = keras.Input((None,), name="x")
vectors = layers.Embedding(20, 4, mask_zero=True, name="vectors")(x)
read = layers.GRU(4, return_sequences=True, name="read")(vectors)
inner = keras.Model(x, layers.Dense(2, name="last")(vectors + read), name="inner")
"""
DEEPER = (
    CHAIN.format('layers.Bidirectional(layers.GRU(2), name="last")').replace("inner", "core")
    + """
x = keras.Input((None,), name="x")
inner = keras.Model(x, layers.Dense(2, name="after")(core(x)), name="inner")
"""
)
AROUND = """
tokens = keras.Input((None,), name="tokens")
model = keras.Model(tokens, inner(tokens))
"""

KEPT = 'layers.LSTM(3, return_sequences=True, name="walk"), layers.LSTM(2, name="last")'
LOST = 'layers.Conv1D(3, 2, name="last")'
WALKED_BACK = 'layers.GRU(3, return_sequences=True, go_backwards=True, name="last")'

LOOKED_AT = [
    *((CHAIN.format(KEPT), "inner", name) for name in ("vectors", "walk", "last")),
    *((CHAIN.format(LOST), "inner", name) for name in ("vectors", "last")),
    (CHAIN.format(WALKED_BACK), "inner", "last"),
    *((GRAPH, "inner", name) for name in ("vectors", "read", "last")),
    *((DEEPER, "inner.core", name) for name in ("vectors", "last")),
    (DEEPER, "inner", "after"),
]


def trace(code: str, rows: Any = ROWS) -> MaskTrace:
    report = make_report(read_question(Question(code=code)).architecture)
    assert report.status == "builds"
    traced = trace_masks(report, Sequences(rows=rows, padding="post"))
    assert not traced.refused, traced.refused
    return traced


def find(layers: tuple[MaskedLayer, ...], *path: str) -> MaskedLayer:
    name, *further = path
    (layer,) = (layer for layer in layers if layer.layer == name)
    return find(layer.layers, *further) if further else layer


@pytest.mark.filterwarnings("ignore:.*mask")
@pytest.mark.parametrize(("code", "around", "name"), LOOKED_AT)
def test_the_real_layer_inside_has_the_mask_and_the_changes(code: str, around: str, name: str) -> None:
    told = find(trace(code + AROUND).layers, *around.split("."), name)
    made: dict[str, Any] = {"keras": keras, "layers": keras.layers}
    keras.utils.set_random_seed(3)
    exec(code, made)
    owner = made[around.split(".")[-1]]
    real = keras.Model(owner.inputs, owner.get_layer(name).output)
    data = keras.utils.pad_sequences([list(row) for row in ROWS], padding="post")
    once = real([data])
    (vectors,) = (weight for weight in owner.weights if weight.path.endswith("vectors/embeddings"))
    padding = vectors.numpy()
    padding[0] += 1.5
    vectors.assign(padding)
    changed = np.abs(np.array(real([data])) - np.array(once)) > 1e-6
    mask = getattr(once, "_keras_mask", None)
    steps = changed if told.has_timesteps else changed[:, None]
    assert np.array(told.changed).tolist() == steps.any(axis=-1).tolist()
    assert (told.mask is None) == (mask is None)
    assert mask is None or np.array(told.mask).tolist() == np.array(mask).tolist()


def test_what_enters_a_model_brings_its_mask() -> None:
    """Layers do the same whether a model is drawn around them or not."""
    start = """
tokens = keras.Input((None,), name="tokens")
vectors = layers.Embedding(20, 4, mask_zero=True, name="vectors")(tokens)
"""
    nested = """
inner = keras.Sequential([
    keras.Input((None, 4)),
    layers.Conv1D(2, 2, name="cut"),
    layers.LSTM(3, return_sequences=True, name="walk"),
], name="inner")
model = keras.Model(tokens, inner(vectors))
"""
    flat = """
cut = layers.Conv1D(2, 2, name="cut")(vectors)
model = keras.Model(tokens, layers.LSTM(3, return_sequences=True, name="walk")(cut))
"""
    inside, beside = trace(start + nested).layers, trace(start + flat).layers
    for name in ("cut", "walk"):
        assert find(inside, "inner", name) == find(beside, name)
    assert any(map(any, find(inside, "inner").changed))


def test_a_model_that_loses_its_mask_inside_gives_what_the_padding_changes() -> None:
    traced = trace(CHAIN.format(LOST) + AROUND)
    assert find(traced.layers, "inner").changed == find(traced.layers, "inner", "last").changed


def test_of_a_model_that_remembers_between_batches_no_layer_is_told() -> None:
    """Called by themselves, its layers would go on from where the model stopped."""
    code = """
inner = keras.Sequential([keras.Input(batch_shape=(2, 3, 4)), layers.GRU(3, stateful=True)], name="inner")
tokens = keras.Input(batch_shape=(2, 3), name="tokens")
model = keras.Model(tokens, inner(layers.Embedding(20, 4, mask_zero=True)(tokens)))
"""
    told = find(trace(code).layers, "inner")
    assert told.layers == ()
    assert told.changed == ((False,), (False,))


def test_what_a_stateful_layer_remembers_is_no_padding() -> None:
    code = """
model = keras.Sequential([
    keras.Input(batch_shape=(2, 3)), layers.Embedding(20, 4, mask_zero=True),
    layers.GRU(3, stateful=True, return_sequences=True), layers.Bidirectional(layers.GRU(3, stateful=True))])
"""
    for layer in trace(code).layers[2:]:
        assert not any(map(any, layer.changed))


def test_a_large_model_is_told_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "MOST_INSIDE", 2)
    assert find(trace(CHAIN.format(KEPT) + AROUND, ((1, 2),)).layers, "inner").layers == ()
