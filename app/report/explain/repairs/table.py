"""propose_repairs(): changes that may make the model build, in a table by problem code."""

from collections.abc import Callable, Iterator, Mapping

from app.architecture.spec import Architecture
from app.problems import ArchitectureError, Problem
from app.report.explain.failure import Failure, Rows, find_failure
from app.report.explain.repairs.arguments import (
    give_missing_arguments,
    give_other_values,
    rename_arguments,
)
from app.report.explain.repairs.merging import (
    make_concatenable,
    make_mergeable,
    put_inputs_together,
    read_twice,
)
from app.report.explain.repairs.sizes import (
    fit_reshape,
    fit_window,
    give_batch_size,
    give_fixed_sizes,
)
from app.report.explain.repairs.timesteps import add_timesteps, change_rank, return_sequences
from app.report.numbers import LONGEST

Proposal = tuple[str, Architecture]

MOST_FAILURES = 5
"""If more layers fail, no changes of all of them are proposed."""

REPAIRS: Mapping[str, Callable[[Failure, Architecture], Iterator[Proposal]]] = {
    "invalid-argument": give_other_values,
    "missing-argument": give_missing_arguments,
    "missing-return-sequences": return_sequences,
    "missing-timesteps": add_timesteps,
    "output-size-negative": fit_window,
    "reshape-size": fit_reshape,
    "shapes-do-not-concatenate": make_concatenable,
    "shapes-do-not-merge": make_mergeable,
    "stateful-without-batch-size": give_batch_size,
    "too-few-inputs": read_twice,
    "too-many-inputs": put_inputs_together,
    "undefined-last-dimension": give_fixed_sizes,
    "unknown-argument": rename_arguments,
    "wrong-ndim": change_rank,
}
"""Other problems have no repair, as it is not known what was meant."""


def propose_repairs(problem: Problem, architecture: Architecture, report_rows: Rows) -> Iterator[Proposal]:
    """Changed architectures that may build, each with a title that says what was changed; best first.

    `report_rows` are the rows of the report on `architecture`, by name. If several layers fail, and changing
    one does not help the others, changes of all of them follow: the likeliest for each.
    """
    yield from _propose(problem, architecture, report_rows)
    failing = [row.problem for row in report_rows.values() if row.status == "fails" and row.problem]
    others = [other for other in failing if other.layer != problem.layer]
    if not 0 < len(others) < MOST_FAILURES:
        return
    for title, proposal in _propose(problem, architecture, report_rows):
        titles = [title]
        for other in others:
            title, proposal = next(_propose(other, proposal, report_rows), ("", proposal))
            titles.append(title)
        yield "; ".join(filter(None, titles)), proposal


def _propose(problem: Problem, architecture: Architecture, rows: Rows) -> Iterator[Proposal]:
    repair = REPAIRS.get(problem.code)
    try:
        failure = find_failure(problem, architecture, rows)
        # A problem inside a nested model is reported on the model, and not repaired.
        if repair and failure and failure.node.model is None and not _is_huge(failure):
            yield from repair(failure, architecture)
    except ArchitectureError:
        # The graph of this proposal is invalid; those before it were proposed.
        return


def _is_huge(failure: Failure) -> bool:
    """Whether there are sizes too large to compute with; they are explained only."""
    return any(size is not None and size >= LONGEST for tensor in failure.received for size in tensor.shape)
