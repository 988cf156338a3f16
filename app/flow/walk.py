"""walk_report(): follows the timesteps through a model, layer by layer."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from app.architecture import Architecture, Node
from app.flow.compose import Visit, compose
from app.flow.course import Call, Course, Sizes
from app.flow.rules import find_course
from app.flow.sizes import draw_input, draw_output
from app.report import LayerReport, Report
from app.report.arguments import argument
from app.report.model import list_calls

TIMESTEPS = "timesteps"

FILLED_BY_DATA = frozenset(
    f"ops.{name}"
    for name in (
        *("cast", "equal", "expand_dims", "get_item", "greater", "less", "logical_and", "logical_not"),
        *("not_equal", "reshape", "squeeze", "transpose"),
    )
)
"""Functions that compare numbers or move them, such as make a padding mask from tokens."""


Pattern = Literal["", "ones", "causal"]
"""What a tensor holds whatever the data: ones, or ones up to the diagonal and zeros above it."""


class Tensor(NamedTuple):
    """One output of a layer: its sizes, and its timesteps axis if it has one."""

    sizes: Sizes
    time: int | None = None
    free: bool = False
    """Whether it holds arbitrary data: an input, or what FILLED_BY_DATA makes of one."""
    pattern: Pattern = ""


class Passage(NamedTuple):
    """One layer with timesteps, and its course."""

    layer: LayerReport
    call: Call
    course: Course
    inbound: tuple[str, ...]


def walk_report(report: Report, timesteps: int) -> Iterator[Passage]:
    """The layers with timesteps; inputs of open length have `timesteps` of them."""
    lanes: dict[str, Course] = {}
    for layer, (call, course) in _visit(report.architecture, report.rows, timesteps):
        if course:
            yield Passage(layer, call, course, _list_feeders(call, course, lanes))
            lanes[layer.name] = course


def _visit(
    architecture: Architecture,
    rows: tuple[LayerReport, ...],
    timesteps: int,
    entering: tuple[Tensor, ...] = (),
) -> Iterator[tuple[LayerReport, Visit]]:
    """Every layer that builds. `entering` are the tensors that a nested model is called on."""
    nodes = {node.name: node for node in architecture.nodes}
    tensors: dict[tuple[str, int], Tensor] = {}
    given = iter(entering)
    for layer in rows:
        if layer.status != "builds":
            continue
        node = nodes[layer.name]
        read = [tensors[source.node, source.output] for source in node.inbound]
        if node.is_input:
            read = [next(given, Tensor(draw_input(layer.output_shapes[0], timesteps), free=True))]
        call = _make_call(layer, node, read)
        course = find_course(call) if node.model is None else _go_inside(layer, call, read, timesteps)
        free = (node.is_input or node.kind in FILLED_BY_DATA) and len(call.free) == len(read)
        pattern = _find_pattern(node, read)
        for output, shape in enumerate(layer.output_shapes):
            sizes = draw_output(call.node, shape, call.inputs)
            tensors[layer.name, output] = Tensor(sizes, free=free, pattern=pattern)
        if course:
            tensors[layer.name, 0] = _leave(call, course)._replace(free=free, pattern=pattern)
        yield layer, Visit(call, course)


def _find_pattern(node: Node, read: list[Tensor]) -> Pattern:
    if node.kind == "ops.ones_like":
        return "ones"
    before = read[0].pattern if read else ""
    if node.kind == "ops.tril":
        return "causal" if before and not argument(node, "k") else ""
    keeps = node.kind == "ops.cast" or (node.kind == "ops.expand_dims" and argument(node, "axis") == 0)
    return before if keeps else ""


def _go_inside(layer: LayerReport, call: Call, read: list[Tensor], timesteps: int) -> Course | None:
    """The course of a nested model, composed of those of its layers."""
    model, named = call.node.model, call.node.handed_by_name
    if model is None:
        return None
    entering = tuple(tensor for place, tensor in enumerate(read) if place not in named)
    inside = _visit(model, list_calls(layer.layers), timesteps, entering)
    return compose((visit for _, visit in inside), model.ends[0])


def _make_call(layer: LayerReport, node: Node, read: list[Tensor]) -> Call:
    shape = layer.output_shapes[0]
    named_out = _find_timesteps(layer.axes)
    inputs = tuple(tensor.sizes for tensor in read)
    # An input reads the data, timestep by timestep.
    named_in = named_out if node.is_input else _find_timesteps(layer.input_axes)
    return Call(
        node=node,
        inputs=inputs,
        output=inputs[0] if node.is_input else draw_output(node, shape, inputs),
        named_in=read[0].time if named_in is None else named_in,
        named_out=named_out,
        free=frozenset(place for place, tensor in enumerate(read) if tensor.free),
        causal=frozenset(place for place, tensor in enumerate(read) if tensor.pattern == "causal"),
    )


def _find_timesteps(axes: tuple[tuple[str, ...], ...]) -> int | None:
    """The timesteps axis of the first tensor."""
    return axes[0].index(TIMESTEPS) if axes and TIMESTEPS in axes[0] else None


def _leave(call: Call, course: Course) -> Tensor:
    axis = course.axis_out
    if axis is None:
        return Tensor(call.output)
    return Tensor((*call.output[:axis], course.timesteps_out, *call.output[axis + 1 :]), axis)


def _list_feeders(call: Call, course: Course, lanes: Mapping[str, Course]) -> tuple[str, ...]:
    """The lanes that feed a layer; the first is left out if the layer walks along another axis (Permute)."""
    names = dict.fromkeys(source.node for source in call.node.inbound if source.node in lanes)
    first = call.node.inbound[0] if call.node.inbound else None
    if first and first.node in names:
        before = lanes[first.node]
        # A lane is about the first output; the other parts of a split are other timesteps.
        other_steps = first.output > 0 and before.kind == "rearranged"
        if other_steps or before.axis_out != course.axis_in:
            del names[first.node]
    return tuple(names)
