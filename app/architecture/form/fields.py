"""Submitted fields, of which any may be missing and any may come more than once."""

from collections.abc import Sequence


class Form:
    """Submitted fields by name. A name may come more than once; the last one counts, or all do."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in fields:
            self._values.setdefault(name, []).append(value)

    def has(self, name: str) -> bool:
        """Whether the field was submitted at all."""
        return name in self._values

    def all(self, name: str) -> list[str]:
        """Every value, in the order of the page."""
        return self._values.get(name, [])

    def text(self, name: str) -> str:
        """The last value; empty where there is none."""
        return self._values.get(name, [""])[-1]

    def names(self) -> list[str]:
        """The fields in the order in which they first came."""
        return list(self._values)
