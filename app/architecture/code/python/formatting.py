"""String formatting: f-strings, `%` and `.format`, with limits on the widths."""

import re
import string
from collections.abc import Iterator

from app.architecture.code.budget import Budget
from app.architecture.code.built import spell
from app.architecture.code.refusal import Refusal, would_raise
from app.architecture.code.values import Array, Namespace, Unknown, Value
from app.problems import CodeTooComplex

MAX_WIDTH_DIGITS = 3
WIDE = re.compile(rf"\d{{{MAX_WIDTH_DIGITS + 1},}}")
PERCENT = re.compile(r"%(?:\((?P<key>[^)]*)\))?(?P<spec>[-+ #0]*[\d*]*(?:\.[\d*]*)?)(?P<kind>.)", re.DOTALL)


def describe(value: Value, budget: Budget) -> str:
    """`str(value)`, within the budget."""
    if isinstance(value, str):
        return value
    return _represent(value, budget)


def _represent(value: Value, budget: Budget) -> str:
    """`repr(value)`, within the budget: a list may hold itself, or the same list many times."""
    budget.spend()
    if isinstance(value, list | tuple | set):
        inside = ", ".join([_represent(element, budget) for element in value])
        if isinstance(value, tuple):
            text = f"({inside},)" if len(value) == 1 else f"({inside})"
        else:
            text = f"[{inside}]" if isinstance(value, list) else f"{{{inside}}}"
    elif isinstance(value, dict):
        pairs = [f"{_represent(key, budget)}: {_represent(item, budget)}" for key, item in value.items()]
        text = f"{{{', '.join(pairs)}}}"
    elif isinstance(value, bool | int | float | complex | str | bytes | range | slice | None):
        text = repr(value)
    else:
        text = spell(value)
    budget.spend_text(len(text))
    return text


def format_value(value: Value, specification: str, budget: Budget) -> str:
    """`format(value, specification)`."""
    if WIDE.search(specification):
        raise Refusal(
            f"The width or precision {specification[:20]!r} is too large to be read.", CodeTooComplex
        )
    if isinstance(value, Unknown | Namespace | Array):
        return spell(value)
    plain = value if isinstance(value, bool | int | float | complex | str) else describe(value, budget)
    try:
        text = format(plain, specification)
    except (ValueError, TypeError, OverflowError) as error:
        raise would_raise(error) from None
    budget.spend_text(len(text))
    return text


def format_percent(template: str, values: Value, budget: Budget) -> str:
    """`template % values`."""
    budget.spend_text(len(template))
    items = iter(values if isinstance(values, tuple) else (values,))
    try:
        text = PERCENT.sub(lambda found: _fill(found, values, items, budget), template)
    except (ValueError, TypeError, ArithmeticError, LookupError) as error:
        raise would_raise(error) from None
    budget.spend_text(len(text))
    return text


def _fill(found: re.Match[str], values: Value, items: Iterator[Value], budget: Budget) -> str:
    if found["kind"] == "%":
        return "%"
    if WIDE.search(found["spec"]) or "*" in found["spec"]:
        raise Refusal(f"The width {found['spec'][:20]!r} is too large to be read.", CodeTooComplex)
    value = values[found["key"]] if found["key"] is not None else _next(items)
    if isinstance(value, Unknown | Namespace | Array):
        return spell(value)
    plain = value if isinstance(value, bool | int | float | str) else describe(value, budget)
    text = f"%{found['spec']}{found['kind']}" % (plain,)
    budget.spend_text(len(text))
    return text


def _next(items: Iterator[Value]) -> Value:
    try:
        return next(items)
    except StopIteration:
        raise TypeError("not enough arguments for format string") from None


def format_braces(template: str, positional: list[Value], keywords: dict[str, Value], budget: Budget) -> str:
    """`template.format(...)`; attributes and elements inside the braces are not followed."""
    budget.spend_text(len(template))
    pieces: list[str] = []
    try:
        unnumbered = iter(positional)
        for literal, field, specification, conversion in string.Formatter().parse(template):
            pieces.append(literal)
            if field is None:
                continue
            if not re.fullmatch(r"\w*", field):
                raise Refusal(f"`{{{field[:40]}}}` in a format is not followed; format the value itself.")
            if specification and "{" in specification:
                raise Refusal("A format inside a format is not understood.")
            if not field:
                value = _next(unnumbered)
            else:
                value = positional[int(field)] if field.isdigit() else keywords[field]
            plain = _represent(value, budget) if conversion == "r" else value
            pieces.append(format_value(plain, specification or "", budget))
    except (ValueError, TypeError, LookupError) as error:
        raise would_raise(error) from None
    return "".join(pieces)
