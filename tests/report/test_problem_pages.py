"""Each page about a problem of the report shows code that has this problem, then code that has none."""

import re
from pathlib import Path

import pytest

from app.architecture import Question
from app.architecture.read import read_question
from app.report import Report
from app.report.build import make_report
from app.report.explain.repairs.table import REPAIRS

PAGES = Path(__file__).parents[2] / "templates" / "problems"
IMPORTS = "from keras.layers import *\nfrom keras.models import Model, Sequential\n"
CODES = sorted({*REPAIRS, "mask-dropped", "mask-has-no-effect"})


def build(block: str) -> Report:
    return make_report(read_question(Question(code=IMPORTS + block)).architecture)


@pytest.mark.parametrize("code", CODES)
def test_the_first_example_has_the_problem_and_the_second_has_none(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    failing, fixed = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert [problem.code for problem in build(failing).problems] == [code]
    assert build(fixed).problems == ()


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_every_page_has_a_title_and_is_short(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 30
