"""Budget: limits on the work that reading one source may cost, so that no source can hold the reader up."""

from app.architecture.code.refusal import Refusal
from app.problems import CodeTooComplex

MAX_CHARACTERS = 200_000
MAX_STEPS = 500_000
MAX_CALL_DEPTH = 40
MAX_INTEGER_BITS = 4_096
MAX_LENGTH = 100_000
MAX_LAYERS = 20_000

CHARACTERS_PER_STEP = 16
"""So many characters of text count as one step, so that the steps bound memory as well as time."""


class Budget:
    """Counts the steps taken and the depth of calls. Raises a Refusal for CodeTooComplex beyond a limit."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self.steps_left = steps
        self._depth = 0

    def spend(self, steps: int = 1) -> None:
        """Count some steps: one for each syntax node walked and each element made."""
        self.steps_left -= steps
        if self.steps_left < 0:
            raise Refusal(f"Reading this code takes more than {MAX_STEPS:,} steps.", CodeTooComplex)

    def spend_text(self, length: int) -> None:
        """Count a text of this length; to be called before making a text that may be long."""
        self.check_length(length)
        self.spend(length // CHARACTERS_PER_STEP)

    def spend_elements(self, length: int) -> None:
        """Count a collection of this length; to be called before making one that may be long."""
        self.check_length(length)
        self.spend(length)

    @staticmethod
    def check_length(length: int) -> None:
        """Refuse a text or collection that is longer than any architecture needs."""
        if length > MAX_LENGTH:
            raise Refusal(
                f"This would hold {length:,} items or characters; {MAX_LENGTH:,} are read at most."
                if length < 10**18
                else f"This would hold far more than {MAX_LENGTH:,} items or characters.",
                CodeTooComplex,
            )

    @staticmethod
    def check_bits(bits: int) -> None:
        """Refuse an integer of more bits than any shape needs."""
        if bits > MAX_INTEGER_BITS:
            raise Refusal(f"This number has more than {MAX_INTEGER_BITS:,} bits.", CodeTooComplex)

    def enter_call(self) -> None:
        """Count one more nested function call; leave_call() undoes it."""
        self._depth += 1
        if self._depth > MAX_CALL_DEPTH:
            raise Refusal(f"Functions call each other more than {MAX_CALL_DEPTH} deep here.", CodeTooComplex)

    def leave_call(self) -> None:
        """Count one nested function call less."""
        self._depth -= 1
