"""Causes: searches back from a failing layer for the layer that changed the axes or the size."""

from collections.abc import Iterator

from app.report.explain.failure import Failure, Received
from app.report.model import LayerReport

RECURRENT = (
    *("LSTM", "GRU", "SimpleRNN", "Bidirectional"),
    *("RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"),
)


def find_rank_change(failure: Failure, tensor: Received) -> LayerReport:
    """The nearest layer before that changed the number of axes; else the input that all of it began with."""
    for row in _walk_back(failure, tensor.source):
        if not row.input_shapes or len(row.input_shapes[0]) != len(row.output_shapes[0]):
            return row
    return tensor.source


def find_kind(failure: Failure, tensor: Received, *kinds: str) -> LayerReport | None:
    """The nearest layer of one of these kinds before the failing one, following first inputs; else None."""
    return next((row for row in _walk_back(failure, tensor.source) if row.kind in kinds), None)


def find_unknown(failure: Failure, tensor: Received) -> LayerReport:
    """The layer that an unknown size (other than the batch) comes from, following first inputs."""
    rows = list(_walk_back(failure, tensor.source))
    return next((row for row in rows if all(None not in shape[1:] for shape in row.input_shapes)), rows[-1])


def lost_timesteps(row: LayerReport) -> bool:
    """Whether this layer read timesteps and returned one vector, or one image."""
    if not row.input_shapes:
        return False
    read, gave = len(row.input_shapes[0]), len(row.output_shapes[0])
    return read >= 3 and (gave == 2 or (row.kind in RECURRENT and gave == read - 1))


def _walk_back(failure: Failure, row: LayerReport) -> Iterator[LayerReport]:
    """This row, the row of its first input, and so on to an input of the model."""
    yield row
    while row.inbound and row.inbound[0] in failure.rows:
        row = failure.rows[row.inbound[0]]
        yield row
