"""How rows of data become timesteps: where each number is before and after it is cut, moved or padded."""

from app.flow.data.model import Block, Regrouping, Way

__all__ = ["Block", "Regrouping", "Way"]
