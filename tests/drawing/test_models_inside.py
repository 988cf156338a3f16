"""Layers of one's own are drawn under the name of their class, with what is inside them."""

import pytest
from graphs import report_on_graph
from scenes import list_marks

from app.architecture import Question
from app.drawing.boxes.frames import MOST_INSIDE, list_closed
from app.drawing.boxes.shapes import place_shapes
from app.drawing.headline import name_model
from app.drawing.pictures import draw_whole
from app.drawing.scene import Text
from app.flow import trace_flow
from app.pipeline import examine
from app.report import Report

TRANSFORMER = """
import keras
from keras import layers, ops

class TransformerBlock(layers.Layer):
    def __init__(self, embed_dim, num_heads, ff_dim):
        super().__init__()
        self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.ffn = keras.Sequential([layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)])
        self.norms = [layers.LayerNormalization(), layers.LayerNormalization()]
        self.drops = [layers.Dropout(0.1), layers.Dropout(0.1)]

    def call(self, inputs):
        attended = self.norms[0](inputs + self.drops[0](self.att(inputs, inputs)))
        return self.norms[1](attended + self.drops[1](self.ffn(attended)))

class TokenAndPositionEmbedding(layers.Layer):
    def __init__(self, maxlen, vocab_size, embed_dim):
        super().__init__()
        self.token_emb = layers.Embedding(vocab_size, embed_dim)
        self.pos_emb = layers.Embedding(maxlen, embed_dim)

    def call(self, x):
        positions = ops.arange(start=0, stop=ops.shape(x)[-1], step=1)
        return self.token_emb(x) + self.pos_emb(positions)

inputs = keras.Input((20,))
x = TokenAndPositionEmbedding(20, 100, 8)(inputs)
x = TransformerBlock(8, 2, 16)(x)
outputs = layers.Dense(2)(layers.GlobalAveragePooling1D()(x))
model = keras.Model(inputs, outputs)
"""


def list_words(report: Report) -> set[str]:
    return {str(mark.text) for mark in list_marks(place_shapes(report)) if isinstance(mark, Text)}


@pytest.fixture(scope="module")
def transformer() -> Report:
    return examine(Question(code=TRANSFORMER)).report


def test_the_title_names_the_classes(transformer: Report) -> None:
    assert name_model(transformer) == "TokenAndPositionEmbedding → TransformerBlock → … → Dense"


def test_a_block_of_ones_own_is_open_and_has_the_name_of_its_class(transformer: Report) -> None:
    words = list_words(transformer)
    assert {"TransformerBlock · 9 layers", "multi_head_attention", "embedding_1"} <= words
    assert list(list_closed(transformer.rows, transformer.architecture)) == []


def test_what_is_too_large_is_closed_and_can_be_opened() -> None:
    report = report_on_graph("large-model-in-model")
    assert list(list_closed(report.rows, report.architecture)) == ["base"]
    assert "dense_15" not in list_words(report)
    assert ">dense_15<" in draw_whole(report).picture.svg
    assert len(report.layer("base").layers) > MOST_INSIDE


def test_tokens_with_positions_are_embedded_timestep_by_timestep(transformer: Report) -> None:
    tokens, embedding, block, _ = trace_flow(transformer, 8).lanes
    assert (embedding.kind, embedding.inbound) == ("per_step", (tokens.layer,))
    assert embedding.depends[:3] == ((0,), (1,), (2,))
    assert block.inbound == (embedding.layer,)
