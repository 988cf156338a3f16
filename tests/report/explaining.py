"""Asking for the one problem of a model, for the tests of explanations and repairs."""

from app.architecture import Architecture, Question
from app.architecture.read import read_question
from app.problems import Problem
from app.report.build import make_report

IMPORTS = "from keras.layers import *\nfrom keras.models import Model, Sequential\n"


def read(code: str) -> Architecture:
    """The architecture of a model whose last line is an expression; names stand for layers in a row."""
    *before, last = code.strip().splitlines()
    model = last if last.startswith("Model") else f"Sequential([{last}])"
    return read_question(Question(code="\n".join([IMPORTS, *before, f"model = {model}"]))).architecture


def explain(code: str) -> Problem:
    """The one problem of a model."""
    (problem,) = make_report(read(code)).problems
    return problem


def repairs(problem: Problem) -> list[str]:
    return [repair.title for repair in problem.repairs]


def words(problem: Problem) -> str:
    return f"{problem.happened} | {problem.expected} | {problem.fix}"
