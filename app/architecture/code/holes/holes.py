"""Holes: values that the code needs and does not set.

The page asks for them; until then a usual number is used.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.architecture.code.data.arrays import MAX_AXES
from app.architecture.code.holes.assumptions import assume, assume_shape
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Unknown, Value
from app.architecture.hole import MAX_NAME, Hole, HoleValue, Number

AnyNumber = int | float


@dataclass(slots=True)
class _Asked:
    value: HoleValue
    default: HoleValue
    line: int
    layers: dict[str, None] = field(default_factory=dict)


class Holes:
    """Collects the holes of one source; `given` are the visitor's values for them."""

    def __init__(self, given: Mapping[str, HoleValue]) -> None:
        self._given = given
        self._asked: dict[str, _Asked] = {}

    def fill(self, unknown: Unknown, line: int, layer: str | None, purpose: str = "") -> Number:
        """A number for the unknown, the same each time. A sum and its like are computed from their parts."""
        if unknown.operation is not None:
            number = self._work_out(unknown, line, layer, purpose)
            if number is not None:
                return number
        value = self._ask(unknown.text, unknown.usual or assume(unknown.text, purpose), line, layer)
        return value if isinstance(value, AnyNumber) else next((size for size in value if size), 1)

    def fill_shape(self, unknown: Unknown, line: int, layer: str | None, axes: int) -> tuple[int | None, ...]:
        """Sizes for an unknown shape, without the batch axis: the visitor's, or else `axes` usual ones."""
        assumed = assume_shape(unknown.text, axes)
        known = [size if size is not None else assumed[at] for at, size in enumerate(unknown.sizes[:axes])]
        value = self._ask(unknown.text, (*known, *assumed[len(known) :]), line, layer)
        if isinstance(value, AnyNumber):
            return (int(value),)
        if len(value) > MAX_AXES:
            raise Refusal(f"A shape has at most {MAX_AXES} axes.")
        return value

    def hand_on(self, inner: str, outer: str) -> None:
        """Count the holes of an inner layer as those of the layer around it."""
        for asked in self._asked.values():
            if inner in asked.layers:
                del asked.layers[inner]
                asked.layers[outer] = None

    def needed_by(self, layers: Collection[str]) -> tuple[Hole, ...]:
        """The holes that these layers need, and those that only loops need, in the order of their lines."""
        found = (
            Hole(
                name=name,
                value=asked.value,
                default=asked.default,
                line=asked.line,
                used_by=tuple(asked.layers),
            )
            for name, asked in self._asked.items()
            if not asked.layers or not asked.layers.keys().isdisjoint(layers)
        )
        return tuple(sorted(found, key=lambda hole: hole.line))

    def _ask(self, name: str, default: HoleValue, line: int, layer: str | None) -> HoleValue:
        name = name[:MAX_NAME]
        asked = self._asked.setdefault(name, _Asked(self._given.get(name, default), default, line))
        if layer is not None:
            asked.layers[layer] = None
        return asked.value

    def _work_out(self, unknown: Unknown, line: int, layer: str | None, purpose: str) -> Number | None:
        function, parts = unknown.operation or (None, ())
        values: Sequence[Value] = [
            self.fill(part, line, layer, purpose) if isinstance(part, Unknown) else part for part in parts
        ]
        try:
            result = function(*values) if function is not None else None
        except (Refusal, TypeError, ValueError, ArithmeticError):
            return None
        return result if isinstance(result, AnyNumber) else None
