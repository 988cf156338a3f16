"""Repairs on the page: each is a link to the page of the repaired model."""

from fastapi import Request

from app.architecture import Architecture, Question
from app.architecture.gallery import Example
from app.links import encode_state
from app.pipeline import Visualisation
from app.problems import AppError, Problem, Repair, UnknownLayer
from app.web.addresses import write_address
from app.web.contexts import ProblemCard
from app.web.faults import Fault, RepairLink
from app.web.lesson import find_origin, keep_lesson


def describe_fault(
    request: Request, question: Question | None, error: AppError, example: Example | None
) -> Fault:
    """Why a question could not be answered, with links to its repairs."""
    repairs = error.repairs if isinstance(error, UnknownLayer) and question else ()
    links = (_link_repair(request, repair, question, example) for repair in repairs if question)
    return Fault.of(error, tuple(links), question.code if question else None)


def offer_repairs(
    request: Request,
    problem: Problem,
    question: Question,
    visualisation: Visualisation,
    example: Example | None,
) -> ProblemCard:
    """A problem with a link for each of its repairs to the page of the repaired model."""
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
            unfolded=question.unfolded,
            sequences=question.sequences,
        )
    )
    # A repair is a change of layers, so an example of the same layers stays: its title does not come and go.
    lesson = keep_lesson(asked, repaired, example, by_layers=True)
    kept = lesson.example if lesson else find_origin(asked, example)
    return RepairLink(
        title=repair.title,
        href=write_address(request, encode_state(asked), kept, by_layers=lesson is not None),
        card=_find_change(before, repaired) if before else "",
        output_shapes=repair.output_shapes,
        writes_anew=question.code is not None and not repair.keeps_code,
    )


def _find_change(before: Architecture, after: Architecture) -> str:
    """The id of the card of the first new or changed layer, on a page of `after`."""
    known = {node.name: node for node in before.nodes}
    places = (place for place, node in enumerate(after.nodes) if known.get(node.name) != node)
    return f"n{next(places, 0)}"
