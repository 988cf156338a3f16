"""Small models, asked about: the report and the lanes of one layer or of a chain."""

from typing import Any, NamedTuple

from app.architecture import Architecture, Question, read_question
from app.flow import Lane, trace_flow
from app.flow.masked import MaskedLayer, MaskTrace
from app.frozen import Shape
from app.report import LayerReport, Report
from app.report.build import make_report

TIMESTEPS = 8

READERS_OF_NUMBERS = ("Embedding", "ReversibleEmbedding", "ops.multi_hot", "ops.one_hot")


class Traced(NamedTuple):
    """A layer's row in the report and its lane, if it has one."""

    row: LayerReport
    lane: Lane | None


def trace_layer(
    kind: str,
    arguments: dict[str, Any],
    *shapes: Shape,
    timesteps: int = TIMESTEPS,
    reads: tuple[int, ...] | None = None,
    call: dict[str, Any] | None = None,
) -> Traced:
    """One layer called on inputs of these shapes, given without the batch; None is an open size.

    `reads` tells which of the inputs it is called on, in order; without it on each of them once. `call` is
    what it is called with besides.
    """
    inputs = [make_input(f"x{place}", shape, kind) for place, shape in enumerate(shapes)]
    names = [f"x{place}" for place in reads or range(len(shapes))]
    layer = {"kind": kind, "name": "layer", "arguments": arguments, "inbound": names, "call": call or {}}
    report = report_nodes([*inputs, layer])
    return Traced(report.layer("layer"), list_lanes(report, timesteps).get("layer"))


def trace_film(kind: str, arguments: dict[str, Any], shape: Shape, times: int = 1) -> Traced:
    """One layer called on images along a timesteps axis: a second reader says that it is one.

    It is called on the same images as many `times`.
    """
    return trace_films(kind, arguments, shape, reads=(0,) * times)


def trace_films(kind: str, arguments: dict[str, Any], *shapes: Shape, reads: tuple[int, ...]) -> Traced:
    """One layer called on several such films; `reads` tells on which, in order."""
    inside = {"layer": {"kind": "Flatten", "arguments": {}}}
    inputs = [make_input(f"x{place}", shape, kind) for place, shape in enumerate(shapes)]
    films = [
        {"kind": "TimeDistributed", "name": f"film{place}", "arguments": inside, "inbound": [f"x{place}"]}
        for place in range(len(shapes))
    ]
    called_on = [f"x{place}" for place in reads]
    layer = {"kind": kind, "name": "layer", "arguments": arguments, "inbound": called_on}
    report = report_nodes([*inputs, *films, layer])
    return Traced(report.layer("layer"), list_lanes(report).get("layer"))


def report_chain(shape: Shape, *layers: tuple[str, dict[str, Any]]) -> Report:
    """A chain of layers behind one input; they are named by their kind and place: `LSTM 1`."""
    nodes = [make_input("x", shape, layers[0][0])]
    for place, (kind, arguments) in enumerate(layers, start=1):
        before = nodes[-1]["name"]
        nodes.append({"kind": kind, "name": f"{kind} {place}", "arguments": arguments, "inbound": [before]})
    return report_nodes(nodes)


def make_input(name: str, shape: Shape, reader: str) -> dict[str, Any]:
    dtype = "int32" if reader in READERS_OF_NUMBERS else "float32"
    return {"kind": "InputLayer", "name": name, "arguments": {"batch_shape": [None, *shape], "dtype": dtype}}


def report_code(code: str) -> Report:
    """The report on the model that code makes, which builds."""
    report = make_report(read_question(Question(code=code)).architecture)
    assert report.status == "builds"
    return report


def report_nodes(nodes: list[dict[str, Any]]) -> Report:
    return make_report(Architecture.model_validate({"nodes": nodes}))


def list_lanes(report: Report, timesteps: int = TIMESTEPS) -> dict[str, Lane]:
    return {lane.layer: lane for lane in trace_flow(report, timesteps).lanes}


def find_masked(traced: MaskTrace, name: str) -> MaskedLayer:
    """What becomes of the sequences in the layer of that name."""
    return next(layer for layer in traced.layers if layer.layer == name)


def find_timesteps(axes: tuple[tuple[str, ...], ...]) -> int | None:
    """Where the first tensor has its timesteps, if it has any."""
    return axes[0].index("timesteps") if "timesteps" in axes[0] else None
