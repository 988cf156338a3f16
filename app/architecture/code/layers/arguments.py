"""Arguments: the values passed in one call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.architecture.code.built import Tensor
from app.architecture.code.values import Value

LISTED = (list, tuple)
MOST_PARTS = 100
"""How many elements of a list are searched for a tensor; a list of tensors begins with one."""


@dataclass(slots=True)
class Arguments:
    """The values of a call, by position and by keyword."""

    positional: list[Value] = field(default_factory=list)
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def tensor(self) -> Tensor | None:
        """The first layer output among the values, or in lists among them; None if there is none."""
        for value in (*self.positional, *self.keywords.values()):
            if isinstance(value, Tensor):
                return value
            if isinstance(value, LISTED):
                leaves = (leaf for part in value[:MOST_PARTS] for leaf in _open(part))
                if (found := next((leaf for leaf in leaves if isinstance(leaf, Tensor)), None)) is not None:
                    return found
        return None


def _open(value: Value) -> Sequence[Value]:
    """The first values of a list; any other value by itself."""
    return value[:MOST_PARTS] if isinstance(value, LISTED) else [value]
