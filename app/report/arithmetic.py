"""Term: a number together with the arithmetic that gives it, such as 60400 and `4·((50 + 100)·100 + 100)`."""

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

from app.report.numbers import write_size


class Term(NamedTuple):
    """A value and its formula. Sums and products of terms are terms."""

    value: int
    text: str
    is_sum: bool = False

    def plus(self, other: "Term") -> "Term":
        """The sum."""
        if NOTHING in (self, other):
            return self if other == NOTHING else other
        return Term(self.value + other.value, f"{self.text} + {other.text}", is_sum=True)

    def times(self, other: "Term") -> "Term":
        """The product."""
        if ONCE in (self, other):
            return self if other == ONCE else other
        return Term(self.value * other.value, f"{self.factor}·{other.factor}")

    @property
    def factor(self) -> str:
        """The formula as a factor of a product, in brackets if it is a sum."""
        return f"({self.text})" if self.is_sum else self.text


NOTHING = Term(0, "0")
"""The zero of sums; left out beside other terms."""

ONCE = Term(1, "")
"""The one of products; left out beside other factors."""


def number(value: int) -> Term:
    """A plain number."""
    return Term(value, write_size(value))


def multiply(terms: Iterable[Term]) -> Term:
    """The product of all terms; ONCE if there are none."""
    return reduce(Term.times, terms, ONCE)


def add(terms: Iterable[Term]) -> Term:
    """The sum of all terms; NOTHING if there are none."""
    return reduce(Term.plus, terms, NOTHING)
