"""Layers of modules that are not here: each stands where it is called, and its shape can be declared."""

import pytest

from app.architecture import Question
from app.pipeline import examine
from app.problems import UnknownLayer

FOREIGN = {
    "a layer of a module that is not here": (
        "from attention import AttentionLayer\nx = AttentionLayer(8)(x)",
        ("AttentionLayer", "attention_layer"),
    ),
    "a layer under a name of its own": (
        "from keras_contrib.layers import CRF\ncrf = CRF(9)\nx = crf(x)",
        ("crf", "crf"),
    ),
    "a function of a cell that is not here": ("x = conv_block(x, 64)", ("conv_block", "conv_block")),
    "one of several tensors": (
        "bert = TFAutoModel.from_pretrained('base')\nx = bert(x)[0]",
        ("bert", "bert"),
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_from_elsewhere_stands_where_it_is_called(name: str) -> None:
    lines, (class_name, layer_name) = FOREIGN[name]
    report = examine(
        Question(code=f"i = Input((9, 4))\nx = LSTM(5)(i)\n{lines}\nm = Model(i, Dense(2)(x))")
    ).report
    assert [(row.name, row.status) for row in report.layers] == [
        ("input_layer", "builds"),
        ("lstm", "builds"),
        (layer_name, "fails"),
        ("dense", "blocked"),
    ]
    assert report.architecture.node(layer_name).arguments == {"class_name": class_name}
    assert [problem.code for problem in report.problems if problem.severity == "error"] == ["opaque-layer"]


def test_a_chain_may_hold_it() -> None:
    code = "from keras_contrib.layers import CRF\nmodel = Sequential([Input((9, 4)), LSTM(5), CRF(9)])"
    assert [row.kind for row in examine(Question(code=code)).report.layers][-1] == "Opaque"


@pytest.mark.parametrize(
    "line", ["x = Desne(4)(x)", "x = layers.Attenton()(x)", "x = tf.keras.layers.dense(4)(x)"]
)
def test_a_misspelt_name_is_not_taken_for_it(line: str) -> None:
    with pytest.raises(UnknownLayer):
        examine(Question(code=f"x = i = Input((9, 4))\n{line}\nmodel = Model(i, x)"))
