"""Short sentences above, between and below code are left out; a fault in the code is told at its line."""

import pytest

from app.architecture import Question
from app.architecture.code import read_code
from app.architecture.read import read_question
from app.problems import CodeSyntaxError, TextPasted

MODEL = "model = Sequential([Input((8, 3)), LSTM(4), Dense(1)])"

SENTENCES = [
    "Why does this fail?",
    "I have this:",
    "Here's my code:",
    "Edit:",
    "EDIT 2: fixed the shapes",
    "1. First try:",
    "Hi all,",
    "My model",
    "for example:",
    "None of these work:",
    "Does LSTM(3) work?",
    "About return_sequences=True:",
    "The shape is (None, 8, 3)",
    "Thanks in advance :)",
    "Hello! 🙂",
    "- my model:",
    "> **Code:**",
    "-----",
    "Warum geht das nicht?",
    "¿Por qué falla?",
    "为什么会报错？",
    "LSTM的输入是什么？",
    "Traceback (most recent call last):",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "page", ["{0}\n\n{1}", "{0}\n{1}", "{1}\n{0}", "{0}\n\n    {1}\n\n{0}", "{0}\n```\n{1}\n```"]
)
def test_a_sentence_is_no_code(page: str, sentence: str) -> None:
    text = page.format(sentence, MODEL)
    (line,) = [number for number, each in enumerate(text.split("\n"), 1) if MODEL in each]
    nodes = read_code(text).architecture.nodes
    assert [(node.kind, node.line) for node in nodes] == [
        ("InputLayer", line),
        ("LSTM", line),
        ("Dense", line),
    ]


FAULTS = {
    "a comma is missing": (3, "Why?\n\nmodel = Sequential([LSTM(3) LSTM(4)])"),
    "a layer in a list": (
        5,
        "Why?\n\nmodel = Sequential([\n    Input((8, 3)),\n    LSTM 32,\n    LSTM(3)\n])",
    ),
    "a sign is missing": (2, "I have this:\nmodel Sequential([LSTM(3)])"),
    "a dot is missing": (3, "Why?\nmodel = Sequential()\nmodel add(LSTM(3))\nmodel.add(LSTM(2))"),
    "a keyword is misspelt": (1, f"improt keras\n\n{MODEL}"),
    "another one": (1, f"form keras import layers\n{MODEL}"),
    "one inside of a function": (3, f"def build():\n    x = 1\n    retrun x\n{MODEL}"),
    "one that opens a block": (1, f"whiel True:\n    x = 3\n{MODEL}"),
    "no keyword at all": (1, f"build (x):\n    return 3\n{MODEL}"),
    "a name of two words": (2, f"Why?\nmy model = Sequential([LSTM(3)])\n{MODEL}"),
    "below a long sentence": (
        2,
        "Why does my model not work so well?\nmodel = Sequential([LSTM(3) LSTM(4)])",
    ),
    "text inside of quotes": (1, 'x = """a\nWhy does it?\n"""\nmodel Sequential()'),
}


@pytest.mark.parametrize(("line", "code"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_no_sentence(line: int, code: str) -> None:
    with pytest.raises(CodeSyntaxError, match="Python stops reading here") as caught:
        read_code(code)
    assert caught.value.line == line


def test_a_line_that_does_not_end_as_a_sentence_is_named() -> None:
    (note,) = [note for note in read_code(f"My model\n\n{MODEL}").notes if note.code == "source-repaired"]
    assert (note.line, note.happened) == (1, "Line 1, which is not Python, was left out.")


def test_words_between_the_parts_of_one_program_part_nothing() -> None:
    reading = read_code(
        "The data:\nx = np.zeros((10, 5, 3))\nThe model:\nmodel = Sequential()\n"
        "And a layer:\nmodel.add(LSTM(3, input_shape=x.shape[1:]))\nWhy?"
    )
    assert reading.architecture.nodes[0].batch_shape == (None, 5, 3)
    assert "block-chosen" not in [note.code for note in reading.notes]


@pytest.mark.parametrize("between", ["", "And the other one:\n"])
def test_words_before_each_of_two_models_part_them(between: str) -> None:
    other = "model = Sequential([Input((3, 8)), GRU(4)])"
    text = f"from keras.layers import LSTM\n\nOne:\n{MODEL}\n\nThe other:\n{between}{other}"
    assert [node.kind for node in read_code(text).architecture.nodes] == ["InputLayer", "LSTM", "Dense"]
    assert [node.kind for node in read_code(text, piece=2).architecture.nodes] == ["InputLayer", "GRU"]


CONFIGURATIONS = """\
  1. trainX = (53394, 3, 1)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))
  2. trainX = (53394,1, 3)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))
"""


@pytest.mark.parametrize(
    "above", ["", "I have two configurations:\n\n", "Two ways, and I do not know which:\n"]
)
def test_each_model_of_a_list_is_a_piece_whatever_stands_above(above: str) -> None:
    shapes = [
        read_code(above + CONFIGURATIONS, piece=piece).architecture.nodes[0].batch_shape for piece in (1, 2)
    ]
    assert shapes == [(None, 3, 1), (None, 1, 3)]


NOTES = """\
Some notes about Embedding layer & LSTM

About Embedding layer:

- indexes -> vectors of fixed size
- input shape: (batch_size, seq_length)
- output shape: (batch_size, seq_length, output_dim)

Single LSTM cell:

长短期记忆中记忆细胞的计算。这里的乘号是按元素乘法。

Stacked-LSTM:
"""


def test_notes_without_code_are_told_to_have_none() -> None:
    with pytest.raises(TextPasted):
        read_question(Question(code=NOTES))
