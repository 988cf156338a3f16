"""The pictures in words: enough to know how the data flows without seeing them."""

from app.architecture import Node
from app.drawing.boxes.frames import MOST_INSIDE
from app.drawing.boxes.kinds import join_kind
from app.drawing.boxes.repeats import Repeat, fold_layers
from app.drawing.fold import Hidden, fold_middle
from app.drawing.lane_words import say_lane
from app.drawing.mask_words import say_mask
from app.drawing.time.ends import find_ends, say_ends
from app.drawing.time.repeated import count_most, fold_blocks
from app.drawing.time.typed import find_typed_sequence, say_typed_sequence
from app.drawing.words import clean_text, count_layers, write_bytes, write_count, write_output, write_plural
from app.flow import Flow, Lane
from app.report import LayerReport, Report


def describe_shapes(report: Report, whole: bool = False) -> str:
    """The inputs, outputs and cost of each layer, in order; of identical blocks, the first."""
    nodes = {node.name: node for node in report.architecture.nodes}
    total = f"{write_count(report.totals.parameters)} parameters ({write_bytes(report.totals.bytes)})"
    said = [f"{report.architecture.name} has {count_layers(report)} and {total}."]
    for item in fold_layers(report.rows, report.architecture, whole):
        if isinstance(item, Hidden):
            said.append(f"Then come {write_plural(len(item.rows), 'more layer')}.")
        elif isinstance(item, Repeat):
            said.append(_say_repeat(item))
            said += [_describe_layer(row, nodes[row.name]) for row in item.block]
        else:
            said.append(_describe_layer(item, nodes[item.name]))
    if report.status == "builds":
        ends = " and ".join(dict.fromkeys(output.name for output in report.outputs))
        said.append(f"The model's output is what leaves {ends}.")
    return clean_text(" ".join(filter(None, said)))


def _describe_layer(row: LayerReport, node: Node) -> str:
    if row.kind == "InputLayer":
        return f"The input {row.name} gives {write_output(row)}."
    name = f"{row.name} ({join_kind(node, ', ')})"
    if row.status == "blocked":
        return f"{name} is not reached, because a layer before it fails."
    if row.status == "fails" and row.problem:
        problem = row.problem
        return f"{name} fails. {problem.happened} Expected: {problem.expected} To fix it: {problem.fix}"
    cost = f", with {write_count(row.parameters.total)} parameters" if row.parameters.total else ""
    reads = " and ".join(row.inbound)
    said = f"{name} reads {reads} and gives {write_output(row)}{cost}."
    return " ".join(filter(None, (said, _say_inside(node), say_mask(row, node))))


def _say_repeat(repeat: Repeat) -> str:
    first, last = repeat.rows[0].name, repeat.rows[-1].name
    number = len(repeat.block)
    block = "layer" if number == 1 else f"block of {number} layers"
    return (
        f"From {first} to {last} an identical {block} comes {repeat.times} times in a row; here is the first."
    )


def _say_inside(node: Node) -> str:
    """The layers of a nested model, where it is called first."""
    if node.model is None or node.shares or len(node.model.nodes) > MOST_INSIDE:
        return ""
    layers = [f"{inner.name} ({join_kind(inner, ', ')})" for inner in node.model.nodes if not inner.is_input]
    return f"It is made of {', '.join(layers)}."


def describe_time(report: Report, flow: Flow) -> str:
    """How each layer moves data through the timesteps, in order."""
    report, flow, repeats = fold_blocks(report, flow)
    layers = {layer.name: layer for layer in report.rows}
    nodes = {node.name: node for node in report.architecture.nodes}
    said = [say_typed_sequence(find_typed_sequence(flow))]
    begun: set[str] = set()
    for lane in fold_middle(flow.lanes, count_most(flow)):
        if isinstance(lane, Hidden):
            said.append(f"Then come {write_plural(len(lane.rows), 'more layer')}.")
            continue
        if (repeat := repeats.get(lane.layer)) and repeat.rows[0].name not in begun:
            begun.add(repeat.rows[0].name)
            said.append(_say_repeat(repeat))
        said.append(_describe_lane(lane, layers[lane.layer], nodes[lane.layer]))
    said.append(say_ends(find_ends(report, flow), nodes, flow.lanes[-1].layer if flow.lanes else ""))
    return clean_text(" ".join(filter(None, said)))


def _describe_lane(lane: Lane, layer: LayerReport, node: Node) -> str:
    return f"{say_lane(lane, layer, node)} {say_mask(layer, node)}".strip()
