"""name_model(): a short name for a model, made of the kinds of its layers."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

from app.architecture.spec import INPUT, Node
from app.drawing.boxes.kinds import name_kind, tell_kind
from app.drawing.words import count_layers, is_operation, write_shape
from app.report import LayerReport, Report

MOST_NAMED = 8
"""A model of more layers is named by their number, not by their kinds."""

EACH = "TimeDistributed"
"""The wrapper that says nothing of what is computed."""

LONGEST, LONGEST_INSIDE = 60, 24
"""Characters of a headline, which is two lines on a narrow screen, and of what is in brackets in it."""


def name_model(report: Report) -> str:
    """For example "LSTM → Dense"; a long model by its number of layers.

    In a graph equal neighbours are counted, "2 Embedding → Concatenate → Dense", and a comma separates layers
    that do not just read the ones before. "…" replaces what does not fit.
    """
    layers = [layer for layer in report.layers if layer.kind != INPUT and not is_operation(layer.kind)]
    if not layers or len(layers) > MOST_NAMED:
        return f"A model of {count_layers(report)}"
    if report.architecture.is_chain:
        return _join(list(_name_chain(layers, report)), " → ")
    runs = [list(run) for _, run in groupby(layers, lambda layer: _name_kind(layer, report))]
    kinds = [f"{len(run)} " * (len(run) > 1) + _name_kind(run[0], report) for run in runs]
    return _join(kinds, " → " if _is_in_order(runs, report) else ", ")


def _name_chain(layers: Sequence[LayerReport], report: Report) -> Iterator[str]:
    """The layers of a chain; what several layers in a row do at each timestep is in brackets, as in
    "TimeDistributed (Conv2D → Flatten)".
    """
    for is_each, run in groupby(layers, lambda layer: layer.kind == EACH):
        kinds = [_name_kind(layer, report) for layer in run]
        if not is_each:
            yield from kinds
            continue
        inside = [kind.removeprefix(f"{EACH} ") for kind in kinds]
        yield f"{EACH} ({_join(inside, ' → ', LONGEST_INSIDE)})" if len(inside) > 1 else kinds[0]


def _name_kind(layer: LayerReport, report: Report) -> str:
    """The kind; for a custom layer its class, and for TimeDistributed also what it wraps."""
    node = report.architecture.node(layer.name)
    return name_kind(node) if layer.kind == EACH else tell_kind(node)[0]


def _is_in_order(runs: Sequence[Sequence[LayerReport]], report: Report) -> bool:
    """Whether each run reads only itself or the run before, and only the first one reads inputs."""
    nodes = {node.name: node for node in report.architecture.nodes}
    places = {layer.name: place for place, run in enumerate(runs, 1) for layer in run}
    places |= {node.name: 0 for node in nodes.values() if node.is_input}

    def find_place(node: Node) -> float:
        return places.get(node.shares or node.name, inf)

    reads = [(node, nodes[source.node]) for node in nodes.values() for source in node.inputs]
    return all(find_place(node) - find_place(read) in (0, 1) for node, read in reads)


def _join(kinds: Sequence[str], joint: str, longest: int = LONGEST) -> str:
    """As many of them as fit, always including the last."""
    whole = joint.join(kinds)
    shorter = (joint.join((*kinds[:shown], "…", kinds[-1])) for shown in range(len(kinds) - 2, 0, -1))
    fitting = (name for name in (whole, *shorter) if len(name) <= longest)
    return next(fitting, whole if len(kinds) < 3 else joint.join((kinds[0], "…", kinds[-1])))


def summarise_model(report: Report) -> str:
    """For example: "LSTM → Dense: (None, 3, 1) → (None, 1)"."""
    if report.status != "builds":
        return f"{name_model(report)}: does not build"
    reads, gives = (
        " and ".join(write_shape(tensor.shape) for tensor in tensors)
        for tensors in (report.inputs, report.outputs)
    )
    return f"{name_model(report)}: {reads} → {gives}"
