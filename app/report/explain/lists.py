"""explain_list(): square brackets that are missing or too many where a layer is called on one tensor."""

from app.problems import Problem
from app.report.explain.failure import Failure


def explain_list(failure: Failure) -> Problem | None:
    """One tensor without a list for a layer that merges, or in a list for another."""
    node, listed = failure.node, failure.node.listed
    if listed is None or len(failure.received) != 1:
        return None
    if listed:
        return failure.problem(
            "tensor-or-list",
            happened=f"{failure.what_came}, in a list.",
            expected=f"{failure.said} ({node.kind}) is called on a tensor, not on a list.",
            fix=f"Leave the square brackets out: {node.kind}(…)(x).",
        )
    return failure.problem(
        "tensor-or-list",
        happened=f"{failure.what_came}: one tensor, not in a list.",
        expected=f"{failure.said} ({node.kind}) is called on a list of the tensors that it merges.",
        fix=f"Write them in square brackets: {node.kind}(…)([a, b]).",
    )
