"""LEGEND: the meaning of the signs in the unrolled picture, each with a sample."""

from collections.abc import Mapping

from app.drawing.scene import Line, Sign

FRAME = ((4, -6), (20, -6), (20, 6), (4, 6), (4, -6))

LEGEND: Mapping[str, Sign] = {
    "h": Sign("h: the output of a step, handed on to the next step", (Line(((0, 0), (24, 0)), "state-h"),)),
    "c": Sign("c: the memory of the cell, handed on with it", (Line(((0, 0), (24, 0)), "state-c"),)),
    "handed": Sign(
        "the state with which a walk begins, where that is not zero",
        (Line(((24, -4), (2, -4), (2, 4), (24, 4)), "state-h"), Line(((18, 0), (24, 4), (18, 8)), "state-h")),
    ),
    "dropped": Sign(
        "an output that is not returned",
        (Line(((12, -5), (12, 3)), "dropped"), Line(((8, 3), (16, 3)), "dropped")),
    ),
    "padding": Sign("a timestep that the mask marks as padding", (Line(FRAME, "padding"),)),
    "skipped": Sign(
        "padding is not read: the state goes on as it is",
        (Line(FRAME, "padding"), Line(((0, 0), (24, 0)), "state-h")),
    ),
    "bundle": Sign(
        "every timestep below the bar reads all that lead into it",
        (Line(((0, -3), (24, -3), (24, 3), (0, 3), (0, -3)), "gate"),),
    ),
    "staircase": Sign(
        "each timestep reads all that has led into the line up to there",
        (Line(((0, 0), (24, 0)), "wire"), Line(((20, -4), (24, 0), (20, 4)), "wire")),
    ),
}
