"""Letters: symbols in formulas for sizes that are not known before run time."""

from collections.abc import Mapping

from app.frozen import Shape
from app.report.arithmetic import ONCE, Term, number
from app.report.work.call import Sizes

LETTERS: Mapping[str, str] = {
    "channels": "C",
    "depth": "D",
    "features": "F",
    "height": "H",
    "timesteps": "TSUV",
    "width": "W",
}
"""By axis name; the next letter is used if the one before it stands for another number."""

OTHER_LETTERS = "NMKLPQ"


class Letters:
    """The letters in the formulas of one layer, each for one number. T is the number of drawn timesteps."""

    def __init__(self, timesteps: int) -> None:
        self._numbers = {"T": timesteps}
        self._written: dict[str, int] = {}

    def write_sizes(self, shape: Shape, known: Shape, names: tuple[str, ...]) -> Sizes:
        """The sizes of a tensor, with a letter for each unknown one in `shape`; `known` has its number.

        A batch of unknown size counts as one sample.
        """
        samples = ONCE if not shape or shape[0] in (None, 1) else number(shape[0])
        sizes = zip(shape[1:], known[1:], names[1:], strict=True)
        return (samples, *(self._write(name, size, length) for size, length, name in sizes))[: len(shape)]

    def _write(self, name: str, size: int | None, length: int | None) -> Term:
        if size is not None:
            return number(size)
        value = length or 0
        letters = LETTERS.get(name, "") + OTHER_LETTERS
        letter = next((one for one in letters if self._numbers.setdefault(one, value) == value), name)
        self._written[letter] = value
        return Term(value, letter)

    def explain(self, formula: str) -> dict[str, int]:
        """The number of each letter in a formula."""
        return {letter: value for letter, value in self._written.items() if letter in formula}
