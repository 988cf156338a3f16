"""Ways from a table of numbers to an input of timesteps × features, each computed with NumPy.

The shape of an input does not say in which way its samples were made: all of these fit it.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from app.flow.data.blocks import NOTHING, TIMESTEPS, Side, make_way
from app.flow.data.model import Way, WayKind
from app.frozen import Shape
from app.report.places import MOST_NUMBERS, Numbers, count_up, pad_sequences

TWELVE = 12
"""About how many numbers are cut, if a sample is small enough."""

WINDOWS = 3
BLOCKS = 2

TABLE, SAMPLES, SEQUENCES = "table", "samples", "sequences"


class Cut(NamedTuple):
    """One way to cut a table: its sizes, the names of its axes, and the function that does it.

    `code` is what `do` does, as one would write it; {t} and {f} are the sizes of a sample, {starts} the rows
    on which windows begin. The third size is the number of rows from one window to the next.
    """

    kind: WayKind
    sizes: Callable[[int, int, int], tuple[int, int]]
    axes: tuple[str, str]
    code: str
    do: Callable[[Numbers, int, int, int], Numbers]


RESHAPED = "table.reshape(-1, {t}, {f})"

CUTS = (
    Cut(
        "rows",
        lambda t, f, s: (min(max(TWELVE // (t * f), 2), 4), t * f),
        ("rows", "columns"),
        RESHAPED,
        lambda table, t, f, s: table.reshape(-1, t, f),
    ),
    Cut(
        "windows",
        lambda t, f, s: (t + (WINDOWS - 1) * s, f),
        (TIMESTEPS, "features"),
        "np.stack([table[i : i + {t}] for i in {starts}])",
        lambda table, t, f, s: np.stack([table[i : i + t] for i in range(0, len(table) - t + 1, s)]),
    ),
    Cut(
        "blocks",
        lambda t, f, s: (BLOCKS * t, f),
        (TIMESTEPS, "features"),
        RESHAPED,
        lambda table, t, f, s: table.reshape(-1, t, f),
    ),
)


def cut_table(name: str, shape: Shape, length: int, stride: int) -> Iterator[Way]:
    """Every way to an input of a shape (batch, timesteps, features); only one if there is a single timestep.

    `length` is the number of timesteps if the shape leaves it open; windows begin `stride` rows apart. The
    way that is most usual for the shape is the first.
    """
    timesteps, features = shape[1] or length, shape[2] or 1
    for cut in _order_cuts(timesteps, features):
        rows, columns = cut.sizes(timesteps, features, stride)
        if max(rows * columns, WINDOWS * timesteps * features) > MOST_NUMBERS:
            continue
        table = count_up(rows, columns)
        yield make_way(
            cut.kind,
            _spell(cut, timesteps, features, stride),
            Side(TABLE, cut.axes, (None, columns if shape[1] else None), table, endless=True),
            Side(
                name,
                (SAMPLES, TIMESTEPS, "features"),
                (None, *shape[1:]),
                cut.do(table, timesteps, features, stride),
                endless=True,
            ),
            stride if cut.kind == "windows" else 1,
        )


def _order_cuts(timesteps: int, features: int) -> Sequence[Cut]:
    """A row of a table has the timesteps of a sample, or the features of a timestep, and seldom both."""
    rows, *along = CUTS
    if timesteps == 1:
        return (rows,)
    return (rows, *along) if features == 1 else (*along, rows)


def _spell(cut: Cut, timesteps: int, features: int, stride: int) -> str:
    """The shortest code: if the rows of the table are samples already, only an axis is added."""
    if cut.kind == "rows" and 1 in (timesteps, features):
        return f"np.expand_dims(table, axis={1 if timesteps == 1 else 2})"
    end = f"len(table) - {timesteps} + 1"
    starts = f"range({end})" if stride == 1 else f"range(0, {end}, {stride})"
    return cut.code.format(t=timesteps, f=features, starts=starts)


def pad_ragged(name: str, timesteps: int | None, vocabulary: int | None = None) -> Iterator[Way]:
    """Sequences of different lengths, padded or truncated by `keras.utils.pad_sequences`.

    Without a number of timesteps they get the length of the longest. If the layer that looks the numbers up
    has a small vocabulary, they begin again at 1; if it knows only 0, which is padding, there is nothing to
    show.
    """
    if vocabulary == 1:
        return
    lengths = (3, 2, 4) if timesteps is None else (timesteps, max(timesteps - 2, 1), timesteps + 1)
    ends = np.cumsum(lengths).tolist()
    if ends[-1] > MOST_NUMBERS:
        return
    sequences = [list(range(end - length + 1, end + 1)) for end, length in zip(ends, lengths, strict=True)]
    longest = max(lengths)
    ragged = np.array([row + [NOTHING] * (longest - len(row)) for row in sequences], dtype=np.int32)
    maxlen = "" if timesteps is None else f", maxlen={timesteps}"
    for padding, said in (("pre", ""), ("post", ', padding="post"')):
        way = make_way(
            "pre" if padding == "pre" else "post",
            f"pad_sequences(sequences{maxlen}{said})",
            Side(SEQUENCES, (SEQUENCES, TIMESTEPS), (None, None), ragged, endless=True),
            Side(
                name,
                (SAMPLES, TIMESTEPS),
                (None, timesteps),
                pad_sequences(sequences, timesteps, padding),
                endless=True,
            ),
        )
        yield _limit_tokens(way, vocabulary) if vocabulary else way


def _limit_tokens(way: Way, vocabulary: int) -> Way:
    """The same way with numbers below `vocabulary`; padding stays 0."""
    before, after = (
        block.model_copy(
            update={"numbers": tuple(n and (n - 1) % (vocabulary - 1) + 1 for n in block.numbers)}
        )
        for block in (way.before, way.after)
    )
    return way.model_copy(update={"before": before, "after": after})
