"""LEGEND: the meaning of the signs in the unrolled picture, each with a sample."""

from collections.abc import Mapping

from app.drawing.scene import Line

LEGEND: Mapping[str, tuple[tuple[Line, ...], str]] = {
    "h": ((Line(((0, 0), (24, 0)), "state-h"),), "h: the output of a step, handed on to the next step"),
    "c": ((Line(((0, 0), (24, 0)), "state-c"),), "c: the memory of the cell, handed on with it"),
    "handed": (
        (Line(((24, -4), (2, -4), (2, 4), (24, 4)), "state-h"), Line(((18, 0), (24, 4), (18, 8)), "state-h")),
        "the state with which a walk begins, where that is not zero",
    ),
    "dropped": (
        (Line(((12, -5), (12, 3)), "dropped"), Line(((8, 3), (16, 3)), "dropped")),
        "an output that is not returned",
    ),
    "padding": (
        (Line(((4, -6), (20, -6), (20, 6), (4, 6), (4, -6)), "padding"),),
        "a timestep that the mask marks as padding",
    ),
    "skipped": (
        (
            Line(((4, -6), (20, -6), (20, 6), (4, 6), (4, -6)), "padding"),
            Line(((0, 0), (24, 0)), "state-h"),
        ),
        "padding is not read: the state goes on as it is",
    ),
    "bundle": (
        (Line(((0, -3), (24, -3), (24, 3), (0, 3), (0, -3)), "gate"),),
        "every timestep below the bar reads all that lead into it",
    ),
    "staircase": (
        (Line(((0, 0), (24, 0)), "wire"), Line(((20, -4), (24, 0), (20, 4)), "wire")),
        "each timestep reads all that has led into the line up to there",
    ),
}
