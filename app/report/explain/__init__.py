"""Why a layer does not fit, and which changes would make it fit.

- `rules` lists the rules; they are in `timesteps`, `sizes`, `merging`, `lists`, `arguments` and `opaque`.
- What rules look at: `failure`, `causes`, `reads`, `faults`, `checks`, `types`, `spellings`, `words`.
"""

from app.report.explain.repairs import propose_repairs
from app.report.explain.rules import explain_failure

__all__ = ["explain_failure", "propose_repairs"]
