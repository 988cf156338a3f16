"""align_layers(): which row of one report goes beside which row of the other."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from app.report.model import LayerReport

Row = tuple[LayerReport | None, LayerReport | None]

KEYS: tuple[Callable[[LayerReport], str], ...] = (lambda layer: layer.name, lambda layer: layer.kind)


def align_layers(left: Sequence[LayerReport], right: Sequence[LayerReport]) -> Iterator[Row]:
    """Pairs of rows, in the order of both reports: matched by name, else by kind, else by position."""
    return _align(left, right, KEYS)


def _align(
    left: Sequence[LayerReport], right: Sequence[LayerReport], keys: Sequence[Callable[[LayerReport], str]]
) -> Iterator[Row]:
    if not keys:
        yield from zip_longest(left, right)
        return
    key, weaker = keys[0], keys[1:]
    matcher = SequenceMatcher(None, [key(layer) for layer in left], [key(layer) for layer in right])
    for found, i, j, k, m in matcher.get_opcodes():
        if found == "equal":
            yield from zip(left[i:j], right[k:m], strict=True)
        else:
            yield from _align(left[i:j], right[k:m], weaker)
