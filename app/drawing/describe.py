"""The pictures in words, from the same values: enough to know how the data flows without seeing them."""

from collections.abc import Callable, Mapping

from app.architecture import Node
from app.drawing.arguments import summarise_arguments
from app.drawing.fold import Hidden, fold_middle
from app.drawing.measures import measure_output
from app.drawing.walks import is_walk
from app.drawing.words import clean_text, write_bytes, write_count, write_output, write_plural
from app.flow import Flow, Lane
from app.report import LayerReport, Report
from app.report.arguments import wrapped

MOST_STEPS_SAID = 4

MASK_SENTENCES: Mapping[str, str] = {
    "none": "",
    "made": "It makes a mask, which says which timesteps are padding.",
    "kept": "The mask passes through it unchanged.",
    "consumed": "It uses the mask to skip padding, and the mask ends here, as it should.",
    "dropped": "The mask is lost here: Keras drops it and warns.",
    "dropped_silently": "The mask is lost here: Keras drops it without a word.",
}


def describe_shapes(report: Report) -> str:
    """What each layer reads, gives and costs, in order."""
    nodes = {node.name: node for node in report.architecture.nodes}
    total = f"{write_count(report.totals.parameters)} parameters ({write_bytes(report.totals.bytes)})"
    said = [f"{report.architecture.name} has {write_plural(len(report.layers), 'layer')} and {total}."]
    for row in fold_middle(report.layers):
        if isinstance(row, Hidden):
            said.append(f"Then come {write_plural(len(row.rows), 'more layer')}.")
        else:
            said.append(_describe_layer(row, nodes[row.name]))
    if report.status == "builds":
        ends = " and ".join(dict.fromkeys(output.name for output in report.outputs))
        said.append(f"The model's output is what leaves {ends}.")
    return clean_text(" ".join(filter(None, said)))


def _describe_layer(row: LayerReport, node: Node) -> str:
    if row.kind == "InputLayer":
        return f"The input {row.name} gives {write_output(row)}."
    summary = summarise_arguments(node)
    name = f"{row.name} ({row.kind}{', ' if summary else ''}{summary})"
    if row.status == "blocked":
        return f"{name} is not reached, because a layer before it fails."
    if row.status == "fails" and row.problem:
        problem = row.problem
        return f"{name} fails. {problem.happened} Expected: {problem.expected} To fix it: {problem.fix}"
    cost = f", with {write_count(row.parameters.total)} parameters" if row.parameters.total else ""
    reads = " and ".join(row.inbound)
    said = f"{name} reads {reads} and gives {write_output(row)}{cost}."
    return f"{said} {MASK_SENTENCES[row.mask.fate]}".strip()


def describe_time(report: Report, flow: Flow) -> str:
    """How each layer moves data through the timesteps, in order."""
    layers = {layer.name: layer for layer in report.layers}
    nodes = {node.name: node for node in report.architecture.nodes}
    said = [
        f"Then come {write_plural(len(lane.rows), 'more layer')}."
        if isinstance(lane, Hidden)
        else _describe_lane(lane, layers[lane.layer], nodes[lane.layer])
        for lane in fold_middle(flow.lanes)
    ]
    return clean_text(" ".join(said))


def _describe_lane(lane: Lane, layer: LayerReport, node: Node) -> str:
    holds = measure_output(layer, lane.time_out).words
    if is_walk(lane):
        said = _describe_walk(lane, layer, node, holds)
    elif not layer.inbound:
        known = "any number of timesteps" if lane.symbolic else _count_steps(lane)
        said = f"The input {lane.layer} has {known}; each holds {holds}."
    else:
        said = f"{STILL.get(lane.kind, _describe_reads)(lane, layer)} {_describe_end(lane, holds)}"
    return f"{said} {MASK_SENTENCES[layer.mask.fate]}".strip()


def _describe_end(lane: Lane, holds: str) -> str:
    if not lane.time_out:
        return f"One vector of {holds} leaves it."
    if lane.symbolic:
        return f"Each of its timesteps holds {holds}."
    return f"It gives {write_plural(lane.timesteps_out, 'timestep')} of {holds}."


def _describe_walk(lane: Lane, layer: LayerReport, node: Node, holds: str) -> str:
    state = "its state h and its memory c" if (wrapped(node) or node).kind == "LSTM" else "its state h"
    walk = f"{lane.layer} ({layer.kind}) {WALKS[lane.direction]}, handing {state} from step to step."
    if not lane.time_out:
        every = "the one timestep" if lane.timesteps_in == 1 else f"all {_count_steps(lane)}"
        return (
            f"{walk} Only the last output leaves, one vector of {holds} that has seen {every}; "
            "the outputs before it are not returned."
        )
    return f"{walk} {SEEN[lane.direction]} {_describe_end(lane, holds)}"


def _count_steps(lane: Lane) -> str:
    return "timesteps" if lane.symbolic else write_plural(lane.timesteps_in, "timestep")


WALKS: Mapping[str, str] = {
    "forward": "walks from the first timestep to the last",
    "backward": "walks from the last timestep to the first",
    "both": "walks twice, from the first timestep to the last and back",
}
SEEN: Mapping[str, str] = {
    "forward": "Each step has seen itself and all steps before it, and every output leaves.",
    "backward": "Each step has seen itself and all steps after it, and every output leaves, the last first.",
    "both": "The outputs of both walks are put together, so that every step has seen the whole sequence.",
}


def _describe_steps(lane: Lane, layer: LayerReport) -> str:
    return f"{lane.layer} ({layer.kind}) works on each timestep by itself."


def _describe_all(lane: Lane, layer: LayerReport) -> str:
    return f"{lane.layer} ({layer.kind}) reads all {_count_steps(lane)} at once."


def _describe_join(lane: Lane, layer: LayerReport) -> str:
    names = " and ".join(layer.inbound)
    if lane.timesteps_out > lane.timesteps_in:
        return f"{lane.layer} ({layer.kind}) puts {names} one after the other along time."
    return f"{lane.layer} ({layer.kind}) joins {names} step by step."


def _describe_reads(lane: Lane, layer: LayerReport) -> str:
    """Which steps are read by which, for as many as a listener can bear."""
    if not lane.time_in:
        return f"{lane.layer} ({layer.kind}) gives the same vector to every timestep."
    if not lane.time_out:
        return _describe_all(lane, layer)
    said = [
        f"step {step + 1} reads {_list_steps(reads)}"
        for step, reads in list(zip(lane.steps_out, lane.depends, strict=True))[:MOST_STEPS_SAID]
    ]
    more = ", and so on" if lane.timesteps_out > MOST_STEPS_SAID else ""
    return f"{lane.layer} ({layer.kind}): {', '.join(said)}{more}."


def _list_steps(steps: tuple[int, ...]) -> str:
    if not steps:
        return "nothing"
    if len(steps) > 2 and steps == tuple(range(steps[0], steps[-1] + 1)):
        return f"{steps[0] + 1:,} to {steps[-1] + 1:,}"
    return " and ".join(f"{step + 1:,}" for step in steps)


STILL: Mapping[str, Callable[[Lane, LayerReport], str]] = {
    "per_step": _describe_steps,
    "all": _describe_all,
    "joined": _describe_join,
}
