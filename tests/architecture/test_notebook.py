"""Notebooks: the code of their cells, as one source in which everything keeps its place."""

import json

import pytest

from app.architecture import read_question
from app.architecture.files import read_text
from app.problems import FileError

CELLS = [
    {"cell_type": "markdown", "source": ["# An LSTM\n", "for 3 timesteps"]},
    {"cell_type": "code", "source": ["%matplotlib inline\n", "!pip install keras\n", "import keras"]},
    {"cell_type": "code", "source": "%%bash\nls -l\nrm x"},
    {
        "cell_type": "code",
        "source": "%%time\nmodel = keras.Sequential([keras.Input((3, 1)), keras.layers.LSTM(2)])",
    },
    {"cell_type": "code", "source": "if False:\n    !ls\nmodel.summary?", "outputs": [{"data": "x" * 1000}]},
    {"cell_type": "code", "source": []},
]

CODE = """\
# %matplotlib inline
# !pip install keras
import keras


# %%bash
# ls -l
# rm x


# %%time
model = keras.Sequential([keras.Input((3, 1)), keras.layers.LSTM(2)])


if False:
    pass  # !ls
# model.summary?
"""


def write_notebook(cells: object, **others: object) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **others})


def test_the_code_of_all_cells_is_one_source() -> None:
    question = read_text(write_notebook(CELLS))
    assert question.code == CODE
    assert [node.kind for node in read_question(question).architecture.nodes] == ["InputLayer", "LSTM"]


def test_a_notebook_of_the_form_before() -> None:
    cells = [{"cell_type": "code", "input": ["a = 1\n", "b = 2"]}, {"cell_type": "heading", "source": "Done"}]
    notebook = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}, {"cells": cells}]})
    assert read_text(notebook).code == "a = 1\nb = 2\n\n\na = 1\nb = 2\n"


def test_what_only_looks_like_a_command_is_python() -> None:
    source = "x = ('%d'\n     % 3)\ny = (7\n % 4)"
    assert read_text(write_notebook([{"cell_type": "code", "source": source}])).code == source + "\n"


MALFORMED = [
    [],
    [{}],
    "cells",
    None,
    [None, 3],
    [{"cell_type": "code"}],
    [{"cell_type": "markdown", "source": "x"}],
]


@pytest.mark.parametrize("cells", MALFORMED)
def test_a_notebook_without_code(cells: object) -> None:
    with pytest.raises(FileError, match="no code"):
        read_text(write_notebook(cells, worksheets=[None, {"cells": 3}]))
