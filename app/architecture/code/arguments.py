"""Arguments: what a call hands over."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.architecture.code.values import Tensor, Value


@dataclass(slots=True)
class Arguments:
    """The values of a call, in order and by name."""

    positional: list[Value] = field(default_factory=list)
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def tensor(self) -> Tensor | None:
        """A layer's output among the values, or in lists among them; None where there is none."""
        values = (*self.positional, *self.keywords.values())
        parts = [part for value in values for part in _open(value)]
        return next((leaf for part in parts for leaf in _open(part) if isinstance(leaf, Tensor)), None)


def _open(value: Value) -> Sequence[Value]:
    """The first values in a list; of another value, that one."""
    return value[:100] if isinstance(value, list | tuple) else [value]
