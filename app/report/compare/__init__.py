"""Two models side by side, row by row, and what differs, in words: the left one is A, the right one B."""

from app.report.compare.compare import compare_reports
from app.report.compare.model import Comparison, Difference, Pair

__all__ = ["Comparison", "Difference", "Pair", "compare_reports"]
