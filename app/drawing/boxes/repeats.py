"""find_repeats(): finds identical blocks of layers in a long model, so that they are drawn once.

A block begins after a layer through which all data passes, and ends with a later such layer. Consecutive
blocks are identical if their layers have the same kinds, arguments, connections, shapes and numbers of
parameters.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from app.architecture import Architecture, Node
from app.drawing.fold import Hidden, fold_middle
from app.report import LayerReport, Report

LARGE = 60
"""A model of more layers is folded, and has a map beside it."""

MOST_FOLDED, MOST_WHOLE = 120, 2_000
"""How many layers are drawn at most, with identical blocks folded and without."""

LONGEST_PERIOD = 24
"""How many stretches may be one block."""

LEAST_SAVED = 3
"""How many layers a Repeat has to save, as its frame takes room too."""


class Repeat(NamedTuple):
    """Consecutive layers that are `times` identical blocks."""

    rows: tuple[LayerReport, ...]
    times: int

    @property
    def block(self) -> tuple[LayerReport, ...]:
        """The layers of the first block."""
        return self.rows[: len(self.rows) // self.times]


class Run(NamedTuple):
    """The same `period` stretches of layers several times in a row, from stretch number `start`."""

    start: int
    period: int
    times: int


Item: TypeAlias = LayerReport | Repeat | Hidden[LayerReport]

Stretch = Sequence[LayerReport]


def fold_layers(
    rows: Sequence[LayerReport], architecture: Architecture, whole: bool = False
) -> tuple[Item, ...]:
    """The items to draw: in a large model, identical blocks are drawn once, unless `whole` is set."""
    if whole or len(rows) <= LARGE:
        return fold_middle(rows, MOST_WHOLE)
    return tuple(
        Hidden(tuple(_open(item.rows))) if isinstance(item, Hidden) else item
        for item in fold_middle(find_repeats(rows, architecture), MOST_FOLDED)
    )


def count_drawn(report: Report) -> int:
    """How many layers are drawn by themselves if blocks are folded."""
    items = fold_layers(report.rows, report.architecture)
    shown = (
        item.block if isinstance(item, Repeat) else (item,) for item in items if not isinstance(item, Hidden)
    )
    return sum(map(len, shown))


def _open(items: Iterable[LayerReport | Repeat]) -> Iterator[LayerReport]:
    for item in items:
        yield from item.rows if isinstance(item, Repeat) else (item,)


def find_repeats(rows: Sequence[LayerReport], architecture: Architecture) -> tuple[LayerReport | Repeat, ...]:
    """The rows, with those of identical blocks joined into a Repeat."""
    stretches = _cut(rows, architecture)
    signs = _sign(stretches, architecture)
    found: list[LayerReport | Repeat] = []
    end = 0
    for run in sorted(_choose_runs(stretches, signs)):
        found += _join(stretches[end : run.start])
        end = run.start + run.period * run.times
        found.append(Repeat(tuple(_join(stretches[run.start : end])), run.times))
    return (*found, *_join(stretches[end:]))


def _join(stretches: Sequence[Stretch]) -> list[LayerReport]:
    return [row for stretch in stretches for row in stretch]


def _cut(rows: Sequence[LayerReport], architecture: Architecture) -> list[Stretch]:
    """The rows, cut after each row that is the only one before the cut to be read after it."""
    places = {row.name: place for place, row in enumerate(rows)}
    furthest = list(range(len(rows)))
    for node in architecture.nodes:
        for source in node.inbound:
            furthest[places[source.node]] = max(furthest[places[source.node]], places[node.name])
    stretches: list[Stretch] = []
    start, reach = 0, 0
    for place, row in enumerate(rows):
        if reach <= place and len(row.output_shapes) == 1:
            stretches.append(rows[start : place + 1])
            start = place + 1
        reach = max(reach, furthest[place])
    return [*stretches, rows[start:]] if start < len(rows) else stretches


def _sign(stretches: Sequence[Stretch], architecture: Architecture) -> list[int]:
    """A number for each stretch; identical stretches have the same."""
    nodes = {node.name: node for node in architecture.nodes}
    # A block with an output of the model is unique, unless that is the model's last layer.
    ends = {source.node for source in architecture.ends} - {stretches[-1][-1].name}
    signs: dict[Hashable, int] = {}
    places: dict[str, int] = {}
    said = []
    for stretch in stretches:
        tokens = []
        for row in stretch:
            places[row.name] = len(places)
            tokens.append(_describe(row, nodes[row.name], places, row.name in ends))
        said.append(signs.setdefault(tuple(tokens), len(signs)))
    return said


def _describe(row: LayerReport, node: Node, places: Mapping[str, int], is_end: bool) -> Hashable:
    """All that two layers must have in common to be identical; includes the name of a layer shown by
    itself.
    """
    place = places[row.name]
    if row.status != "builds" or row.problem or row.shares or row.calls or is_end or not row.inbound:
        return row.name
    return (
        row.kind,
        repr(node.arguments),
        repr(node.call),
        node.model and node.model.model_dump_json(exclude={"name"}),
        tuple((place - places[source.node], source.output) for source in node.inbound),
        row.input_shapes,
        row.output_shapes,
        row.parameters.total,
        row.mask.fate,
    )


def _choose_runs(stretches: Sequence[Stretch], signs: Sequence[int]) -> Iterator[Run]:
    """Runs that do not overlap; those that save the most layers first, and short blocks before long ones."""
    sizes = [len(stretch) for stretch in stretches]
    runs = [
        (-saved, run.period, run)
        for period in range(1, min(LONGEST_PERIOD, len(signs) // 2) + 1)
        for run in _list_runs(stretches, signs, period)
        if (saved := sum(sizes[run.start + period : run.start + period * run.times])) >= LEAST_SAVED
    ]
    taken: set[int] = set()
    for *_, run in sorted(runs):
        whole = range(run.start, run.start + run.period * run.times)
        if taken.isdisjoint(whole):
            taken.update(whole)
            yield run


def _list_runs(stretches: Sequence[Stretch], signs: Sequence[int], period: int) -> Iterator[Run]:
    """The longest runs of one period; of several possible starts, the one with the most parameters is
    first.
    """
    start = 0
    for place in range(len(signs) - period + 1):
        if place + period < len(signs) and signs[place] == signs[place + period]:
            continue
        length = place + period - start
        if length >= 2 * period:
            count, _, first = max(
                ((length - shift) // period, _count_parameters(stretches[start + shift]), start + shift)
                for shift in range(period)
            )
            yield Run(first, period, count)
        start = place + 1


def _count_parameters(stretch: Stretch) -> int:
    return sum(row.parameters.total for row in stretch)
