"""What Keras makes of an architecture: a Report.

Only builder processes import `build.py`, which needs Keras.
"""

from app.report.model import Axis, LayerReport, Mask, Parameters, Report, Tensor, Totals, Weight

__all__ = ["Axis", "LayerReport", "Mask", "Parameters", "Report", "Tensor", "Totals", "Weight"]
