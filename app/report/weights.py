"""check_weights(): a note if the weights would not fit in any memory. Shapes are right all the same."""

from app.problems import Problem
from app.report.model import Report

TERABYTE = 10**12

TOO_MUCH = ((1000 * TERABYTE, "any computer"), (TERABYTE, "all but the largest computers"))
"""From how many bytes on the weights are too many for what memory; the most first."""


def check_weights(report: Report) -> tuple[Problem, ...]:
    """A note naming the layer with the most weights; none if they fit in memory, or the model fails."""
    whose = next((whose for size, whose in TOO_MUCH if report.totals.bytes >= size), None)
    if whose is None or report.status == "fails":
        return ()
    largest = max(report.layers, key=lambda layer: layer.bytes)
    return (
        Problem(
            code="weights-beyond-memory",
            severity="warning",
            layer=largest.name,
            line=largest.line,
            happened=f"The weights are more than the memory of {whose}.",
            expected="The weights of a model fit into memory, several times over while it is trained.",
            fix=f"The shapes are right, but the model cannot be trained. Most weights are those of "
            f"{largest.name}: {largest.parameters.formula}.",
        ),
    )
