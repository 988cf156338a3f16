"""What Keras makes of an architecture. `report.build.make_report` makes one; only builders import that."""

from app.report.model import Axis, LayerReport, Mask, Parameters, Report, Tensor, Totals, Weight

__all__ = ["Axis", "LayerReport", "Mask", "Parameters", "Report", "Tensor", "Totals", "Weight"]
