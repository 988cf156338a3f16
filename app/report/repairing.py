"""add_repairs(): every repair is rebuilt before it is shown."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from app.architecture.code import write_code
from app.architecture.spec import Architecture
from app.frozen import Shape
from app.problems import Problem, Repair
from app.report.explain import propose_repairs
from app.report.listing import builds, list_outputs
from app.report.row import Row
from app.report.rows import build_rows

Proposal = tuple[str, Architecture]

MOST_REPAIRS = 3
MOST_PROPOSALS = 12


def add_repairs(problem: Problem, architecture: Architecture, rows: Mapping[str, Row]) -> Problem:
    """The problem, with those of its proposed repairs that were rebuilt and do build."""
    reports = {name: row.report for name, row in rows.items()}
    proposals = leave_out_equals(islice(propose_repairs(problem, architecture, reports), MOST_PROPOSALS))
    verified = filter(None, (verify_repair(title, proposal) for title, proposal in proposals))
    return problem.model_copy(update={"repairs": tuple(islice(verified, MOST_REPAIRS))})


def leave_out_equals(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Each changed architecture once, with the first of its titles."""
    seen: list[Architecture] = []
    for title, proposal in proposals:
        if proposal not in seen:
            seen.append(proposal)
            yield title, proposal


def verify_repair(title: str, proposal: Architecture) -> Repair | None:
    """The proposal as a repair; None if it does not build."""
    shapes = find_output_shapes(proposal)
    if shapes is None:
        return None
    return Repair(
        title=title,
        architecture=proposal.model_dump(mode="json", exclude_defaults=True),
        code=write_code(proposal),
        output_shapes=shapes,
    )


def find_output_shapes(architecture: Architecture) -> tuple[Shape, ...] | None:
    """The shapes of the model's outputs; None if a layer does not build."""
    rows = build_rows(architecture)
    return tuple(tensor.shape for tensor in list_outputs(architecture, rows)) if builds(rows) else None
