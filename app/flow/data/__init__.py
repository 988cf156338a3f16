"""How rows of data become steps: where each number stands before and after it is cut, moved or padded."""

from app.flow.data.model import Block, Regrouping, Way

__all__ = ["Block", "Regrouping", "Way"]
