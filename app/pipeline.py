"""The whole path on one screen: question → architecture → report → flow → pictures."""

from app.architecture import Question, Reading, read_question
from app.drawing import FORMATS, Pictures, draw_pictures
from app.flow import Flow, trace_flow
from app.frozen import Frozen
from app.report import Report


class Visualisation(Frozen):
    """Everything that is known about one question; every page and file is written from it."""

    reading: Reading
    report: Report
    flow: Flow
    pictures: Pictures


def visualise(question: Question) -> Visualisation:
    """Answer one question. Runs in a builder process.

    Raises CodeError, ArchitectureError or their kin where the question cannot be understood;
    a model that does not fit is a Report with problems.
    """
    # Imported here, since the web process imports this module and must not import Keras.
    from app.report.build import make_report

    reading = read_question(question)
    report = make_report(reading.architecture, reading.notes)
    flow = trace_flow(report, question.timesteps)
    return Visualisation(reading=reading, report=report, flow=flow, pictures=draw_pictures(report, flow))


def render(question: Question, name: str) -> str:
    """Answer one question as a file of the format `name` (a key of FORMATS). Runs in a builder process."""
    answer = visualise(question)
    return FORMATS[name].write(answer.report, answer.flow, answer.reading.code)
