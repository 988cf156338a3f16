"""What Keras makes of an architecture: a Report.

- The report: `model`, `build` (the only way to one), `rows`, `row`, `listing`, `nested`, `description`.
- Asking Keras: `evaluate`, `asked`, `layers`, `calls`, `values`, `initializers`, `applications`, `haste`.
- Reading answers: `arguments`, `masks`, `padding`, `misstated`, `places`, `arithmetic`, `numbers`, `weights`.
- The data in the code: `feeds`, `fitting`, `reshaping`.
- Repairs: `repairing`, `mending`, `own_code`.

Only builder processes import `build`, which needs Keras.
"""

from app.report.model import Axis, LayerReport, Mask, Parameters, Report, Tensor, Totals, Weight

__all__ = ["Axis", "LayerReport", "Mask", "Parameters", "Report", "Tensor", "Totals", "Weight"]
