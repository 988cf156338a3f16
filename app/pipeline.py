"""The whole path on one screen: question → architecture → report → flow."""

from app.architecture import Question, Reading, read_question
from app.flow import Flow, trace_flow
from app.frozen import Frozen
from app.report import Report, make_report


class Visualisation(Frozen):
    """Everything that is known about one question; every picture, page and file is written from it."""

    reading: Reading
    report: Report
    flow: Flow


def visualise(question: Question) -> Visualisation:
    """Answer one question. Runs in a builder process: this is where Keras is.

    Raises CodeError, ArchitectureError or their kin where the question cannot be understood;
    a model that does not fit is a Report with problems.
    """
    reading = read_question(question)
    report = make_report(reading.architecture, reading.notes)
    return Visualisation(reading=reading, report=report, flow=trace_flow(report, question.timesteps))
