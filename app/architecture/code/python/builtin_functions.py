"""Python's built-in functions, those that code about models uses."""

import ast
import math
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from app.architecture.code.built import Tensor, spell
from app.architecture.code.custom.classes import make_super
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.operations import operate, operate_binary
from app.architecture.code.python.calls import call
from app.architecture.code.python.containers import check_key, count, iterate, plain_value
from app.architecture.code.python.formatting import describe, format_value
from app.architecture.code.python.operators import apply, truth
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Lazy, Native, Unknown, Value

FORBIDDEN = frozenset(
    [
        "breakpoint",
        "compile",
        "delattr",
        "eval",
        "exec",
        "globals",
        "locals",
    ]
)
"""Functions that reach outside of the code that is read; their names are refused."""


def _print(interpreter: Interpreter, *_: Value, **__: Value) -> None:
    return None


def _open(interpreter: Interpreter, *_: Value, **__: Value) -> Unknown:
    """Files are not opened, so what is in one is unknown."""
    return Unknown("a file")


def _length(interpreter: Interpreter, value: Value) -> Value:
    length = count(value)
    if isinstance(value, Array) and isinstance(length, Unknown):
        return Unknown(f"len({interpreter.find_name(value)})")
    return length


def _range(interpreter: Interpreter, *bounds: Value) -> range:
    """A range left empty by an unknown bound gets its first number, so that its loop is walked."""
    numbers = range(
        *(int(interpreter.fill(bound)) if isinstance(bound, Unknown) else bound for bound in bounds)
    )
    if not numbers and any(isinstance(bound, Unknown) for bound in bounds):
        return range(numbers.start, numbers.start + numbers.step, numbers.step)
    return numbers


def _list(interpreter: Interpreter, values: Value = ()) -> list[Value]:
    return list(iterate(values, interpreter.budget))


def _tuple(interpreter: Interpreter, values: Value = ()) -> tuple[Value, ...]:
    return tuple(iterate(values, interpreter.budget))


def _set(interpreter: Interpreter, values: Value = ()) -> set[Value]:
    return {check_key(value) for value in iterate(values, interpreter.budget)}


def _dict(interpreter: Interpreter, pairs: Value = (), **named: Value) -> dict[Value, Value]:
    if isinstance(pairs, dict):
        interpreter.budget.spend_elements(len(pairs))
        return {**pairs, **named}
    made = {}
    for pair in iterate(pairs, interpreter.budget):
        key, value = iterate(pair, interpreter.budget)
        made[check_key(key)] = value
    return {**made, **named}


def _integer(interpreter: Interpreter, value: Value = 0, base: Value = None) -> int:
    made = int(plain_value(value)) if base is None else int(plain_value(value), base)
    interpreter.budget.check_bits(made.bit_length())
    return made


def _float(interpreter: Interpreter, value: Value = 0.0) -> float:
    return float(plain_value(value))


def _boolean(interpreter: Interpreter, value: Value = False) -> Value:
    decided = truth(value)
    return Unknown(spell(value)) if decided is None else decided


def _text(interpreter: Interpreter, value: Value = "") -> str:
    return describe(value, interpreter.budget)


def _format(interpreter: Interpreter, value: Value, specification: str = "") -> str:
    return format_value(value, specification, interpreter.budget)


def _round(interpreter: Interpreter, number: float | Tensor, digits: int | None = None) -> Value:
    if isinstance(number, Tensor):
        return operate(interpreter, "ops.round", {"x": number, "decimals": digits or 0})
    if digits is not None and abs(digits) > 300:
        raise Refusal(f"Rounding to {digits} digits is not understood.")
    return round(number, digits)


def _absolute(interpreter: Interpreter, number: float | Tensor) -> Value:
    if isinstance(number, Tensor):
        return operate(interpreter, "ops.absolute", {"x": number})
    return abs(number)


def _power(interpreter: Interpreter, base: Value, exponent: Value) -> Value:
    if isinstance(base, Tensor) or isinstance(exponent, Tensor):
        return operate_binary(interpreter, ast.Pow, base, exponent)
    return apply(ast.Pow, base, exponent, interpreter.budget)


def _sum(interpreter: Interpreter, numbers: Value, start: Value = 0) -> Value:
    total = start
    for number in iterate(numbers, interpreter.budget):
        if isinstance(number, Tensor) or isinstance(total, Tensor):
            total = operate_binary(interpreter, ast.Add, total, number)
            continue
        if not isinstance(number, int | float) or not isinstance(total, int | float):
            return Unknown("a sum")
        total += number
    return total


def _extreme(choose: Callable[..., Value]) -> Callable[..., Value]:
    def extreme(interpreter: Interpreter, *values: Value, **_: Value) -> Value:
        candidates = list(iterate(values[0] if len(values) == 1 else values, interpreter.budget))
        return choose([plain_value(value) for value in candidates])

    return extreme


def _sorted(
    interpreter: Interpreter, values: Value, key: Value = None, reverse: Value = False
) -> list[Value]:
    found = list(iterate(values, interpreter.budget))
    keys = [call(interpreter, key, Arguments([value])) if key else value for value in found]
    order = sorted(range(len(found)), key=lambda at: plain_value(keys[at]), reverse=bool(reverse))
    return [found[at] for at in order]


def _enumerate(interpreter: Interpreter, values: Value, start: int = 0) -> Lazy:
    return Lazy(enumerate(iterate(values, interpreter.budget), start))


def _zip(interpreter: Interpreter, *collections: Value, strict: Value = False) -> Lazy:
    return Lazy(zip(*(iterate(values, interpreter.budget) for values in collections), strict=bool(strict)))


def _reversed(interpreter: Interpreter, values: Value) -> Value:
    if isinstance(values, range):
        return values[::-1]
    return list(iterate(values, interpreter.budget))[::-1]


def _map(interpreter: Interpreter, function: Value, *collections: Value) -> list[Value]:
    rows = zip(*(iterate(values, interpreter.budget) for values in collections), strict=False)
    return [call(interpreter, function, Arguments(list(row))) for row in rows]


def _filter(interpreter: Interpreter, function: Value, values: Value) -> list[Value]:
    def wanted(value: Value) -> bool:
        return truth(call(interpreter, function, Arguments([value])) if function else value) is not False

    return [value for value in iterate(values, interpreter.budget) if wanted(value)]


def _any(interpreter: Interpreter, values: Value) -> bool:
    return any(truth(value) for value in iterate(values, interpreter.budget))


def _all(interpreter: Interpreter, values: Value) -> bool:
    return all(truth(value) is not False for value in iterate(values, interpreter.budget))


def _next(interpreter: Interpreter, values: Value, default: Value = None) -> Value:
    elements: Iterator[Value] = iterate(values, interpreter.budget)
    return next(islice(elements, 1), default)


def _divmod(interpreter: Interpreter, number: int, divisor: int) -> tuple[int, int]:
    return divmod(number, divisor)


def make_partial(interpreter: Interpreter, function: Value, *positional: Value, **keywords: Value) -> Native:
    """`functools.partial(function, …)`."""

    def complete(interpreter: Interpreter, *more: Value, **others: Value) -> Value:
        return call(interpreter, function, Arguments([*positional, *more], {**keywords, **others}))

    return Native(spell(function), complete)


BUILTINS: Mapping[str, Callable[..., Value]] = {
    "abs": _absolute,
    "all": _all,
    "any": _any,
    "bool": _boolean,
    "dict": _dict,
    "divmod": _divmod,
    "enumerate": _enumerate,
    "filter": _filter,
    "float": _float,
    "format": _format,
    "int": _integer,
    "iter": _list,
    "len": _length,
    "list": _list,
    "map": _map,
    "max": _extreme(max),
    "min": _extreme(min),
    "next": _next,
    "open": _open,
    "pow": _power,
    "print": _print,
    "range": _range,
    "repr": _text,
    "reversed": _reversed,
    "round": _round,
    "set": _set,
    "sorted": _sorted,
    "str": _text,
    "sum": _sum,
    "super": make_super,
    "tuple": _tuple,
    "zip": _zip,
}


def _of_number(function: Callable[[float], float]) -> Callable[..., Value]:
    def apply(interpreter: Interpreter, number: float) -> float:
        return function(number)

    return apply


def _logarithm(interpreter: Interpreter, number: float, base: float = math.e) -> float:
    return math.log(number, base)


MATH: Mapping[str, Callable[..., Value]] = {
    "ceil": _of_number(math.ceil),
    "exp": _of_number(math.exp),
    "floor": _of_number(math.floor),
    "log": _logarithm,
    "log10": _of_number(math.log10),
    "log2": _of_number(math.log2),
    "sqrt": _of_number(math.sqrt),
}
