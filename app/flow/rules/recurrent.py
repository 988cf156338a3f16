"""Layers that walk along axis 1 and remember."""

from functools import lru_cache
from typing import cast

from app.architecture import Node
from app.flow.course import Call, Course, Reads, read_all
from app.flow.model import Direction
from app.report.arguments import argument, wrapped

RECURRENT = ("ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN", "SimpleRNN")


def find_direction(node: Node) -> Direction | None:
    """Which way a layer walks along its timesteps; None where it is none that walks."""
    if node.kind in RECURRENT:
        return "backward" if argument(node, "go_backwards") else "forward"
    return "both" if node.kind == "Bidirectional" else None


def run_recurrent(call: Call) -> Course:
    """LSTM, GRU, SimpleRNN: what left at a step has read that step and all steps walked before it.

    With `go_backwards` the sequence that leaves is in the order of the walk: its first step has read
    the input's last. Without `return_sequences` only the last state leaves, which has read everything.
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
    """Two walks; Keras turns the second one's sequence round, so that both speak of the same step.

    Merged, each step has read everything: one walk came from the start, the other from the end.
    With `merge_mode=None` nothing is merged, and the first output is the first walk's alone.
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
