"""Iterating over, comparing and indexing containers, with a budget step for every element.

Python's own comparison of nested lists can take exponential time (a list that holds the same list twice,
fifty levels deep), so it is done here, step by step.
"""

import ast
import operator
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from app.architecture.code.budget import Budget
from app.architecture.code.built import Tensor, spell
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.refusal import Refusal, Unsaid, would_raise
from app.architecture.code.values import Array, ColumnNames, Dataset, Lazy, Namespace, Unknown, Value

ORDER: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

MAX_KEY = 64
"""The longest tuple that can be a key, as hashing takes time in proportion to its length."""

UNDECIDED = (Unknown, Namespace, Array)
"""Values that the code does not say."""

# A tuple is faster to test than a union, which Python would make anew each time.
ORDERED = (list, tuple, str, range, bytes)

Scalar = bool | int | float | complex | str | bytes | None
COMPARABLE = Scalar | range | slice
Key = Scalar | Instance
"""Values that can be looked up. An Instance (a member of an Enum) equals only itself."""


def iterate(value: Value, budget: Budget) -> Iterator[Value]:
    """The elements of a value. Raises Unsaid if the value is unknown."""
    if isinstance(value, Lazy):
        elements = value.elements
    elif isinstance(value, ORDERED):
        elements = iter(value)
    elif isinstance(value, dict | set):
        # A copy, since the body of a loop may change it.
        elements = iter(list(value))
    elif isinstance(value, Array) and value.shape and value.shape[0] is not None:
        elements = (Array(value.shape[1:]) for _ in range(value.shape[0]))
    elif isinstance(value, Dataset):
        # One iteration is enough to know the shapes.
        elements = iter([value.element])
    elif isinstance(value, UNDECIDED):
        raise Unsaid(f"The code does not say what is in {spell(value)}.")
    else:
        raise Refusal(f"Python would stop here: {spell(value)} cannot be gone through element by element.")
    return _pay_each(elements, budget)


def _pay_each(elements: Iterator[Value], budget: Budget) -> Iterator[Value]:
    for element in elements:
        budget.spend()
        yield element


def check_key(value: Value) -> Hashable:
    """The value, if it can be a key or an index: a number, a text, or a tuple of them."""
    if isinstance(value, Key):
        return value
    if (
        isinstance(value, tuple)
        and len(value) <= MAX_KEY
        and all(isinstance(element, Key) for element in value)
    ):
        return value
    if isinstance(value, UNDECIDED):
        raise Unsaid(f"The code does not say what {spell(value)} is.")
    raise Refusal(f"What is used as a key or an index here, {spell(value)}, cannot be one.")


def plain_value(value: Value) -> Any:
    """The value, if it is a number, a text, or a tuple of them, which Python can compare at once."""
    return check_key(value)


def equal(left: Value, right: Value, budget: Budget) -> bool | None:
    """Whether two values are equal; None if that is not known."""
    budget.spend()
    if isinstance(left, UNDECIDED) or isinstance(right, UNDECIDED):
        return None
    if isinstance(left, COMPARABLE) and isinstance(right, COMPARABLE):
        return bool(left == right)
    if isinstance(left, list | tuple) and type(left) is type(right):
        return len(left) == len(right) and _all_equal(zip(left, right, strict=True), budget)
    if isinstance(left, dict) and isinstance(right, dict):
        budget.spend(len(left))
        return left.keys() == right.keys() and _all_equal(((left[key], right[key]) for key in left), budget)
    if isinstance(left, set) and isinstance(right, set):
        budget.spend(len(left))
        return left == right
    return left is right


def _all_equal(pairs: Iterator[tuple[Value, Value]], budget: Budget) -> bool | None:
    for left, right in pairs:
        if not (same := equal(left, right, budget)):
            return same
    return True


def compare(kind: type[ast.cmpop], left: Value, right: Value, budget: Budget) -> bool | Unknown:
    """One comparison, including `in` and `is`."""
    if kind in (ast.Is, ast.IsNot):
        same = left is right or (isinstance(left, Scalar) and isinstance(right, Scalar) and left == right)
        return same if kind is ast.Is else not same
    if kind in (ast.In, ast.NotIn):
        found = _contains(right, left, budget)
        return _decide(found if kind is ast.In or found is None else not found, left, right)
    if kind in (ast.Eq, ast.NotEq):
        same_value = equal(left, right, budget)
        return _decide(same_value if kind is ast.Eq or same_value is None else not same_value, left, right)
    return _decide(_in_order(kind, left, right), left, right)


def _decide(outcome: bool | None, left: Value, right: Value) -> bool | Unknown:
    if outcome is not None:
        return outcome
    return Unknown(next(spell(value) for value in (left, right) if not isinstance(value, Scalar)))


def _in_order(kind: type[ast.cmpop], left: Value, right: Value) -> bool | None:
    if isinstance(left, UNDECIDED) or isinstance(right, UNDECIDED):
        return None
    # Only tuples of plain values are ordered.
    try:
        return bool(ORDER[kind](plain_value(left), plain_value(right)))
    except TypeError as error:
        raise would_raise(error) from None


def _contains(container: Value, value: Value, budget: Budget) -> bool | None:
    if isinstance(container, Unknown | Namespace | Array) or isinstance(value, Unknown | Namespace):
        return None
    if isinstance(container, str) and isinstance(value, str):
        budget.spend_text(len(container))
        return value in container
    if isinstance(container, dict | set):
        return check_key(value) in container
    if isinstance(container, range):
        # Python walks the whole range for anything but an integer.
        return isinstance(value, int) and value in container
    if isinstance(container, list | tuple):
        answers = {equal(element, value, budget) for element in container}
        return True if True in answers else (None if None in answers else False)
    raise Refusal(f"`in` {spell(container)} is not understood.")


def subscript(value: Value, key: Value, budget: Budget) -> Value:
    """`value[key]` of Python's own containers, and of a table's columns."""
    if isinstance(value, ColumnNames) and isinstance(key, list):
        return [subscript(value, place, budget) for place in key]
    if isinstance(key, slice):
        for bound in (key.start, key.stop, key.step):
            check_key(bound)
        if isinstance(value, str | bytes):
            budget.spend_text(len(value))
        elif isinstance(value, list | tuple):
            budget.spend_elements(len(value))
        elif not isinstance(value, range):
            raise Refusal(f"Python would stop here: {spell(value)} cannot be sliced.")
    elif not isinstance(value, str | bytes | list | tuple | range | dict):
        raise Refusal(f"Python would stop here: {spell(value)} has no elements to choose from.")
    try:
        return value[key if isinstance(key, slice) else check_key(key)]
    except (LookupError, TypeError, ValueError) as error:
        raise would_raise(error) from None


def count(value: Value) -> int | Unknown:
    """`len(value)`."""
    if isinstance(value, str | bytes | list | tuple | dict | set):
        return len(value)
    if isinstance(value, range):
        try:
            return len(value)
        except OverflowError as error:
            raise would_raise(error) from None
    if isinstance(value, Array) and value.shape and value.shape[0] is not None:
        return value.shape[0]
    if isinstance(value, UNDECIDED):
        usual = value.usual if isinstance(value, Unknown) else None
        return Unknown(f"len({spell(value)})"[:80], usual=usual)
    if isinstance(value, Tensor):
        raise Refusal("The length of a layer's output is not understood; use its shape.")
    raise Refusal(f"Python would stop here with TypeError: {spell(value)} has no length.")
