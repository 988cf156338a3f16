"""/problems/<code>: what a kind of problem means, an example that fails, and the way out."""

from fastapi import APIRouter, Request, Response

from app.problems import NotFound
from app.web.contexts import Context
from app.web.explanations import Explanation, load_explanations
from app.web.render import render

router = APIRouter(include_in_schema=False)


class ProblemIndexPage(Context):
    """Every kind of problem."""

    template = "problems/index.html"

    explanations: tuple[Explanation, ...]


class ProblemPage(Context):
    """One kind of problem, explained."""

    template = "problems/page.html"

    explanation: Explanation


@router.get("/problems", summary="List the kinds of problem")
async def list_problems(request: Request) -> Response:
    """Every kind of problem, with a link to its page."""
    return render(request, ProblemIndexPage(explanations=tuple(load_explanations().values())))


@router.get("/problems/{code}", summary="Explain a kind of problem")
async def show_problem(request: Request, code: str) -> Response:
    """The page that every problem's `type` links to. Raises NotFound."""
    explanation = load_explanations().get(code)
    if explanation is None:
        raise NotFound(f"There is no kind of problem {code!r}. /problems lists those there are.")
    return render(request, ProblemPage(explanation=explanation))
