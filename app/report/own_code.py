"""keep_own_code(): repairs as small changes of the visitor's own code, where one argument is all it takes."""

from collections.abc import Iterator
from itertools import islice

from app.architecture import Architecture, Question
from app.architecture.code.rewrite import propose_rewrites
from app.architecture.read import read_question
from app.problems import ArchitectureError, CodeError, Problem, Repair
from app.report.applications import find_application
from app.report.model import LayerReport, Report
from app.report.repairing import find_output_shapes

MOST_PLACES = 4
"""How many places in the code are tried for one repair; each is read."""


def keep_own_code(report: Report, question: Question) -> Report:
    """The report with repairs whose code is the question's own, where that was read and makes the repair."""
    if question.code is None or not any(problem.repairs for problem in report.problems):
        return report
    kept = {
        id(problem): _keep(problem, question, report.architecture)
        for problem in report.problems
        if problem.repairs
    }
    problems = tuple(kept.get(id(problem), problem) for problem in report.problems)
    layers = tuple(_replace(layer, kept) for layer in report.layers)
    return report.model_copy(update={"problems": problems, "layers": layers})


def _replace(layer: LayerReport, kept: dict[int, Problem]) -> LayerReport:
    problem = kept.get(id(layer.problem))
    return layer.model_copy(update={"problem": problem}) if problem else layer


def _keep(problem: Problem, question: Question, architecture: Architecture) -> Problem:
    repairs = tuple(_rewrite(repair, question, architecture) for repair in problem.repairs)
    return problem.model_copy(update={"repairs": repairs})


def _rewrite(repair: Repair, question: Question, architecture: Architecture) -> Repair:
    repaired = Architecture.model_validate(repair.architecture)
    proposals = propose_rewrites(question.code or "", architecture, repaired)
    read = _read_each(islice(proposals, MOST_PLACES), question)
    code = next((code for code, made in read if made.nodes == repaired.nodes), None)
    return repair.model_copy(update={"code": code, "keeps_code": True}) if code else repair


def _read_each(proposals: Iterator[str], question: Question) -> Iterator[tuple[str, Architecture]]:
    for code in proposals:
        try:
            asked = question.model_copy(update={"code": code})
            yield code, read_question(asked, find_output_shapes, find_application).architecture
        except (CodeError, ArchitectureError):
            continue
