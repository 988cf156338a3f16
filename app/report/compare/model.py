"""Comparison: two reports with their rows aligned."""

from typing import Literal

from app.frozen import Frozen
from app.report.model import LayerReport, Report

Difference = Literal["only", "kind", "status", "arguments", "input", "output", "parameters"]


class Pair(Frozen):
    """Two aligned layers; one is None if the other model has no such layer.

    `title` has the names of both.
    """

    title: str

    left: LayerReport | None
    right: LayerReport | None
    differs: tuple[Difference, ...] = ()
    sentences: tuple[str, ...] = ()
    """What differs, in words, without the layer's name. What another pair says already is left out."""


class Comparison(Frozen):
    """Two reports, their aligned rows, and sentences about the whole."""

    left: Report
    right: Report
    pairs: tuple[Pair, ...]
    summary: tuple[str, ...]
