"""Repairs: changes that may make a failing architecture build, as proposals, best first."""

from app.report.explain.repairs.table import propose_repairs

__all__ = ["propose_repairs"]
