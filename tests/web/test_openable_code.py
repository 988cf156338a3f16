"""The code on the pages about problems can be opened, and shows what its page says of it."""

import html
import re

import httpx
import pytest

from app.architecture import Question
from app.links import decode_state
from app.pipeline import examine
from app.problems import AppError
from app.web.explanations import load_explanations
from app.web.openable import Block, list_blocks

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

BLOCKS = [(code, block) for code, page in load_explanations().items() for block in list_blocks(page.prose)]

ELSEWHERE = {
    "architecture-invalid",
    "changed-together",
    "code-written-anew",
    "counted-anew",
    "lambda-bytecode",
    "text-pasted",
}
"""What a change of a layer, a program, a file or a text comes to, and no code alone."""


def find_problems(code: str) -> set[str]:
    """The kinds of problem that the page of this code tells of."""
    try:
        return {problem.code for problem in examine(Question(code=code)).report.problems}
    except AppError as error:
        return {error.code}


@pytest.mark.parametrize(
    ("code", "block"), BLOCKS, ids=[f"{code} {block.has_problem}" for code, block in BLOCKS]
)
def test_each_example_has_the_problem_of_its_page_or_is_without_it(code: str, block: Block) -> None:
    assert (code in find_problems(block.code)) == block.has_problem
    if not block.has_problem:
        assert examine(Question(code=block.code)).report.status == "builds"


def test_each_kind_of_problem_in_code_has_an_example_that_can_be_opened() -> None:
    shown = {code for code, block in BLOCKS if block.has_problem}
    told = {code for code, page in load_explanations().items() if "\n```python" in page.prose}
    without = {code for code in told - shown if "to_json()" not in load_explanations()[code].prose}
    assert without - ELSEWHERE == set()


def test_the_link_below_an_example_opens_exactly_its_code(client: httpx.Client) -> None:
    page = client.get("/problems/missing-return-sequences", headers={"Accept": "text/html"}).text
    links = [html.unescape(href) for href in re.findall(r'<p class="open-code"><a [^>]*href="([^"]+)"', page)]
    blocks = list(list_blocks(load_explanations()["missing-return-sequences"].prose))
    assert [decode_state(href.removeprefix("/?s="), 10_000).code for href in links] == [
        block.code for block in blocks
    ]
    opened = client.get(links[0], headers={"Accept": "text/html"}).text
    assert 'href="/problems/missing-return-sequences"' in opened
