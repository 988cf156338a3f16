"""The whole path on one screen: question → architecture → report → flow → pictures, or JSON."""

from app.architecture import Question, Reading, read_question
from app.drawing import (
    FORMATS,
    PNG,
    Picture,
    Pictures,
    draw_error_svg,
    draw_pictures,
    draw_values,
    draw_whole,
    write_png,
)
from app.flow import Flow, TracedReport, follow_sequences, trace_flow
from app.flow.valued import ValueTrace
from app.frozen import Frozen
from app.links import PageLinks, encode_state, link_state
from app.report import Report


class Examination(Frozen):
    """All that is known about one question, before anything is drawn."""

    reading: Reading
    report: Report
    flow: Flow


class Visualisation(Examination):
    """An examination with the pictures for the page, which take longer than all the rest."""

    pictures: Pictures


class DrawnValues(Frozen):
    """The numbers in a run of the model, one picture per sequence; or why the model was not run."""

    pictures: tuple[Picture, ...]
    refused: str


class Answer(TracedReport):
    """The report, how data moves through time, and links to the page."""

    links: PageLinks


def examine(question: Question) -> Examination:
    """Answer one question. Runs in a builder process.

    Raises CodeError, ArchitectureError or a subclass if the question cannot be understood. A model that does
    not fit raises nothing: its Report has problems.
    """
    # Imported here, since the web process imports this module and must not import Keras.
    from app.flow.masks import trace_masks
    from app.report.applications import find_application
    from app.report.build import make_report
    from app.report.feeds import check_feeds
    from app.report.mending import mend
    from app.report.own_code import keep_own_code
    from app.report.repairing import find_output_shapes
    from app.report.weights import check_weights

    reading = read_question(question, find_output_shapes, find_application, mend)
    report = make_report(reading.architecture, reading.notes, reading.holes, question.drawn_timesteps)
    found = (*check_weights(report), *report.problems, *check_feeds(report, reading.feeds))
    report = report.model_copy(update={"problems": found})
    report = keep_own_code(report, reading.rewritten or question)
    flow = trace_flow(report, question.drawn_timesteps, question.stride)
    if question.sequences is not None:
        flow = follow_sequences(flow, trace_masks(report, question.sequences))
    if question.unfolded:
        flow = flow.model_copy(update={"unfolded": True})
    return Examination(reading=reading, report=report, flow=flow)


def visualise(question: Question) -> Visualisation:
    """Answer one question, with pictures. Runs in a builder process; raises what `examine` raises."""
    examined = examine(question)
    return Visualisation(**dict(examined), pictures=draw_pictures(examined.report, examined.flow))


def write_answer(question: Question, longest_state: int) -> bytes:
    """Answer one question as an Answer's JSON. Links longer than `longest_state` characters are null.

    Runs in a builder process, so that the web process only has to pass the bytes on.
    """
    examined = examine(question)
    links = link_state(encode_state(examined.reading.rewritten or question), longest_state)
    answer = Answer.model_construct(**dict(examined.report), flow=examined.flow, links=links)
    return answer.model_dump_json().encode()


def run_model(question: Question, examined: Examination) -> ValueTrace:
    """The numbers in one run of the real model; slow, so only done when asked for.

    Runs in a builder process.
    """
    from app.flow.values import trace_values

    return trace_values(examined.report, examined.flow.lanes, question.sequences, question.timesteps)


def write_values(question: Question) -> bytes:
    """The numbers of a model as a ValueTrace's JSON. Runs in a builder process."""
    return run_model(question, examine(question)).model_dump_json().encode()


def write_drawn_values(question: Question) -> bytes:
    """The numbers of a model as pictures: a DrawnValues' JSON. Runs in a builder process."""
    examined = examine(question)
    values = run_model(question, examined)
    drawn = DrawnValues(pictures=draw_values(examined.report, values), refused=values.refused)
    return drawn.model_dump_json().encode()


def write_whole(question: Question) -> bytes:
    """The picture of every layer, with nothing folded: a Whole's JSON. Runs in a builder process."""
    return draw_whole(examine(question).report).model_dump_json().encode()


def render(question: Question, name: str, scale: int = 1) -> str | bytes:
    """Answer one question as a file in the format `name` (a key of FORMATS). Runs in a builder process.

    A PNG has `scale` times the size of the SVG.
    """
    examined = examine(question)
    flow = examined.flow
    if FORMATS[name].needs_values:
        flow = flow.model_copy(update={"values": run_model(question, examined)})
    text = FORMATS[name].write(examined.report, flow, examined.reading.code)
    return write_png(text, scale) if FORMATS[name].media_type == PNG else text


def render_error(title: str, detail: str) -> bytes:
    """A PNG that says why there is no picture. Runs in a builder process."""
    return write_png(draw_error_svg(title, detail))
