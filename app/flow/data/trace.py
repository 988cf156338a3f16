"""trace_data(): the places in a model where numbers are cut, moved or padded, and none is computed."""

from functools import lru_cache

from app.architecture.spec import INPUT
from app.flow.data.blocks import TIMESTEPS
from app.flow.data.layers import follow_layer
from app.flow.data.model import Regrouping, Way
from app.flow.data.table import cut_table, pad_ragged
from app.flow.model import Lane
from app.frozen import Shape
from app.report import Report
from app.report.runs.tokens import find_vocabulary

MOST_REGROUPINGS = 12

SERIES = ("batch", TIMESTEPS, "features")
TOKENS = ("batch", TIMESTEPS)


def trace_data(
    report: Report, lanes: tuple[Lane, ...], timesteps: int, stride: int
) -> tuple[Regrouping, ...]:
    """The inputs with timesteps and the layers that rearrange numbers; the first MOST_REGROUPINGS of them.

    If Keras knows no length, that of the lanes is used, or else `timesteps`. Windows over a table begin
    `stride` rows apart.
    """
    nodes = {node.name: node for node in report.architecture.nodes}
    drawn = {lane.layer: lane.timesteps_in for lane in lanes}
    found: list[Regrouping] = []
    for layer in report.rows:
        if layer.status != "builds" or len(found) == MOST_REGROUPINGS:
            continue
        length = drawn.get(layer.name, timesteps)
        if layer.kind == INPUT:
            known = find_vocabulary(layer.name, report.architecture) if layer.axes[0] == TOKENS else None
            tokens = known and known.size
            ways = _prepare(layer.name, layer.axes[0], layer.output_shapes[0], length, stride, tokens)
        else:
            ways = follow_layer(nodes[layer.name], layer, length)
        if ways:
            found.append(Regrouping(layer=layer.name, ways=ways))
    return tuple(found)


@lru_cache(256)
def _prepare(
    name: str, axes: tuple[str, ...], shape: Shape, length: int, stride: int, vocabulary: int | None
) -> tuple[Way, ...]:
    """The ways from raw data to the samples of an input."""
    if 0 in shape:
        return ()
    if axes == SERIES and None not in shape[2:]:
        return tuple(cut_table(name, shape, length, stride))
    if axes == TOKENS:
        return tuple(pad_ragged(name, shape[1], vocabulary))
    return ()
