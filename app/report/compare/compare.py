"""compare_reports(): two reports as one Comparison."""

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from app.architecture.spec import INPUT
from app.frozen import JsonObject
from app.report.compare.align import align_layers
from app.report.compare.held import Layer, contrast_arguments, contrast_kinds
from app.report.compare.model import Comparison, Difference, Pair
from app.report.compare.passed import Passed, find_passed
from app.report.compare.words import STATUS, contrast, summarise, tell_single_step
from app.report.model import LayerReport, Report


def compare_reports(left: Report, right: Report) -> Comparison:
    """Align the rows of two reports, and say each difference once: in its pair, or about the whole."""
    ours, theirs = _collect_arguments(left), _collect_arguments(right)
    rows = tuple(align_layers(left.layers, right.layers))
    pairs = tuple(
        _pair_up(one, other, ours, theirs, passed)
        for (one, other), passed in zip(rows, find_passed(rows), strict=True)
    )
    return Comparison(left=left, right=right, pairs=pairs, summary=summarise(left, right, _list_told(pairs)))


def _collect_arguments(report: Report) -> Mapping[str, JsonObject]:
    return {node.name: node.arguments for node in report.architecture.nodes}


def _list_told(pairs: Sequence[Pair]) -> list[Difference]:
    """The differences that a single pair has, which are thus those of the whole; none beside a layer that
    only one side has.
    """
    found = [difference for pair in pairs for difference in pair.differs]
    return [] if "only" in found else [difference for difference in found if found.count(difference) == 1]


def _pair_up(
    left: LayerReport | None,
    right: LayerReport | None,
    ours: Mapping[str, JsonObject],
    theirs: Mapping[str, JsonObject],
    passed: Passed,
) -> Pair:
    found: Mapping[Difference, tuple[str, ...]]
    if left and right:
        found = dict(_compare(left, right, ours.get(left.name, {}), theirs.get(right.name, {}), passed))
    else:
        only = ((layer.kind, side) for layer, side in ((left, "A"), (right, "B")) if layer)
        found = {"only": tuple(f"{kind}, only in {side}." for kind, side in only)}
    return Pair(
        title=_name_pair(left, right),
        left=left,
        right=right,
        differs=tuple(found),
        sentences=tuple(filter(None, (sentence for sentences in found.values() for sentence in sentences))),
    )


def _name_pair(left: LayerReport | None, right: LayerReport | None) -> str:
    """For example: "lstm", "dense in A, lstm_1 in B"."""
    first, *others = dict.fromkeys(layer.name for layer in (left, right) if layer)
    return f"{first} in A, {others[0]} in B" if others else first


def _compare(
    left: LayerReport, right: LayerReport, ours: JsonObject, theirs: JsonObject, passed: Passed
) -> Iterator[tuple[Difference, tuple[str, ...]]]:
    """Each kind of difference once, with its sentences."""
    one, other = Layer(left.kind, ours), Layer(right.kind, theirs)
    if kinds := tuple(contrast_kinds(one, other)):
        yield "kind", kinds
    if left.status != right.status:
        yield "status", (f"{STATUS[left.status]} in A, {STATUS[right.status].lower()} in B.",)
    if arguments := tuple(contrast_arguments(one, other, _find_sizes(left, right))):
        # An input's input is its output, which has a sentence already.
        is_input = left.kind == right.kind == INPUT
        yield "arguments", () if is_input else arguments
    if left.input_shapes != right.input_shapes:
        reads = contrast("Reads", *passed.reads) if passed.reads else ""
        yield "input", (reads, tell_single_step(left, right))
    if left.output_shapes != right.output_shapes:
        yield "output", (contrast("Gives", *passed.gives) if passed.gives else "",)
    if left.parameters.total != right.parameters.total:
        counts = (f"{side.parameters.total:,} parameters" for side in (left, right))
        yield "parameters", (contrast("Has", *counts) if left.status == right.status else "",)


def _find_sizes(left: LayerReport, right: LayerReport) -> tuple[JsonValue, JsonValue] | None:
    """The numbers of units, or of what the last axes are; None unless both layers have an output."""
    if not left.output_shapes or not right.output_shapes:
        return None
    return left.output_shapes[0][-1], right.output_shapes[0][-1]
