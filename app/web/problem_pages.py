"""/problems/<code>: what a kind of problem means, an example that fails, and the way out."""

from collections.abc import Mapping
from functools import cache

from fastapi import APIRouter, Request, Response
from markdown_it import MarkdownIt

from app.frozen import Frozen
from app.problems import NotFound
from app.web.render import TEMPLATES, templates

router = APIRouter(include_in_schema=False)


class ProblemPage(Frozen):
    """One kind of problem: the code by which programs know it, its title, and its page as HTML."""

    code: str
    title: str
    html: str


@cache
def load_problem_pages() -> Mapping[str, ProblemPage]:
    """Every page by its code, in alphabetical order."""
    return {path.stem: _read_page(path) for path in sorted((TEMPLATES / "problems").glob("*.md"))}


def _read_page(path: Path) -> ProblemPage:
    title, _, prose = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
    return ProblemPage(code=path.stem, title=title, html=MarkdownIt().enable("table").render(prose))


@router.get("/problems", summary="List the kinds of problem")
async def list_problems(request: Request) -> Response:
    """Every kind of problem, with a link to its page."""
    return templates.TemplateResponse(request, "problems/index.html", {"problems": load_problem_pages().values()})


@router.get("/problems/{code}", summary="Explain a kind of problem")
async def show_problem(request: Request, code: str) -> Response:
    """The page to which every problem's `type` leads. Raises NotFound."""
    problem = load_problem_pages().get(code)
    if problem is None:
        raise NotFound(f"There is no kind of problem {code!r}. /problems lists those there are.")
    return templates.TemplateResponse(request, "problems/problem.html", {"problem": problem})
