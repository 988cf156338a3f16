"""trace_flow(): how data moves through the timesteps of a model, given its report."""

from functools import lru_cache

from app.architecture.spec import INPUT
from app.flow.course import Reads
from app.flow.fold import fold_steps
from app.flow.masked import MaskTrace
from app.flow.model import Flow, Lane
from app.flow.sizes import try_lengths
from app.flow.walk import Passage, walk_report
from app.frozen import Shape
from app.report import Report


def trace_flow(report: Report, timesteps: int, stride: int = 1) -> Flow:
    """One lane for every layer that builds and has a timesteps axis at its input or output.

    If Keras knows no length (null), `timesteps` are drawn; lengths that follow from them are those that Keras
    would give. If some layer cannot run on that many (a kernel longer than the sequence, a Reshape that does
    not divide evenly), another number that every layer can run on is drawn. Windows over a table begin
    `stride` rows apart.
    """
    # Imported here, as the web process imports this module and must not import Keras.
    from app.flow.data.trace import trace_data

    drawn = _choose_length(report, timesteps) if _is_open_ended(report) else timesteps
    lanes = tuple(map(_make_lane, walk_report(report, drawn)))
    return Flow(lanes=lanes, data=trace_data(report, lanes, drawn, stride))


def follow_sequences(flow: Flow, masks: MaskTrace) -> Flow:
    """The flow with the typed sequences in it; if its timesteps are theirs, they are no longer symbolic."""
    lengths = {lane.layer: lane.timesteps_out for lane in flow.lanes}
    lanes = flow.lanes
    if masks.inputs and all(lengths.get(one.input) == one.length for one in masks.inputs):
        lanes = tuple(lane.model_copy(update={"symbolic": False}) for lane in lanes)
    return flow.model_copy(update={"lanes": lanes, "masks": masks})


def _is_open_ended(report: Report) -> bool:
    return any(
        None in shape[1:] for layer in report.rows if layer.kind == INPUT for shape in layer.output_shapes
    )


def _choose_length(report: Report, timesteps: int) -> int:
    for length in try_lengths(timesteps):
        if all(passage.course.fits for passage in walk_report(report, length)):
            return length
    return timesteps


def _make_lane(passage: Passage) -> Lane:
    layer, call, course, inbound = passage
    timesteps_in = 1 if course.axis_in is None else call.input[course.axis_in]
    steps_in, steps_out = fold_steps(timesteps_in), fold_steps(course.timesteps_out)
    return Lane(
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
