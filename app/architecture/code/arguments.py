"""Arguments: what a call hands over."""

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
        """A layer's output among the values, or in a list among them; None where there is none."""
        for value in (*self.positional, *self.keywords.values()):
            for part in value[:100] if isinstance(value, list | tuple) else [value]:
                if isinstance(part, Tensor):
                    return part
        return None
