"""compare_reports(): two reports as one Comparison."""

from collections.abc import Iterator, Mapping

from app.architecture.spec import INPUT
from app.frozen import JsonObject
from app.report.compare.align import align_layers
from app.report.compare.held import Layer, contrast_arguments, contrast_kinds
from app.report.compare.model import Comparison, Difference, Pair
from app.report.compare.words import (
    STATUS,
    contrast,
    describe_input,
    describe_output,
    summarise,
    tell_single_step,
)
from app.report.model import LayerReport, Report


def compare_reports(left: Report, right: Report) -> Comparison:
    """Align the rows of two reports, and say what differs in each pair."""
    given = _collect_arguments(left), _collect_arguments(right)
    pairs = tuple(
        _pair_up(ours, theirs, given[0], given[1]) for ours, theirs in align_layers(left.layers, right.layers)
    )
    return Comparison(left=left, right=right, pairs=pairs, summary=summarise(left, right))


def _collect_arguments(report: Report) -> Mapping[str, JsonObject]:
    return {node.name: node.arguments for node in report.architecture.nodes}


def _pair_up(
    left: LayerReport | None,
    right: LayerReport | None,
    given_left: Mapping[str, JsonObject],
    given_right: Mapping[str, JsonObject],
) -> Pair:
    if left is None or right is None:
        only = ((layer, side) for layer, side in ((left, "A"), (right, "B")) if layer is not None)
        found: dict[Difference, tuple[str, ...]] = {
            "only": tuple(f"{layer.name} ({layer.kind}) is only in {side}." for layer, side in only)
        }
    else:
        found = dict(_compare(left, right, given_left.get(left.name, {}), given_right.get(right.name, {})))
    sentences = tuple(sentence for sentences in found.values() for sentence in sentences)
    return Pair(left=left, right=right, differs=tuple(found), sentences=sentences)


def _compare(
    left: LayerReport, right: LayerReport, ours: JsonObject, theirs: JsonObject
) -> Iterator[tuple[Difference, tuple[str, ...]]]:
    """Each kind of difference once, with its sentences."""
    name = left.name if left.name == right.name else f"{left.name} / {right.name}"
    one, other = Layer(left.kind, ours), Layer(right.kind, theirs)
    if kinds := tuple(contrast_kinds(name, one, other)):
        yield "kind", kinds
    if left.status != right.status:
        yield "status", (f"{name} {STATUS[left.status]} in A, {STATUS[right.status]} in B.",)
    if arguments := tuple(contrast_arguments(name, one, other)):
        # An input's input is its output, which has a sentence already.
        is_input = left.kind == right.kind == INPUT
        yield "arguments", () if is_input else arguments
    if left.input_shapes != right.input_shapes:
        reads = contrast(name, "reads", describe_input(left), describe_input(right))
        yield "input", tuple(filter(None, (reads, tell_single_step(name, left, right))))
    if left.output_shapes != right.output_shapes:
        yield "output", (contrast(name, "gives", describe_output(left), describe_output(right)),)
    if left.parameters.total != right.parameters.total:
        counts = (f"{side.parameters.total:,} parameters" for side in (left, right))
        yield "parameters", (contrast(name, "has", *counts),)
