"""Why a layer does not fit, and which changes would make it fit."""

from app.report.explain.repairs import propose_repairs
from app.report.explain.rules import explain_failure

__all__ = ["explain_failure", "propose_repairs"]
