"""Operators on Python's own values, with the cost counted before the result is computed."""

import ast
import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.architecture.code.budget import Budget
from app.architecture.code.built import Tensor, spell
from app.architecture.code.data.arrays import combine, multiply
from app.architecture.code.python.containers import UNDECIDED, iterate
from app.architecture.code.python.formatting import format_percent
from app.architecture.code.refusal import Refusal, would_raise
from app.architecture.code.values import Array, Namespace, Unknown, Value, as_unknown, unknown_result

NUMBERS = (bool, int, float, complex)
PLAIN = (*NUMBERS, str, bytes, list, tuple, dict, set, range, slice, type(None))
"""Python's own values, on which its operators work."""

SIZED = (str, bytes, list, tuple, dict, set)
# Tuples are faster to test here than unions, which Python would rebuild for every operator.
UNSAID = (Unknown, Namespace)

BINARY: Mapping[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
    ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow),
    ast.LShift: ("<<", operator.lshift),
    ast.RShift: (">>", operator.rshift),
    ast.BitAnd: ("&", operator.and_),
    ast.BitOr: ("|", operator.or_),
    ast.BitXor: ("^", operator.xor),
    ast.MatMult: ("@", operator.matmul),
}

CHEAP = frozenset({ast.Add, ast.Sub, ast.Mult})
"""Operators that are always defined for two integers, and cheap; most arithmetic in code is this."""

UNARY: Mapping[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
    ast.Invert: operator.invert,
}


def apply(kind: type[ast.operator], left: Value, right: Value, budget: Budget) -> Value:
    """`left <operator> right`."""
    symbol, function = BINARY[kind]
    if type(left) is int and type(right) is int and kind in CHEAP:
        result = function(left, right)
        budget.check_bits(result.bit_length())
        return result
    for value in (left, right):
        if isinstance(value, Tensor):
            raise Refusal(
                f"`{symbol}` between a layer's output and something else is not understood yet. "
                "Use a layer, for instance `layers.Add()([a, b])`."
            )
    if isinstance(left, UNSAID) or isinstance(right, UNSAID):
        work_out = partial(apply, kind, budget=budget)
        return unknown_result(
            f"{spell(left)} {symbol} {spell(right)}", work_out, as_unknown(left), as_unknown(right)
        )
    if isinstance(left, Array) or isinstance(right, Array):
        both = isinstance(left, Array) and isinstance(right, Array)
        return multiply(left, right) if both and kind is ast.MatMult else combine(left, right)
    if not isinstance(left, PLAIN) or not isinstance(right, PLAIN):
        raise Refusal(f"`{symbol}` between {spell(left)} and {spell(right)} is not understood.")
    if isinstance(left, str) and kind is ast.Mod:
        return format_percent(left, right, budget)
    _pay(kind, left, right, budget)
    try:
        result = function(left, right)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise would_raise(error) from None
    if isinstance(result, int):
        budget.check_bits(result.bit_length())
    return result


def apply_in_place(kind: type[ast.operator], left: Value, right: Value, budget: Budget) -> Value:
    """`left <operator>= right`: a list is extended in place, everything else becomes a new value."""
    if isinstance(left, list) and kind is ast.Add:
        added = list(iterate(right, budget))
        budget.check_length(len(left) + len(added))
        left.extend(added)
        return left
    return apply(kind, left, right, budget)


def apply_unary(kind: type[ast.unaryop], value: Value) -> Value:
    """`-value`, `+value` and `~value`; for `not` see `truth`."""
    if isinstance(value, UNSAID):
        return unknown_result(f"-{spell(value)}", partial(apply_unary, kind), as_unknown(value))
    if isinstance(value, Array):
        return value
    if not isinstance(value, NUMBERS):
        raise Refusal(f"A sign before {spell(value)} is not understood.")
    try:
        return UNARY[kind](value)
    except TypeError as error:
        raise would_raise(error) from None


def _pay(kind: type[ast.operator], left: Value, right: Value, budget: Budget) -> None:
    """Count the cost of the result; refuse one that would be too large."""
    if isinstance(left, int) and isinstance(right, int):
        if kind is ast.Pow and right > 0:
            budget.check_bits(left.bit_length() * right if abs(left) > 1 else 0)
        elif kind is ast.LShift and right > 0:
            budget.check_bits(left.bit_length() + right)
        return
    if isinstance(left, NUMBERS) and isinstance(right, NUMBERS):
        return
    counts = [value for value in (left, right) if isinstance(value, int)]
    sized = [value for value in (left, right) if isinstance(value, SIZED)]
    length = sum(len(value) for value in sized)
    if kind is ast.Mult and counts:
        length *= max(counts[0], 0)
    if any(isinstance(value, str | bytes) for value in sized):
        budget.spend_text(length)
    else:
        budget.spend_elements(length)


def truth(value: Value) -> bool | None:
    """Whether a condition holds; None if that is not known."""
    if isinstance(value, UNDECIDED):
        return None
    if isinstance(value, Tensor):
        raise Refusal("Keras would stop here: a layer's output cannot be used as a condition.")
    return bool(value) if isinstance(value, PLAIN) else True
