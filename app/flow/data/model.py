"""Regrouping: the same numbers before and after a change of shape, to see which went where."""

from typing import Literal

from app.frozen import Frozen, Shape

WayKind = Literal["rows", "windows", "blocks", "pre", "post", "layer", "instead"]
"""How numbers get from the one block into the other.

- `rows`: each row of a table becomes a sample;
- `windows`: the rows of a table follow one another in time, and each sample begins `stride` rows later;
- `blocks`: the same, and each sample begins where the one before it ended;
- `pre`, `post`: sequences of different lengths are padded, before them or behind them;
- `layer`: what the layer itself does;
- `instead`: another layer that gives the same shape, and not the same numbers in it.
"""


class Block(Frozen):
    """A tensor that holds the numbers 1, 2, 3, …, some of which are listed.

    Tokens begin again at 1 where a layer's vocabulary is small. `numbers` has one entry for each combination
    of `listed`, the last axis fastest: 0 is padding, None is no number (after the end of a short sequence).
    `positions` has the position of each on `Way.axis`, the same before and after; None for padding.
    """

    name: str
    axes: tuple[str, ...]
    shape: Shape
    listed: tuple[tuple[int, ...], ...]
    numbers: tuple[int | None, ...]
    positions: tuple[int | None, ...]
    endless: bool = False
    """Whether the first axis continues after the listed positions."""


class Way(Frozen):
    """One way from a block of numbers to another; `code` is Python that does it."""

    kind: WayKind
    code: str
    before: Block
    after: Block
    axis: str
    """The axis of `positions`: the timesteps, if there are any."""
    stride: int = 1
    """For windows: how many rows later the next one begins."""


class Regrouping(Frozen):
    """How numbers are arranged on the way into an input of the model, or by one of its layers.

    There are several `ways` if the shape alone does not say which one was meant.
    """

    layer: str
    ways: tuple[Way, ...]
