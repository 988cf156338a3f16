"""What the workspace shows of a question: the contexts of the editor and of the answer."""

from collections.abc import Mapping

from fastapi import Request

from app.architecture import Architecture, Question
from app.architecture.form import COMMON_KINDS, LAYER_KINDS, number_nodes, write_cards, write_outputs
from app.architecture.gallery import Example
from app.architecture.spec import INPUT
from app.drawing.words import write_count, write_plural, write_shape
from app.links import encode_state
from app.pipeline import Visualisation
from app.problems import AppError, Problem
from app.report import Report
from app.web.contexts import Answer, DrawnApart, Editor, Fault, ProblemCard, RepairLink, Tab, WorkspacePage
from app.web.dependencies import settings, write_links

MOST_CARDS = 60
"""A longer model is edited as code: nobody finds a layer among more cards than these."""

MOST_CELLS = 12
"""The cells of a longer stack are of the same form: the first ones tell all, the table has every number."""

MOST_NAMED = 6
"""A model of more layers is named by their number, not by their kinds."""

Keys = Mapping[str, int]


def show_answer(
    request: Request,
    question: Question,
    visualisation: Visualisation,
    lesson: Example | None = None,
    keys: Keys | None = None,
) -> WorkspacePage:
    """The workspace of a question that was answered. `keys` are those of the cards already on the page."""
    return WorkspacePage(
        editor=_write_editor(
            visualisation.reading.architecture,
            visualisation.reading.code,
            question.timesteps,
            tab="layers" if question.code is None else "code",
            report=visualisation.report,
            keys=keys,
            lesson=lesson,
        ),
        answer=_describe(request, question, visualisation),
        state=encode_state(question),
        lesson=lesson,
    )


def show_fault(
    request: Request,
    question: Question,
    error: AppError,
    last: tuple[Question, Visualisation] | None = None,
) -> WorkspacePage:
    """The workspace of a question that could not be answered: what was written, beside the last answer."""
    shown = question.architecture or (last and last[1].reading.architecture)
    return WorkspacePage(
        editor=_write_editor(
            shown or None,
            question.code if question.code is not None else (last[1].reading.code if last else ""),
            question.timesteps,
            tab="layers" if question.code is None else "code",
        ),
        answer=_describe(request, *last) if last else None,
        state=encode_state(last[0] if last else question),
        fault=Fault.of(error),
        has_pictures=last is not None,
    )


def show_waiting(question: Question, address: str, lesson: Example | None) -> WorkspacePage:
    """The workspace of a question whose answer is being made; `address` is where it will be."""
    architecture = question.architecture
    return WorkspacePage(
        editor=_write_editor(
            architecture,
            question.code or "",
            question.timesteps,
            tab="code" if architecture is None else "layers",
            lesson=lesson,
        ),
        answer=None,
        state=encode_state(question),
        lesson=lesson,
        has_pictures=False,
        waiting=address,
    )


def _write_editor(
    architecture: Architecture | None,
    code: str,
    timesteps: int,
    tab: Tab,
    report: Report | None = None,
    keys: Keys | None = None,
    lesson: Example | None = None,
) -> Editor:
    count = len(architecture.nodes) if architecture else 0
    too_many = count if count > MOST_CARDS else 0
    numbered = number_nodes(architecture, keys or {}) if architecture and not too_many else {}
    return Editor(
        tab=tab,
        code=code,
        model=architecture.name if architecture else "",
        cards=write_cards(architecture, numbered) if architecture and not too_many else (),
        too_many=too_many,
        outputs=write_outputs(architecture, numbered) if architecture and not too_many else (),
        kinds=LAYER_KINDS,
        common_kinds=(*COMMON_KINDS, INPUT),
        timesteps=timesteps,
        rows={row.name: row for row in report.layers} if report else {},
        lesson=lesson.slug if lesson else "",
    )


def _describe(request: Request, question: Question, visualisation: Visualisation) -> Answer:
    report = visualisation.report
    state, link = encode_state(question), write_links(request, question).page
    errors = [problem for problem in report.problems if problem.severity == "error"]
    return Answer(
        visualisation=visualisation,
        problems=tuple(_offer_repairs(request, problem, question.timesteps) for problem in errors),
        notes=tuple(problem for problem in report.problems if problem.severity == "warning"),
        drawn_apart=tuple(
            DrawnApart(
                id=id,
                title=title,
                pictures=dict(list(pictures.items())[:MOST_CELLS]),
                more=max(0, len(pictures) - MOST_CELLS),
            )
            for id, title, pictures in (
                ("cells", "Inside the cell", visualisation.pictures.cells),
                ("units", "Units", visualisation.pictures.units),
            )
            if pictures
        ),
        headline=_name_model(report),
        announcement=_announce(report),
        unknown_timesteps=any(lane.symbolic for lane in visualisation.flow.lanes),
        steps=max((lane.timesteps_in for lane in visualisation.flow.lanes), default=0),
        state=state,
        link=link,
        picture=f"{_site(request)}/api/v1/render.svg?s={state}" if link else None,
    )


def _site(request: Request) -> str:
    return (settings(request).public_url or str(request.base_url)).rstrip("/")


def _offer_repairs(request: Request, problem: Problem, timesteps: int) -> ProblemCard:
    links = []
    for repair in problem.repairs:
        repaired = Question(
            architecture=Architecture.model_validate(repair.architecture), timesteps=timesteps
        )
        href = write_links(request, repaired).page
        links.append(RepairLink(title=repair.title, href=href, output_shapes=repair.output_shapes))
    return ProblemCard(problem=problem, repairs=tuple(links))


def _name_model(report: Report) -> str:
    kinds = [layer.kind for layer in report.layers if layer.kind != "InputLayer"]
    if not kinds or len(kinds) > MOST_NAMED:
        return f"A model of {write_plural(len(report.layers), 'layer')}"
    return (" → " if report.architecture.is_chain else ", ").join(kinds)


def _announce(report: Report) -> str:
    if report.status == "fails":
        failing = next(layer for layer in report.layers if layer.status == "fails")
        return f"{failing.name} does not build. {failing.problem.happened if failing.problem else ''}"
    shapes = " and ".join(write_shape(output.shape) for output in report.outputs)
    return f"Output {shapes}, {write_count(report.totals.parameters)} parameters"
