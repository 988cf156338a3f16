"""Models to draw, written as architectures: every kind of lane, and whatever is awkward to place."""

from collections.abc import Mapping
from functools import cache

from building import (
    chain,
    give,
    layer,
    model,
    recurrent,
    residual_blocks,
    two_embeddings,
    walk_again,
    wrap,
)
from moves import MOVES
from pairs import PAIRS

from app.architecture import Architecture, Node, Source
from app.flow import Flow, trace_flow
from app.report import Report
from app.report.build import make_report

SAMPLES: Mapping[str, Architecture] = {
    "embedding-to-lstm": chain(
        "embedding to LSTM",
        give("tokens", 3, dtype="int32"),
        layer("Embedding", "embedding", input_dim=3, output_dim=50),
        layer("LSTM", "lstm", units=100),
        layer("Dense", "dense", units=1, activation="sigmoid"),
    ),
    "reshape-to-lstm": chain(
        "reshape to LSTM",
        give("vectors", 150),
        layer("Reshape", "reshape", target_shape=[1, 150]),
        layer("LSTM", "lstm", units=100),
        layer("Dense", "dense", units=1),
    ),
    "ragged-sequences": chain(
        "ragged sequences",
        give("tokens", None, dtype="int32"),
        layer("Embedding", "embedding", input_dim=3, output_dim=50),
        layer("LSTM", "lstm", units=100),
        layer("Dense", "dense", units=1, activation="sigmoid"),
    ),
    "three-timesteps": recurrent((None, 3, 1)),
    "one-timestep": recurrent((None, 1, 3)),
    "concatenate-fails": two_embeddings(
        layer("Flatten", "flatten", "concatenate"),
        layer("Dense", "dense", "flatten", units=128, activation="relu"),
        layer("Dense", "dense_1", "dense", units=1, activation="sigmoid"),
    ),
    "concatenate-with-mask": two_embeddings(
        layer("LSTM", "lstm", "concatenate", units=128),
        layer("Dense", "dense", "lstm", units=1, activation="sigmoid"),
        masked=True,
    ),
    "half-masked": two_embeddings(layer("LSTM", "lstm", "concatenate", units=8), masked=True, also=False),
    "three-timesteps-of-a-vector": chain(
        "a vector cut into three",
        give("vectors", 150),
        layer("Reshape", "reshape", target_shape=[3, 50]),
        layer("LSTM", "lstm", units=100),
    ),
    "stretched": model(
        "one timestep added to five",
        give("series", 5, 4),
        give("once", 1, 4),
        layer("Add", "add", "series", "once"),
    ),
    "stacked-lstm": chain(
        "stacked LSTM",
        give("series", 8, 16),
        layer("LSTM", "lstm", units=32, return_sequences=True),
        layer("LSTM", "lstm_1", units=32, return_sequences=True),
        layer("LSTM", "lstm_2", units=32),
        layer("Dense", "dense", units=10, activation="softmax"),
    ),
    "stacked-without-sequences": chain(
        "stacked LSTM without return_sequences",
        give("series", 8, 16),
        layer("LSTM", "lstm", units=32),
        layer("LSTM", "lstm_1", units=32),
        layer("Dense", "dense", units=10, activation="softmax"),
    ),
    "two-layers-one-unit": chain(
        "two layers, one unit",
        give("series", 3, 1),
        layer("LSTM", "lstm", units=1, return_sequences=True),
        layer("LSTM", "lstm_1", units=1),
    ),
    "two-layers-two-units": chain(
        "two layers, two units",
        give("series", 3, 2),
        layer("LSTM", "lstm", units=2, return_sequences=True),
        layer("LSTM", "lstm_1", units=2),
    ),
    "eight-units": chain(
        "eight units of sixteen features",
        give("series", 5, 16),
        layer("GRU", "gru", units=8, return_sequences=True),
        layer("SimpleRNN", "rnn", units=3),
    ),
    "one-lstm-cell": recurrent((None, 1, 4), units=3),
    "backward": recurrent((None, 5, 4), go_backwards=True, return_sequences=True),
    "backward-last": recurrent((None, 5, 4), go_backwards=True),
    "bidirectional": chain(
        "bidirectional",
        give("tokens", 5, dtype="int32"),
        layer("Embedding", "embedding", input_dim=10_000, output_dim=128, mask_zero=True),
        layer("Bidirectional", "both_ways", layer=wrap("LSTM", units=64, return_sequences=True)),
        layer("Bidirectional", "both_ways_1", layer=wrap("GRU", units=32)),
        layer("Dense", "dense", units=1),
    ),
    "encoder-decoder": chain(
        "encoder and decoder",
        give("series", 6, 4),
        layer("LSTM", "encoder", units=16),
        layer("RepeatVector", "repeat_vector", n=5),
        layer("GRU", "decoder", units=16, return_sequences=True, reset_after=False),
        layer("TimeDistributed", "time_distributed", layer=wrap("Dense", units=4)),
    ),
    "convolution": chain(
        "convolution and pooling",
        give("series", 12, 6),
        layer("Conv1D", "conv1d", filters=32, kernel_size=3, padding="same"),
        layer("MaxPooling1D", "pooling", pool_size=2),
        layer("Conv1D", "conv1d_1", filters=64, kernel_size=3),
        layer("GlobalAveragePooling1D", "average"),
        layer("Dense", "dense", units=4),
    ),
    "longer-and-shorter": chain(
        "longer and shorter again",
        give("series", 6, 4),
        layer("Masking", "masking"),
        layer("LayerNormalization", "norm"),
        layer("UpSampling1D", "twice", size=2),
        layer("ZeroPadding1D", "zero_padding", padding=1),
        layer("AveragePooling1D", "average", pool_size=2),
        layer("Conv1DTranspose", "transposed", filters=5, kernel_size=3, strides=2),
        layer("Cropping1D", "cropping", cropping=[1, 2]),
        layer("Softmax", "softmax"),
    ),
    "masked": chain(
        "a mask that is used twice",
        give("tokens", None, dtype="int32"),
        layer("Embedding", "embedding", input_dim=10, output_dim=4, mask_zero=True),
        layer("LSTM", "lstm", units=3, return_sequences=True),
        layer("GRU", "gru", units=3, go_backwards=True),
        layer("Dense", "dense", units=1),
    ),
    "lost-mask": chain(
        "a mask that is lost",
        give("tokens", 5, dtype="int32"),
        layer("Embedding", "embedding", input_dim=10, output_dim=4, mask_zero=True),
        layer("Conv1D", "conv1d", filters=4, kernel_size=2),
        layer("LSTM", "lstm", units=3),
        layer("Dense", "dense", units=1),
    ),
    "join-in-time": model(
        "two sequences, one after the other",
        give("first", 3, 4),
        give("second", 2, 4),
        layer("Concatenate", "concatenate", "first", "second", axis=1),
        layer("SimpleRNN", "rnn", "concatenate", units=6, return_sequences=True),
    ),
    "branches": model(
        "three branches of one sequence",
        give("series", 6, 8),
        layer("LSTM", "lstm", "series", units=16, return_sequences=True),
        layer("GRU", "gru", "series", units=16, return_sequences=True),
        layer("Conv1D", "conv1d", "series", filters=16, kernel_size=3, padding="same"),
        layer("Add", "add", "lstm", "gru", "conv1d"),
        layer("GlobalMaxPooling1D", "maximum", "add"),
        layer("Dense", "dense", "maximum", units=3),
    ),
    "million-timesteps": chain(
        "a million timesteps",
        give("series", 1_000_000, 1),
        layer("MaxPooling1D", "pooling", pool_size=10),
        layer("LSTM", "lstm", units=4),
    ),
    "constant-output": chain(
        "a softmax of one unit",
        give("series", 4, 3),
        layer("SimpleRNN", "rnn", units=1, activation="softmax", return_sequences=True),
    ),
    "skips": model(
        "skips",
        give("vectors", 8),
        layer("Dense", "first", "vectors", units=8),
        layer("Dense", "second", "first", units=8),
        layer("Add", "add", "vectors", "second"),
        layer("Dense", "third", "add", units=8),
        layer("Concatenate", "concatenate", "first", "third", "add"),
    ),
    "terabytes": chain(
        "terabytes",
        give("tokens", None, dtype="int32"),
        layer("Embedding", "embedding", input_dim=1_000_000_000, output_dim=4096),
        layer("LSTM", "lstm", units=8192, return_state=True),
    ),
    "refused-names": chain(
        "</svg><script>alert(1)</script>",
        give("]]><!-- \x00\x1b[31m\u202e&amp;", 4, 2),
        layer("LSTM", "</svg><script>alert(1)</script>", units=2, return_sequences=True),
        layer("Dense", "名前が日本語で、とても長い層の名前です。" * 3, units=1),
        layer("Dropout", 'a "quoted" | piped `name` [x](y) *z*', rate=0.5),
    ),
    "hostile-names": chain(
        "<script>alert(1)</script>",
        give("]]><!-- \x00\x1b[31m\u202e&amp;", 4, 2),
        layer("LSTM", "<script>alert(1)<!--", units=2, return_sequences=True),
        layer("Dense", "名前が日本語で、とても長い層の名前です。" * 3, units=1),
        layer("Dropout", 'a "quoted" | piped `name` [x](y) *z*', rate=0.5),
    ),
    "deep": chain(
        "ninety recurrent layers",
        give("series", 4, 2),
        *(layer("SimpleRNN", f"rnn_{i}", units=2 + i, return_sequences=True) for i in range(90)),
    ),
    "long": chain(
        "layers that all differ",
        give("vectors", 8),
        *(layer("Dense", f"dense_{i}", units=8 + i) for i in range(130)),
    ),
    "identical-layers": chain(
        "a hundred identical layers",
        give("vectors", 8),
        *(layer("Dense", f"dense_{i}", units=8) for i in range(100)),
        layer("Dense", "last", units=1),
    ),
    "identical-walks": chain(
        "thirty identical walks", *walk_again(30, units=8), layer("GRU", "last", units=3)
    ),
    "identical-blocks": model(
        "identical blocks", *residual_blocks(24), layer("Dense", "last", "add_23", units=1)
    ),
    "conv-lstm": chain(
        "ConvLSTM",
        give("frames", 4, 30, 28, 8),
        layer("ConvLSTM2D", "conv_lstm", filters=16, kernel_size=3),
    ),
    "reset-before": recurrent((None, 3, 5), "GRU", reset_after=False, recurrent_activation="hard_sigmoid"),
    "two-ways": chain(
        "two ways",
        give("x", 3, 2),
        layer("Bidirectional", "both", layer=wrap("GRU", units=2, return_state=True)),
    ),
    "not-merged": model(
        "two ways, not merged",
        give("x", 4, 2),
        layer(
            "Bidirectional", "both", "x", layer=wrap("LSTM", units=3, return_sequences=True), merge_mode=None
        ),
        Node(
            kind="Subtract", name="difference", inbound=(Source(node="both"), Source(node="both", output=1))
        ),
        layer("GRU", "gru", "difference", units=2),
    ),
    "stacked-cells": chain(
        "an RNN over stacked cells",
        give("x", 3, 5),
        layer("RNN", "rnn", cell=[wrap("LSTMCell", units=7), wrap("GRUCell", units=4)]),
    ),
    "rnn-cell": chain(
        "RNN over a cell", give("x", 3, 5), layer("RNN", "rnn", cell=wrap("LSTMCell", units=7))
    ),
    **MOVES,
    **PAIRS,
}


@cache
def report_on(slug: str) -> Report:
    return make_report(SAMPLES[slug])


def flow_of(slug: str, timesteps: int = 8) -> Flow:
    return trace_flow(report_on(slug), timesteps)
