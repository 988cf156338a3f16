"""What the workspace shows of a question: the contexts of the editor and of the answer."""

from collections.abc import Mapping

from fastapi import Request

from app.architecture import Architecture, Question
from app.architecture.code.rewriting import TOLD, sort_layers
from app.architecture.form import (
    COMMON_KINDS,
    COMMON_OPERATIONS,
    LAYER_KINDS,
    SequencesForm,
    count_nodes,
    fill_sequences,
    number_nodes,
    write_cards,
    write_holes,
    write_outputs,
)
from app.architecture.gallery import Example
from app.architecture.spec import INPUT
from app.drawing.headline import name_model
from app.drawing.words import write_count, write_shape
from app.flow.entries import list_timed
from app.links import encode_state
from app.pipeline import Visualisation
from app.problems import AppError, Problem, Repair, UnknownLayer
from app.report import Report
from app.web.addresses import find_picture, find_preview, link_state, write_address
from app.web.contexts import Answer, Editor, PartsFragment, ProblemCard, Tab, WorkspacePage
from app.web.faults import Fault, RepairLink
from app.web.lesson import find_alike, find_origin, keep_lesson
from app.web.pieces import list_pieces
from app.web.requests import read_opened

MOST_CARDS = 60
"""A longer model is edited as code: nobody finds a layer among more cards than these."""

Keys = Mapping[str, int]


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
    return WorkspacePage(
        editor=_write_editor(
            visualisation.reading.architecture,
            visualisation.reading.code,
            question,
            example,
            report=visualisation.report,
            keys=keys,
            by_layers=by_layers,
            begun=lesson.example if lesson else example,
        ),
        answer=_describe(request, question, visualisation, example, state),
        pieces=list_pieces(request, question, visualisation.report.problems),
        state=state,
        lesson=lesson,
        alike=None if lesson or origin else find_alike(visualisation.reading.architecture),
        origin=origin,
        preview=find_preview(request, state),
    )


def _carry_keys(keys: Keys, asked: Question, made: Architecture) -> Keys:
    """The keys of cards by the names that their layers have in the changed code."""
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

    `typed` are sequences that could not be read, so that the question has none.
    """
    shown = question.architecture or (last and last[1].reading.architecture)
    state = encode_state(last[0] if last else question)
    return WorkspacePage(
        editor=_write_editor(
            shown or None,
            question.code if question.code is not None else (last[1].reading.code if last else ""),
            question,
            begun=example,
            typed=typed,
        ),
        answer=_describe(request, *last, example, state) if last else None,
        pieces=list_pieces(request, question),
        state=state,
        lesson=keep_lesson(last[0], last[1].reading.architecture, example)
        if last
        else keep_lesson(question, question.architecture, example),
        fault=describe_fault(request, question, error, example),
        has_pictures=last is not None,
    )


def show_waiting(
    request: Request, question: Question, address: str, example: Example | None, by_layers: bool = False
) -> WorkspacePage:
    """The workspace of a question whose answer is being made; `address` is where it will be."""
    state = encode_state(question)
    lesson = keep_lesson(question, question.architecture, example, by_layers=by_layers)
    return WorkspacePage(
        editor=_write_editor(
            question.architecture,
            question.code or "",
            question,
            example,
            by_layers=by_layers,
            begun=lesson.example if lesson else example,
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
    """Folded parts of the workspace of a question that was answered, without its editor."""
    return PartsFragment(
        parts=parts,
        answer=_describe(request, question, visualisation, None, encode_state(question)),
        stride=question.stride,
        tab=_find_tab(question),
    )


def _find_tab(question: Question) -> Tab:
    return "layers" if question.code is None else "code"


def _write_editor(
    architecture: Architecture | None,
    code: str,
    question: Question,
    example: Example | None = None,
    report: Report | None = None,
    keys: Keys | None = None,
    by_layers: bool = False,
    begun: Example | None = None,
    typed: SequencesForm | None = None,
) -> Editor:
    tab = _find_tab(question)
    count = count_nodes(architecture) if architecture else 0
    too_many = count if count > MOST_CARDS else 0
    numbered = number_nodes(architecture, keys or {}) if architecture and not too_many else {}
    return Editor(
        tab=tab,
        front="layers" if by_layers or (example and question.code == example.code) else tab,
        code=code,
        model=architecture.name if architecture else "",
        cards=write_cards(architecture, numbered) if architecture and not too_many else (),
        too_many=too_many,
        outputs=write_outputs(architecture, numbered) if architecture and not too_many else (),
        kinds=(*LAYER_KINDS, *COMMON_OPERATIONS),
        common_kinds=(*COMMON_KINDS, INPUT),
        timesteps=question.timesteps,
        stride=question.stride,
        piece=question.piece,
        sequences=question.sequences,
        sequences_form=typed or fill_sequences(question.sequences, list_timed(report) if report else ()),
        holes=write_holes(report.holes if report else ()),
        told=tuple(problem for problem in (report.problems if report else ()) if problem.code in TOLD),
        begun=begun.slug if begun else "",
        rows={row.name: row for row in report.rows} if report else {},
    )


def _describe(
    request: Request, question: Question, visualisation: Visualisation, example: Example | None, state: str
) -> Answer:
    report, link = visualisation.report, link_state(request, state).page
    errors = [problem for problem in report.problems if problem.severity == "error"]
    notes = tuple(
        problem for problem in report.problems if problem.severity == "warning" and problem.code not in TOLD
    )
    return Answer(
        visualisation=visualisation,
        problems=tuple(
            _offer_repairs(request, problem, question, visualisation, example) for problem in errors
        ),
        notes=notes,
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


def describe_fault(
    request: Request, question: Question | None, error: AppError, example: Example | None
) -> Fault:
    """Why a question could not be answered, with the ways out that were found."""
    repairs = error.repairs if isinstance(error, UnknownLayer) and question else ()
    links = (_link_repair(request, repair, question, example) for repair in repairs if question)
    return Fault.of(error, tuple(links), question.code if question else None)


def _offer_repairs(
    request: Request,
    problem: Problem,
    question: Question,
    visualisation: Visualisation,
    example: Example | None,
) -> ProblemCard:
    before = visualisation.reading.architecture
    links = (_link_repair(request, repair, question, example, before) for repair in problem.repairs)
    return ProblemCard(problem=problem, repairs=tuple(links))


def _link_repair(
    request: Request,
    repair: Repair,
    question: Question,
    example: Example | None,
    before: Architecture | None = None,
) -> RepairLink:
    repaired = Architecture.model_validate(repair.architecture)
    asked = (
        question.model_copy(update={"code": repair.code})
        if repair.keeps_code
        else Question(
            architecture=repaired,
            timesteps=question.timesteps,
            stride=question.stride,
            sequences=question.sequences,
        )
    )
    lesson = keep_lesson(asked, repaired, example)
    kept = lesson.example if lesson else find_origin(asked, example)
    return RepairLink(
        title=repair.title,
        href=write_address(request, encode_state(asked), kept),
        card=_find_change(before, repaired) if before else "",
        output_shapes=repair.output_shapes,
        writes_anew=question.code is not None and not repair.keeps_code,
    )


def _find_change(before: Architecture, after: Architecture) -> str:
    """The id of the card of the first layer that is new or different, on a page of `after` alone."""
    known = {node.name: node for node in before.nodes}
    places = (place for place, node in enumerate(after.nodes) if known.get(node.name) != node)
    return f"n{next(places, 0)}"


def _announce(report: Report) -> str:
    if report.status == "fails":
        failing = next((layer for layer in report.rows if layer.status == "fails"), None)
        if failing is None:
            return f"Not everything is understood. {report.problems[0].happened}"
        return f"{failing.name} does not build. {failing.problem.happened if failing.problem else ''}"
    shapes = " and ".join(write_shape(output.shape) for output in report.outputs)
    return f"Output {shapes}, {write_count(report.totals.parameters)} parameters"
