"""Recurrent layers, which walk along axis 1 with a state."""

from functools import lru_cache
from typing import cast

from app.architecture import Node
from app.flow.course import Call, Course, Reads, read_all
from app.flow.model import Direction
from app.report.arguments import argument, wrapped

RECURRENT = ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN", "SimpleRNN")


def find_direction(node: Node) -> Direction | None:
    """The direction in which a layer walks along its timesteps; None if it does not walk."""
    if node.kind in RECURRENT:
        return "backward" if argument(node, "go_backwards") else "forward"
    return "both" if node.kind == "Bidirectional" else None


def run_recurrent(call: Call) -> Course:
    """LSTM, GRU, SimpleRNN: an output depends on its timestep and on all those walked before.

    With `go_backwards` the output sequence is in the order of the walk: its first timestep has read the
    input's last. Without `return_sequences` only the last state is returned, which depends on everything.
    """
    backward = bool(argument(call.node, "go_backwards"))
    sequences = bool(argument(call.node, "return_sequences"))
    timesteps = call.input[1]
    return Course(
        kind="recurrent",
        axis_in=1,
        axis_out=1 if sequences else None,
        timesteps_out=timesteps if sequences else 1,
        reads=_read_walked(timesteps, backward) if sequences else read_all(timesteps),
        state=True,
        direction="backward" if backward else "forward",
    )


def run_bidirectional(call: Call) -> Course:
    """Two walks; Keras reverses the output of the second one, so that both are in the order of the input.

    Merged, each timestep depends on everything: one walk came from the start, the other from the end. With
    `merge_mode=None` nothing is merged, and the first output is that of the first walk.
    """
    walk = cast(Node, wrapped(call.node))
    sequences = bool(argument(walk, "return_sequences"))
    timesteps = call.input[1]
    alone = sequences and argument(call.node, "merge_mode") is None
    backward = bool(argument(walk, "go_backwards"))
    return Course(
        kind="bidirectional",
        axis_in=1,
        axis_out=1 if sequences else None,
        timesteps_out=timesteps if sequences else 1,
        reads=_read_walked(timesteps, backward) if alone else read_all(timesteps),
        state=True,
        direction="both",
    )


@lru_cache(256)
def _read_walked(timesteps: int, backward: bool) -> Reads:
    if backward:
        return lambda step: range(timesteps - 1 - step, timesteps)
    return lambda step: range(step + 1)
