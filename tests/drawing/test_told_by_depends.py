"""What is said of a layer in the strip's words is what its arrows show."""

import pytest
from scenes import list_marks

from app.architecture import Question
from app.architecture.sequences import Sequences
from app.drawing.describe import describe_time
from app.drawing.scene import Arrow, Text
from app.drawing.time.unroll import place_time
from app.pipeline import Examination, examine

IMPORTS = "import keras\nfrom keras import layers, ops\n"
CAUSAL = """
x = keras.Input((6, 8))
y = layers.MultiHeadAttention(2, 4, name="attention")(x, x, use_causal_mask=True)
model = keras.Model(x, y)
"""
APART = """
x = keras.Input((5, 3))
f, b = layers.Bidirectional(layers.LSTM(4, return_sequences=True), merge_mode=None, name="both")(x)
model = keras.Model(x, layers.Subtract(name="difference")([f, b]))
"""
DILATED = """
x = keras.Input((16, 4))
model = keras.Model(x, layers.Conv1D(4, 3, padding="causal", dilation_rate=4)(x))
"""
STACKED = """
x = keras.Input((4, 3))
model = keras.Model(x, layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)])(x))
"""
IMAGES = """
x = keras.Input((4, 8, 8, 3))
model = keras.Model(x, layers.ConvLSTM2D(4, 3)(x))
"""
TWICE = """
x = keras.Input((4, 3))
shared = layers.Dense(3, name="shared")
model = keras.Model(x, shared(shared(x)))
"""
TURNED = """
x = keras.Input((4, 3))
model = keras.Model(x, ops.transpose(x, (0, 2, 1)))
"""
BEGUN = """
tokens, begun = keras.Input((4,), dtype="int32"), keras.Input((3, 2))
before, h, c = layers.LSTM(5, return_sequences=True, return_state=True, name="before")(begun)
vectors = layers.Embedding(9, 2)(tokens)
after = layers.LSTM(5, return_sequences=True, name="after")(vectors, initial_state=[h, c])
model = keras.Model([tokens, begun], [before, after])
"""


def ask(code: str) -> Examination:
    return examine(Question(code=IMPORTS + code))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (CAUSAL, "attention (MultiHeadAttention) has each step read itself and all steps before it."),
        (APART, "The outputs of the two walks leave as two tensors, not merged"),
        (APART, "joins the outputs of both step by step"),
        (DILATED, "and so on, to step 16, which reads 8, 12 and 16."),
        (STACKED, "handing the states of its 2 cells from step to step"),
        (IMAGES, "its state h and its memory c"),
        (IMAGES, "one tensor of"),
        (TWICE, "shared, call 2 (Dense) works on each timestep by itself."),
        (TURNED, "turns the axes round: (batch, 4 timesteps, 3 features) becomes"),
    ],
)
def test_words_tell_what_the_picture_shows(code: str, said: str) -> None:
    examined = ask(code)
    assert said in describe_time(examined.report, examined.flow)


def list_arrows(examined: Examination) -> set[tuple[str, str]]:
    scene = place_time(examined.report, examined.flow)
    assert scene is not None
    return {(mark.source, mark.target) for mark in list_marks(scene) if isinstance(mark, Arrow)}


def test_walks_that_are_not_merged_are_read_apart() -> None:
    arrows = list_arrows(ask(APART))
    for step in range(5):
        ports = {(f"both out@{step}", f"difference@{step}"), (f"both out 2@{step}", f"difference@{step}")}
        walks = {
            (f"both forward cell@{step}", f"both out@{step}"),
            (f"both backward cell@{step}", f"both out 2@{step}"),
        }
        assert ports | walks <= arrows


def test_a_state_is_handed_over_and_the_sequence_beside_it_is_not_read() -> None:
    read = {source for source, target in list_arrows(ask(BEGUN)) if target.startswith("after cell@")}
    assert {source for source in read if source.startswith("before")} == {"before cell@2"}


ALL = {0, 1, 2}
OF_TWO = {
    "ops.concatenate([x, y], axis=1)": [set(), set(), set(), {0}, {1}, {2}],
    "ops.hstack([y, y])": [{0}, {1}, {2}, {0}, {1}, {2}],
    "ops.concatenate([x, y], axis=2)": [{0}, {1}, {2}],
    "ops.slice_update(x, (0, 1, 0), y[:, :2])": [set(), {0}, {1}],
    "ops.cdist(x, y)": [ALL, ALL, ALL],
    "ops.solve(x, y)": [ALL, ALL, ALL],
    "ops.average(x, weights=y, axis=1)": [ALL],
}


@pytest.mark.parametrize("operation", OF_TWO)
def test_arrows_lead_from_the_timesteps_that_an_operation_reads_of_its_other_tensor(operation: str) -> None:
    code = f"""
x, y = keras.Input((3, 3), name="x"), keras.Input((3, 3), name="y")
model = keras.Model([x, y], [x, y, {operation}])
"""
    examined = ask(code)
    (*_, lane) = examined.flow.lanes
    before = "get_item" if "y[:" in operation else "y"
    arrows = list_arrows(examined)
    read = [
        {step for step in ALL if (f"{before}@{step}", f"{lane.layer}@{place}") in arrows}
        for place in range(lane.timesteps_out)
    ]
    assert read == OF_TWO[operation]


def test_what_only_folded_timesteps_read_leads_to_the_fold() -> None:
    examined = ask("""
past, future = keras.Input((6, 3), name="past"), keras.Input((3, 3), name="future")
model = keras.Model([past, future], ops.concatenate([past, future, past], axis=1))
""")
    arrows = list_arrows(examined)
    assert {(f"future@{step}", "concatenate@…") for step in range(3)} <= arrows
    assert ("past@0", "concatenate@…") not in arrows, "it has an arrow of its own"


LOOKING = {
    "attention": "layers.Attention()([vectors[0], vectors[1]])",
    "heads": "layers.MultiHeadAttention(2, 4)(vectors[0], vectors[1])",
    "average": "layers.GlobalAveragePooling1D()(vectors[1])",
}


@pytest.mark.parametrize("name", LOOKING)
def test_padding_that_keras_leaves_out_has_no_arrow(name: str) -> None:
    code = f"""
tokens = [keras.Input((4,), dtype="int32", name=name) for name in ("first", "second")]
vectors = [
    layers.Embedding(10, 8, mask_zero=name == "values", name=name)(one)
    for one, name in zip(tokens, ("queries", "values"))
]
model = keras.Model(tokens, {LOOKING[name]})
"""
    if name == "average":
        code = code.replace("keras.Model(tokens,", "keras.Model(tokens[1],")
    rows = Sequences(rows=((5, 9),))
    examined = examine(Question(code=IMPORTS + code, sequences=rows))
    assert examined.flow.masks is not None
    assert not any(examined.flow.masks.layers[-1].changed[0]), "to Keras the padding makes no difference"
    read = {source for source, _ in list_arrows(examined) if source.startswith("values@")}
    assert read == {"values@2", "values@3"}


def test_rows_have_the_kind_inside_a_wrapper_and_the_code_of_an_operation() -> None:
    code = """
x = keras.Input((4, 3))
y = layers.Bidirectional(layers.LSTM(2, return_sequences=True))(x)
model = keras.Model(x, y[:, -1])
"""
    scene = place_time(*(lambda one: (one.report, one.flow))(ask(code)))
    assert scene is not None
    words = {mark.text for mark in list_marks(scene) if isinstance(mark, Text)}
    assert {"Bidirectional LSTM", "x[:, -1]"} <= words
