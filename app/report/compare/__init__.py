"""Two models side by side: their rows aligned, and what differs, in words.

The left one is A, the right one B.
"""

from app.report.compare.compare import compare_reports
from app.report.compare.model import Comparison, Difference, Pair

__all__ = ["Comparison", "Difference", "Pair", "compare_reports"]
