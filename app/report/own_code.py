"""keep_own_code(): repairs as small changes of the visitor's own code, where possible."""

from app.architecture import Architecture, Question
from app.architecture.code.rewriting import Holes, rewrite_code
from app.architecture.question import Reading
from app.architecture.read import read_question
from app.problems import AppError, Problem, Repair
from app.report.applications import find_application
from app.report.model import LayerReport, Report
from app.report.repairing import find_output_shapes


def keep_own_code(report: Report, question: Question) -> Report:
    """The report, with repairs written into the question's code if the changed code makes the repair."""
    if question.code is None or not any(problem.repairs for problem in report.problems):
        return report
    kept = {id(problem): _keep(problem, question) for problem in report.problems if problem.repairs}
    problems = tuple(kept.get(id(problem), problem) for problem in report.problems)
    layers = tuple(_replace(layer, kept) for layer in report.layers)
    return report.model_copy(update={"problems": problems, "layers": layers})


def _replace(layer: LayerReport, kept: dict[int, Problem]) -> LayerReport:
    problem = kept.get(id(layer.problem))
    return layer.model_copy(update={"problem": problem}) if problem else layer


def _keep(problem: Problem, question: Question) -> Problem:
    repairs = tuple(_rewrite(repair, question) for repair in problem.repairs)
    return problem.model_copy(update={"repairs": repairs})


def _rewrite(repair: Repair, question: Question) -> Repair:
    """The repair in the question's own code, if nothing else changes with it."""

    def read(code: str, holes: Holes) -> Reading:
        asked = question.model_copy(update={"code": code, "holes": dict(holes)})
        return read_question(asked, find_output_shapes, find_application)

    repaired = Architecture.model_validate(repair.architecture)
    if repair.keeps_code:
        return repair
    try:
        rewritten = rewrite_code(question.code or "", question.holes, repaired, read)
    except AppError:
        return repair
    if rewritten is None or rewritten.shared or rewritten.waits or rewritten.holes != question.holes:
        return repair
    return repair.model_copy(update={"code": rewritten.code, "keeps_code": True})
