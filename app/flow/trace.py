"""trace_flow(): from what Keras made of a model to how data moves through its timesteps."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from app.architecture import Node
from app.architecture.spec import INPUT
from app.flow.course import Call, Course, Reads, Sizes
from app.flow.fold import fold_steps
from app.flow.model import Flow, Lane
from app.flow.rules import find_course
from app.flow.sizes import draw_input, draw_output, try_lengths
from app.frozen import Shape
from app.report import LayerReport, Report

TIMESTEPS = "timesteps"


class Tensor(NamedTuple):
    """One output of a layer: its drawn sizes, and the axis that time leaves on where it does."""

    sizes: Sizes
    time: int | None = None


class Passage(NamedTuple):
    """One layer that time goes through."""

    layer: LayerReport
    call: Call
    course: Course
    inbound: tuple[str, ...]


def trace_flow(report: Report, timesteps: int) -> Flow:
    """One lane for every layer that builds and has a timesteps axis at its input or output.

    Where Keras knows no length (null), `timesteps` steps are drawn, and the lengths that follow from
    them are those that Keras would give. If some layer cannot run on so many (a kernel longer than the
    sequence, a Reshape that does not come out even), another number that every layer can run on is drawn.
    """
    # Imported here, since the web process imports this module and must not import Keras.
    from app.flow.data.trace import trace_data

    drawn = _choose_length(report, timesteps) if _is_open_ended(report) else timesteps
    lanes = tuple(map(_make_lane, _walk(report, drawn)))
    return Flow(lanes=lanes, data=trace_data(report, lanes, drawn))


def _is_open_ended(report: Report) -> bool:
    return any(
        None in shape[1:] for layer in report.rows if layer.kind == INPUT for shape in layer.output_shapes
    )


def _choose_length(report: Report, timesteps: int) -> int:
    for length in try_lengths(timesteps):
        if all(passage.course.fits for passage in _walk(report, length)):
            return length
    return timesteps


def _walk(report: Report, timesteps: int) -> Iterator[Passage]:
    nodes = {node.name: node for node in report.architecture.nodes}
    tensors: dict[tuple[str, int], Tensor] = {}
    lanes: dict[str, Course] = {}
    for layer in report.rows:
        if layer.status != "builds":
            continue
        call = _make_call(layer, nodes[layer.name], tensors, timesteps)
        course = find_course(call)
        for output, shape in enumerate(layer.output_shapes):
            tensors[layer.name, output] = Tensor(draw_output(call.node, shape, call.inputs))
        if course:
            tensors[layer.name, 0] = _leave(call, course)
            yield Passage(layer, call, course, _list_feeders(call, course, lanes))
            lanes[layer.name] = course


def _make_call(
    layer: LayerReport, node: Node, tensors: Mapping[tuple[str, int], Tensor], timesteps: int
) -> Call:
    shape = layer.output_shapes[0]
    named_out = _find_timesteps(layer.axes)
    if node.is_input:
        # What an input reads is the data: step by step.
        drawn = draw_input(shape, timesteps)
        return Call(node=node, inputs=(drawn,), output=drawn, named_in=named_out, named_out=named_out)
    read = [tensors[source.node, source.output] for source in node.inbound]
    named_in = _find_timesteps(layer.input_axes)
    inputs = tuple(tensor.sizes for tensor in read)
    return Call(
        node=node,
        inputs=inputs,
        output=draw_output(node, shape, inputs),
        named_in=read[0].time if named_in is None else named_in,
        named_out=named_out,
    )


def _find_timesteps(axes: tuple[tuple[str, ...], ...]) -> int | None:
    """Where the first tensor has its timesteps."""
    return axes[0].index(TIMESTEPS) if axes and TIMESTEPS in axes[0] else None


def _leave(call: Call, course: Course) -> Tensor:
    axis = course.axis_out
    if axis is None:
        return Tensor(call.output)
    return Tensor((*call.output[:axis], course.timesteps_out, *call.output[axis + 1 :]), axis)


def _list_feeders(call: Call, course: Course, lanes: Mapping[str, Course]) -> tuple[str, ...]:
    """The lanes that feed a layer; not the first if the layer walks along another axis than it (Permute)."""
    names = dict.fromkeys(source.node for source in call.node.inbound if source.node in lanes)
    first = call.node.inbound[0].node if call.node.inbound else None
    return tuple(name for name in names if name != first or lanes[name].axis_out == course.axis_in)


def _make_lane(passage: Passage) -> Lane:
    layer, call, course, inbound = passage
    timesteps_in = 1 if course.axis_in is None else call.input[course.axis_in]
    steps_in, steps_out = fold_steps(timesteps_in), fold_steps(course.timesteps_out)
    # Not validated again: a lane is made for every layer at every keystroke.
    return Lane.model_construct(
        layer=layer.name,
        kind=course.kind,
        timesteps_in=timesteps_in,
        timesteps_out=course.timesteps_out,
        depends=_list_depends(course.reads, timesteps_in, course.timesteps_out),
        state=course.state,
        direction=course.direction,
        inbound=inbound,
        steps_in=steps_in,
        steps_out=steps_out,
        time_in=course.axis_in is not None,
        time_out=course.axis_out is not None,
        symbolic=_is_open(layer.input_shapes, course.axis_in)
        or _is_open(layer.output_shapes, course.axis_out),
    )


@lru_cache(1024)
def _list_depends(reads: Reads, timesteps_in: int, timesteps_out: int) -> tuple[tuple[int, ...], ...]:
    listed = fold_steps(timesteps_in)
    return tuple(tuple(filter(reads(step).__contains__, listed)) for step in fold_steps(timesteps_out))


def _is_open(shapes: tuple[Shape, ...], axis: int | None) -> bool:
    return bool(shapes) and axis is not None and shapes[0][axis] is None
