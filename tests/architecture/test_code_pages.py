"""Pages of text, pasted whole: the first piece of code that makes a model is read."""

import pytest

from app.architecture.code import read_code
from app.architecture.question import Reading
from app.problems import CodeSyntaxError, NoModelFound

ONE = "model = Sequential([Input((3, 1)), LSTM(32)])"
OTHER = "model = Sequential([Input((1, 3)), LSTM(32)])"

MARKDOWN = f"""# How is a 3x50 layer connected?

I've tried this, and it doesn't work:

```bash
pip install keras
```

```python
data = load("rows.csv")
```

```python
{ONE}
```

~~~py
{OTHER}
~~~
"""

FORUM = """I am a little confused with the input of an LSTM, which is 3x50 here.

  1. trainX = (53394, 3, 1)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))
  2. trainX = (53394,1, 3)
    model.add(LSTM(32,input_shape =(trainX.shape[1], trainX.shape[2]))

I want to understand how input is fed into it in both cases.

2 Answers 2

Assuming your length of input sequence is 3, you can go with:

LSTM(32, input_shape=(3, 1))

As you can see, you don't need to specify the number of observations.
"""


def input_of(reading: Reading) -> object:
    return reading.architecture.nodes[0].batch_shape


def note_of(reading: Reading, code: str) -> str:
    (note,) = [note for note in reading.notes if note.code == code]
    return f"{note.happened} {note.fix}"


def test_of_several_blocks_between_fences_the_first_with_a_model_is_read() -> None:
    reading = read_code(MARKDOWN)
    assert input_of(reading) == (None, 3, 1)
    assert [node.line for node in reading.architecture.nodes] == [14, 14]
    assert "3 pieces of code. Number 2, from line 14 on" in note_of(reading, "block-chosen")
    assert reading.code == MARKDOWN


def test_a_block_that_is_the_only_one_needs_no_note() -> None:
    reading = read_code(f"Why?\n```\n{ONE}\n```")
    assert [note.code for note in reading.notes] == ["import-assumed"]


def test_notes_of_blocks_that_were_not_read_are_not_told() -> None:
    reading = read_code(f"```\nx = (1, 2)\nx.shape\n```\n```\n{ONE}\n```")
    assert [note.code for note in reading.notes] == ["block-chosen", "import-assumed"]


def test_a_fence_inside_of_python_is_part_of_its_text() -> None:
    reading = read_code(f'"""\n```python\n{OTHER}\n```\n"""\n{ONE}')
    assert input_of(reading) == (None, 3, 1)
    assert "block-chosen" not in [note.code for note in reading.notes]


def test_an_error_in_the_only_block_has_its_line_in_the_page() -> None:
    reading = read_code(f"Why?\n\n```\nx = 1\n{ONE}\nmodel.get_layer(index=9)\n```\n")
    fault = next(note for note in reading.notes if note.code == "code-not-understood")
    assert "there is no layer 9" in fault.happened
    assert fault.line == 6


def test_blocks_without_a_model_are_told_to_be_that() -> None:
    with pytest.raises(NoModelFound):
        read_code("It is so:\n```\nx = 1\n```")


def test_lines_of_code_are_found_among_sentences() -> None:
    reading = read_code(FORUM)
    assert input_of(reading) == (None, 3, 1)
    assert [node.line for node in reading.architecture.nodes] == [4, 4]
    assert "3 pieces of code. Number 1, from line 3 on" in note_of(reading, "block-chosen")


def test_a_page_without_code_is_told_to_be_one_and_nothing_is_said_twice() -> None:
    with pytest.raises(CodeSyntaxError) as caught:
        read_code("How can a 3x50 embedding layer be connected to an LSTM?")
    assert "looks like a page of text" in caught.value.detail
    assert caught.value.title not in caught.value.detail


def test_code_with_an_error_is_no_page_whatever_its_documentation_says() -> None:
    with pytest.raises(CodeSyntaxError, match="Python stops reading here") as caught:
        read_code(f'"""This is what it does and why."""\n{ONE}\nx = = 1  # Here is what is wrong with it')
    assert (caught.value.line, caught.value.title in caught.value.detail) == (3, False)


ALTERNATIVES = {
    "added to a model that is not made": "model.add(LSTM(32, input_shape={}))",
    "numbered as in a list": "  {number}. model.add(LSTM(32,input_shape={}))",
    "loose layers": "LSTM(32, input_shape={})",
}


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_two_beginnings_of_one_model_are_alternatives(name: str) -> None:
    line = ALTERNATIVES[name]
    reading = read_code(line.format((3, 1), number=1) + "\n" + line.format((1, 3), number=2))
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "LSTM"]
    assert input_of(reading) == (None, 1, 3)
    said = note_of(reading, "alternative-chosen")
    assert "(3, 1) on line 1" in said
    assert "(1, 3) on line" in said
    assert "Compare" in said


def test_an_input_after_other_layers_begins_an_alternative() -> None:
    reading = read_code("m.add(LSTM(2, input_shape=(3, 1)))\nm.add(Input((1, 3)))\nm.add(LSTM(2))")
    assert input_of(reading) == (None, 1, 3)
    assert "(1, 3) on line 2" in note_of(reading, "alternative-chosen")


def test_layers_that_follow_belong_to_the_last_alternative() -> None:
    code = "m.add(LSTM(2, input_shape=(3, 1)))\nm.add(LSTM(2, input_shape=(1, 3)))\nm.add(Dense(1))"
    assert [node.kind for node in read_code(code).architecture.nodes] == ["InputLayer", "LSTM", "Dense"]


def test_a_model_that_the_code_makes_is_one_model() -> None:
    code = "m = Sequential()\nm.add(GRU(2, input_shape=(3, 1), return_sequences=True))\n"
    reading = read_code(code + "m.add(LSTM(2, input_shape=(3, 2)))")
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "GRU", "LSTM"]
    assert "alternative-chosen" not in [note.code for note in reading.notes]


def test_a_copied_notebook_is_its_cells() -> None:
    code = """In [1]:
from keras import layers, models

In [2]:
model = models.Sequential()
model.add(layers.Dense(8, input_shape=(4,)))
model.summary()

Out[2]:
Layer (type)                 Output Shape              Param #
=================================================================
dense (Dense)                (None, 8)                 40

In [*]:
model.add(layers.Dense(2))
"""
    reading = read_code(code)
    assert [(node.kind, node.line) for node in reading.architecture.nodes[1:]] == [
        ("Dense", 6),
        ("Dense", 15),
    ]
