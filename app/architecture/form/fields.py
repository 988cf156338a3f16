"""Form: submitted fields, of which any may be missing or repeated."""

from collections.abc import Sequence


class Form:
    """Submitted fields by name. Of a repeated name, the last value counts, or all do."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in fields:
            self._values.setdefault(name, []).append(value)

    def has(self, name: str) -> bool:
        """Whether the field was submitted."""
        return name in self._values

    def all(self, name: str) -> list[str]:
        """All values, in the order of the page."""
        return self._values.get(name, [])

    def text(self, name: str) -> str:
        """The last value; empty if there is none."""
        return self._values.get(name, [""])[-1]

    def names(self) -> list[str]:
        """The field names, in the order of their first values."""
        return list(self._values)
