"""/problems/<code>: what a kind of problem means, an example that fails, and the way out."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from app.frozen import Frozen
from app.problems import NotFound
from app.web.contexts import Context
from app.web.render import TEMPLATES, render

router = APIRouter(include_in_schema=False)

PAGES = TEMPLATES / "problems"


class Explanation(Frozen):
    """One kind of problem: the code by which programs know it, its title, its page in Markdown."""

    code: str
    title: str
    prose: str


class ProblemIndexPage(Context):
    """Every kind of problem."""

    template = "problems/index.html"

    explanations: tuple[Explanation, ...]


class ProblemPage(Context):
    """One kind of problem, explained."""

    template = "problems/page.html"

    explanation: Explanation


@cache
def load_explanations() -> Mapping[str, Explanation]:
    """Every explanation by its code, in alphabetical order."""
    return {path.stem: _read_explanation(path) for path in sorted(PAGES.glob("*.md"))}


def _read_explanation(path: Path) -> Explanation:
    prose = path.read_text(encoding="utf-8")
    title = prose.partition("\n")[0].removeprefix("# ").replace("`", "")
    return Explanation(code=path.stem, title=title, prose=prose)


@router.get("/problems", summary="List the kinds of problem")
async def list_problems(request: Request) -> Response:
    """Every kind of problem, with the way to its page."""
    return render(request, ProblemIndexPage(explanations=tuple(load_explanations().values())))


@router.get("/problems/{code}", summary="Explain a kind of problem")
async def show_problem(request: Request, code: str) -> Response:
    """The page to which every problem's `type` leads. Raises NotFound."""
    explanation = load_explanations().get(code)
    if explanation is None:
        raise NotFound(f"There is no kind of problem {code!r}. /problems lists those there are.")
    return render(request, ProblemPage(explanation=explanation))
