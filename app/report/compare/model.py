"""Comparison: two reports, their rows beside each other."""

from typing import Literal

from app.frozen import Frozen
from app.report.model import LayerReport, Report

Difference = Literal["only", "kind", "status", "arguments", "input", "output", "parameters"]


class Pair(Frozen):
    """Two layers that stand at the same place; one is None where the other model has no such layer."""

    left: LayerReport | None
    right: LayerReport | None
    differs: tuple[Difference, ...] = ()
    sentences: tuple[str, ...] = ()
    """What differs, in words; empty where nothing does."""


class Comparison(Frozen):
    """Two reports, their rows beside each other, and what to say of the whole."""

    left: Report
    right: Report
    pairs: tuple[Pair, ...]
    summary: tuple[str, ...]
