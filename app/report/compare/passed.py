"""find_passed(): the tensors that differ between two models, each said at one layer only."""

from collections.abc import Sequence
from typing import NamedTuple

from app.architecture.spec import INPUT
from app.frozen import Shape
from app.report.compare.align import Row
from app.report.compare.words import describe_input, describe_output
from app.report.model import LayerReport

Words = tuple[str, str]
"""What the two sides read, or give, in words."""


class Passed(NamedTuple):
    """What a pair says of its input and of its output; None if it says nothing."""

    reads: Words | None = None
    gives: Words | None = None


def find_passed(rows: Sequence[Row]) -> list[Passed]:
    """For each row: what differs, without what it only reads from a layer that says so.

    What enters a model is said by the first layer that reads it.
    """
    found = [_describe_both(left, right) if left and right else Passed() for left, right in rows]
    inputs = [left is not None and left.kind == INPUT for left, _ in rows]
    given = {each.gives for each, is_input in zip(found, inputs, strict=True) if not is_input}
    read: set[Words | None] = set()
    for place, each in enumerate(found):
        if each.reads in given | read:
            found[place] = each._replace(reads=None)
        read.add(each.reads)
    return [
        each._replace(gives=None) if is_input and each.gives in read else each
        for each, is_input in zip(found, inputs, strict=True)
    ]


def _describe_both(left: LayerReport, right: LayerReport) -> Passed:
    """Of a layer that has no output on one side, its status says that."""
    return Passed(
        _contrast_shapes(left.input_shapes, right.input_shapes, describe_input(left), describe_input(right)),
        _contrast_shapes(
            left.output_shapes, right.output_shapes, describe_output(left), describe_output(right)
        ),
    )


def _contrast_shapes(left: Sequence[Shape], right: Sequence[Shape], ours: str, theirs: str) -> Words | None:
    if left == right or not left or not right:
        return None
    # The words leave out the batch.
    return (ours, theirs) if ours != theirs else (str(left), str(right))
