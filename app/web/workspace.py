"""The contexts of the workspace: the editor, and what was answered."""

from fastapi import Request

from app.architecture import Architecture, Question
from app.architecture.code.notes import MEANT
from app.architecture.code.rewriting import TOLD, sort_layers
from app.architecture.form import SequencesForm
from app.architecture.gallery import Example
from app.drawing.headline import name_model
from app.drawing.words import write_count, write_shape
from app.links import encode_state
from app.pipeline import Visualisation
from app.problems import AppError
from app.report import Report
from app.web.addresses import find_picture, find_preview, link_state, write_address
from app.web.contexts import Answer, PartsFragment, WorkspacePage
from app.web.editor import Keys, Shown, choose_front, find_tab, write_editor
from app.web.lesson import find_alike, find_explaining, find_origin, has_all_numbers, keep_lesson
from app.web.offers import offers_masks, offers_values
from app.web.pieces import list_models, list_pieces
from app.web.repairs import describe_fault, offer_repairs
from app.web.requests import read_opened

LEAST_FOLDED = 3
"""How many notes on code about whose meaning there is no doubt are folded into one."""


def show_answer(
    request: Request,
    question: Question,
    visualisation: Visualisation,
    example: Example | None = None,
    keys: Keys | None = None,
    by_layers: bool = False,
) -> WorkspacePage:
    """The workspace of a question that was answered.

    `example` is the one that the page began with; `keys` are those of the cards already on the page;
    `by_layers` says that code was changed in its layers.
    """
    if visualisation.reading.rewritten is not None:
        keys = _carry_keys(keys or {}, question, visualisation.reading.architecture)
        question = visualisation.reading.rewritten
    state = encode_state(question)
    lesson = keep_lesson(question, visualisation.reading.architecture, example, by_layers=by_layers)
    origin = None if lesson else find_origin(question, example)
    alike = None if lesson or origin else _find_alike(visualisation)
    return WorkspacePage(
        editor=write_editor(
            question,
            Shown(visualisation.reading.architecture, visualisation.reading.code, visualisation.report),
            begun=lesson.example if lesson else example,
            front=choose_front(question, example, by_layers),
            keys=keys,
        ),
        answer=_describe(request, question, visualisation, example, state),
        pieces=list_pieces(request, question, visualisation.report.problems),
        made=list_models(request, question, visualisation.reading.made),
        state=state,
        lesson=lesson,
        alike=alike,
        alike_in_all=alike is not None and has_all_numbers(alike, visualisation.reading.architecture),
        origin=origin,
        preview=find_preview(request, state),
    )


def _find_alike(visualisation: Visualisation) -> Example | None:
    explaining = find_explaining(visualisation.report.problems)
    return explaining or find_alike(visualisation.reading.architecture)


def _carry_keys(keys: Keys, asked: Question, made: Architecture) -> Keys:
    """The keys of the cards, by the names that their layers have in the changed code."""
    nodes = sort_layers(asked.architecture).nodes if asked.architecture else ()
    pairs = zip(nodes, made.nodes, strict=False)
    return {new.name: keys[old.name] for old, new in pairs if old.name in keys}


def show_fault(
    request: Request,
    question: Question,
    error: AppError,
    example: Example | None = None,
    last: tuple[Question, Visualisation] | None = None,
    typed: SequencesForm | None = None,
) -> WorkspacePage:
    """The workspace of a question that could not be answered: what was written, beside the last answer.

    `typed` are sequences that could not be read, so the question has none.
    """
    reading = last[1].reading if last else None
    shown = Shown(
        question.architecture or (reading.architecture if reading else None),
        question.code if question.code is not None else (reading.code if reading else ""),
    )
    state = encode_state(last[0] if last else question)
    return WorkspacePage(
        editor=write_editor(question, shown, begun=example, typed=typed),
        answer=_describe(request, *last, example, state) if last else None,
        pieces=list_pieces(request, question),
        state=state,
        lesson=keep_lesson(
            last[0] if last else question,
            reading.architecture if reading else question.architecture,
            example,
        ),
        fault=describe_fault(request, question, error, example),
        has_pictures=last is not None,
    )


def show_waiting(
    request: Request, question: Question, address: str, example: Example | None, by_layers: bool = False
) -> WorkspacePage:
    """The workspace of a question whose answer is being made; `address` is the page to fetch it from."""
    state = encode_state(question)
    lesson = keep_lesson(question, question.architecture, example, by_layers=by_layers)
    return WorkspacePage(
        editor=write_editor(
            question,
            Shown(question.architecture, question.code or ""),
            begun=lesson.example if lesson else example,
            front=choose_front(question, example, by_layers),
        ),
        answer=None,
        state=state,
        lesson=lesson,
        has_pictures=False,
        waiting=address,
        preview=find_preview(request, state),
    )


def show_parts(
    request: Request, question: Question, visualisation: Visualisation, parts: tuple[str, ...]
) -> PartsFragment:
    """Folded parts of the workspace of a question that was answered, without the editor."""
    return PartsFragment(
        parts=parts,
        answer=_describe(request, question, visualisation, None, encode_state(question)),
        stride=question.stride,
        tab=find_tab(question),
    )


def _describe(
    request: Request, question: Question, visualisation: Visualisation, example: Example | None, state: str
) -> Answer:
    report, link = visualisation.report, link_state(request, state).page
    errors = [problem for problem in report.problems if problem.severity == "error"]
    notes = tuple(
        problem for problem in report.problems if problem.severity == "warning" and problem.code not in TOLD
    )
    meant = tuple(note for note in notes if note.code in MEANT)
    if len(meant) < LEAST_FOLDED:
        meant = ()
    return Answer(
        visualisation=visualisation,
        problems=tuple(
            offer_repairs(request, problem, question, visualisation, example) for problem in errors
        ),
        notes=tuple(note for note in notes if note not in meant),
        meant=meant,
        data_href=_offer_data(request, question, visualisation, example),
        runs_data=question.sequences is not None and question.sequences == visualisation.reading.data,
        offers_masks=offers_masks(question, report),
        offers_values=offers_values(report),
        headline=name_model(report),
        announcement=_announce(report),
        unknown_timesteps=any(lane.symbolic for lane in visualisation.flow.lanes),
        windows=any(way.kind == "windows" for moved in visualisation.flow.data for way in moved.ways),
        steps=max((lane.timesteps_in for lane in visualisation.flow.lanes), default=0),
        state=state,
        link=link,
        opened=read_opened(request),
        picture=find_picture(request, state) if link else None,
    )


def _offer_data(
    request: Request, question: Question, visualisation: Visualisation, example: Example | None
) -> str | None:
    data = visualisation.reading.data
    if data is None or question.sequences == data or not offers_masks(question, visualisation.report):
        return None
    asked = question.model_copy(update={"sequences": data})
    return write_address(request, encode_state(asked), example)


def _announce(report: Report) -> str:
    if report.status == "fails":
        failing = next((layer for layer in report.rows if layer.status == "fails"), None)
        if failing is None:
            return f"Not everything is understood. {report.problems[0].happened}"
        return f"{failing.name} does not build. {failing.problem.happened if failing.problem else ''}"
    shapes = " and ".join(write_shape(output.shape) for output in report.outputs)
    return f"Output {shapes}, {write_count(report.totals.parameters)} parameters"
