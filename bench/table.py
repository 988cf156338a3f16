"""Table: the figures of one benchmark, written as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """One figure; `met` is None if nothing was promised."""

    what: str
    measured: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Table:
    """The figures of one benchmark, and how they were measured."""

    title: str
    method: str
    figures: tuple[Figure, ...]


VERDICTS = {True: "met", False: "**not met**", None: ""}


def write_table(table: Table) -> str:
    """The table as a section of Markdown."""
    rows = [f"| {row.what} | {row.measured} | {row.target} | {VERDICTS[row.met]} |" for row in table.figures]
    head = ["| What | Measured | Target | |", "| --- | ---: | ---: | --- |"]
    return "\n".join([f"## {table.title}", "", table.method, "", *head, *rows]) + "\n"


def at_least(what: str, value: float, target: float) -> Figure:
    """A ratio that has to reach its target."""
    return Figure(what, f"{value:.1f} ×", f"≥ {target:g} ×", value >= target)


def at_most(what: str, value: float, target: float) -> Figure:
    """A ratio that has to stay under its target."""
    return Figure(what, f"{value:.1f} ×", f"≤ {target:g} ×", value <= target)


def within(what: str, seconds: float, target: float) -> Figure:
    """A time that has to stay under its target; both in seconds."""
    return Figure(what, write_time(seconds), f"≤ {write_time(target)}", seconds <= target)


def timing(what: str, seconds: Sequence[float]) -> Figure:
    """The median and the 95th percentile of some times, in seconds; nothing is promised."""
    return Figure(what, f"{write_time(median(seconds))} (p95 {write_time(percentile(seconds, 95))})")


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of the values do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def write_time(seconds: float) -> str:
    """A time in a suitable unit."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f} ms" if milliseconds >= 100 else f"{milliseconds:.3g} ms"
