"""Each page about a problem of the report shows code that has this problem, then code that has none."""

import re
from pathlib import Path

import pytest

from app.architecture import Question
from app.architecture.read import read_question
from app.problems import CodeError, MessagePasted
from app.report import Report
from app.report.build import make_report
from app.report.explain.repairs.table import REPAIRS

PAGES = Path(__file__).parents[2] / "templates" / "problems"
IMPORTS = "from keras.layers import *\nfrom keras.models import Model, Sequential\n"
CODES = sorted({*REPAIRS, "mask-dropped", "mask-has-no-effect", "shape-misstated"})


def build(block: str) -> Report:
    return make_report(read_question(Question(code=IMPORTS + block)).architecture)


@pytest.mark.parametrize("code", CODES)
def test_the_first_example_has_the_problem_and_the_second_has_none(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    failing, fixed = re.findall(r"```python(?: \w+)?\n(.*?)```", page, re.DOTALL)
    assert [problem.code for problem in build(failing).problems] == [code]
    assert build(fixed).problems == ()


def quote(code: str) -> str:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    said = " ".join(line[2:] for line in page.splitlines() if line.startswith("> "))
    return said.removeprefix("``").removesuffix("``")


@pytest.mark.parametrize("code", CODES)
def test_a_page_quotes_what_keras_says_of_its_example(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    (problem,) = build(re.findall(r"```python(?: \w+)?\n(.*?)```", page, re.DOTALL)[0]).problems
    # Lists of tensors at its end are left out.
    assert (problem.keras_message or "").startswith(quote(code))
    assert bool(quote(code)) == bool(problem.keras_message)


@pytest.mark.parametrize("code", [code for code in CODES if quote(code)])
@pytest.mark.parametrize("before", ["ValueError: ", "    raise ValueError(\n", ""])
def test_a_message_of_keras_is_led_to_its_page(code: str, before: str) -> None:
    with pytest.raises(MessagePasted) as caught:
        read_question(Question(code=f"{before}{quote(code)}"))
    assert code in caught.value.about


def test_behind_another_layer_return_sequences_is_likelier() -> None:
    message = 'Input 0 of layer "{}" is incompatible with the layer: expected ndim=3, found ndim=2.'
    for name, first in {"lstm": "missing-timesteps", "lstm_1": "missing-return-sequences"}.items():
        with pytest.raises(MessagePasted) as caught:
            read_question(Question(code=message.format(name)))
        assert caught.value.about[0] == first


def test_what_is_no_message_is_still_no_code() -> None:
    with pytest.raises(CodeError) as caught:
        read_question(Question(code="There is a problem with my model."))
    assert not isinstance(caught.value, MessagePasted)


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_every_page_has_a_title_and_is_short(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 30
