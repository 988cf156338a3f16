"""Which parts of the page have something to show for a model: those that run it on data."""

from app.architecture import Question
from app.architecture.spec import INPUT
from app.flow.entries import list_entries
from app.report import Report


def offers_masks(question: Question, report: Report) -> bool:
    """Whether sequences can be typed: one number stands for a timestep, or a layer makes a mask.

    Where some are typed already, they can still be changed.
    """
    if question.sequences is not None:
        return True
    timed = [entry for entry in list_entries(report) if entry.has_timesteps]
    makes_mask = any(row.mask.fate == "made" for row in report.rows)
    return report.status == "builds" and bool(timed) and (makes_mask or any(e.features == 1 for e in timed))


def offers_values(report: Report) -> bool:
    """Whether a run gives any numbers but those that it is fed."""
    return report.status == "builds" and any(row.kind != INPUT for row in report.rows)
