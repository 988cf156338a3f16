"""Code in the styles that people paste, beside what real Keras makes of its modern equivalent.

A case is a title, the code as it is pasted and, where Keras 3 itself does not run that, the same model in
today's words (`keras`). A line marked `# fails` is the one at which Keras stops.
"""

import re
import traceback
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import keras
import pytest

from app.architecture import Question
from app.frozen import Shape
from app.pipeline import examine
from app.report import Report

CASES = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("*.md")}
FENCE = re.compile(r"^(`{3,})(?P<language>\w+)\n(?P<body>.*?)^\1$", re.MULTILINE | re.DOTALL)
FAILS = "# fails"
OWN = "a class of one's own"
"""The kind of a layer that is shown as the model that its `call` makes, or as a layer that is not run."""

BUILDING = [slug for slug in sorted(CASES) if FAILS not in CASES[slug]]
FAILING = [slug for slug in sorted(CASES) if FAILS in CASES[slug]]


class Row(NamedTuple):
    """A layer, what it gives and what it learns."""

    kind: str
    shapes: tuple[Shape, ...]
    parameters: int


def read_blocks(slug: str) -> tuple[str, str]:
    """The code as pasted, and the code that Keras runs."""
    blocks = {match["language"]: match["body"] for match in FENCE.finditer(CASES[slug])}
    pasted = blocks.get("python") or blocks["text"]
    return pasted, blocks.get("keras", pasted)


def examine_code(code: str) -> Report:
    """What Kerascope makes of it."""
    return examine(Question(code=code)).report


def run_in_keras(code: str) -> keras.Model:
    """The last model that the code makes."""
    names: dict[str, object] = {}
    exec(compile(code, "<case>", "exec"), names)
    return [value for value in names.values() if isinstance(value, keras.Model)][-1]


def list_rows(model: keras.Model) -> list[Row]:
    """The layers but the inputs, as real Keras has built them."""
    return [
        Row(_name_kind(layer), _list_shapes(layer.output), layer.count_params())
        for layer in model.layers
        if not isinstance(layer, keras.layers.InputLayer)
    ]


def _name_kind(layer: keras.layers.Layer) -> str:
    name = type(layer).__name__
    return name if hasattr(keras.layers, name) or name == "Sequential" else OWN


def _list_shapes(outputs: object) -> tuple[Shape, ...]:
    return tuple(tensor.shape for tensor in (outputs if isinstance(outputs, list | tuple) else [outputs]))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("slug", BUILDING)
def test_layers_shapes_and_parameters_are_those_of_keras(slug: str) -> None:
    pasted, modern = read_blocks(slug)
    report = examine_code(pasted)
    model = run_in_keras(modern)
    assert [problem.happened for problem in report.problems if problem.severity == "error"] == []
    assert Counter(tensor.shape for tensor in report.inputs) == Counter(
        tensor.shape for tensor in model.inputs
    )
    # Keras counts functions of keras.ops among the operations of a model, and not among its layers.
    rows = [row for row in report.layers if row.kind != "InputLayer" and not row.kind.startswith("ops.")]
    kinds = {row.name: OWN if row.kind in ("Functional", "Opaque") else row.kind for row in rows}
    assert [Row(kinds[row.name], row.output_shapes, row.parameters.total) for row in rows] == list_rows(model)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("slug", FAILING)
def test_the_failing_layer_stands_on_the_line_at_which_keras_stops(slug: str) -> None:
    pasted, modern = read_blocks(slug)
    failing = [row for row in examine_code(pasted).layers if row.status == "fails"]
    assert [row.line for row in failing] == [find_marked(pasted)]
    with pytest.raises(Exception) as caught:
        run_in_keras(modern)
    stopped = [frame.lineno for frame in traceback.extract_tb(caught.tb) if frame.filename == "<case>"]
    assert find_marked(modern) in range((stopped[-1] or 0), (stopped[-1] or 0) + 8)


def find_marked(code: str) -> int:
    """The number of the line that is marked."""
    return next(number for number, line in enumerate(code.splitlines(), 1) if FAILS in line)


def test_there_are_enough_cases_of_both_kinds() -> None:
    assert len(BUILDING) >= 120
    assert len(FAILING) >= 45
