"""Functions of Python's standard library that code about models uses."""

import itertools
import json
import math
from collections.abc import Callable, Mapping

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.python.builtin_functions import BUILTINS, MATH, make_partial
from app.architecture.code.python.calls import call
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal, Unsaid, would_raise
from app.architecture.code.values import Lazy, Value

MAX_DEPTH = 20
"""How deeply copied collections may be nested."""


def _load_json(interpreter: Interpreter, text: Value, *_: Value, **__: Value) -> Value:
    """`json.loads(text)`."""
    if not isinstance(text, str):
        raise Unsaid("The code does not say what is in this text.")
    interpreter.budget.spend_elements(len(text))
    try:
        return json.loads(text)
    except RecursionError:
        raise Refusal("This JSON is nested too deeply to be read.") from None
    except ValueError as error:
        raise would_raise(error) from None


def _reduce(interpreter: Interpreter, function: Value, values: Value, *start: Value) -> Value:
    """`functools.reduce(function, values)`."""
    elements = itertools.chain(start, iterate(values, interpreter.budget))
    result = next(elements, None)
    for element in elements:
        result = call(interpreter, function, Arguments([result, element]))
    return result


def _chain(interpreter: Interpreter, *collections: Value) -> Lazy:
    return Lazy(element for values in collections for element in iterate(values, interpreter.budget))


def _product(interpreter: Interpreter, *collections: Value, repeat: Value = 1) -> list[Value]:
    """`itertools.product(…)`."""
    pools = [list(iterate(values, interpreter.budget)) for values in collections]
    interpreter.budget.check_bits(repeat)
    pools *= repeat
    interpreter.budget.spend_elements(math.prod(len(pool) for pool in pools) * (len(pools) + 1))
    return list(itertools.product(*pools))


def _repeat(interpreter: Interpreter, value: Value, times: Value) -> list[Value]:
    interpreter.budget.spend_elements(times)
    return [value] * times


def _copy(interpreter: Interpreter, value: Value, *_: Value) -> Value:
    """`copy.copy(value)`: a new collection of the same elements."""
    return _copy_deeply(interpreter, value, 1)


def _copy_whole(interpreter: Interpreter, value: Value, *_: Value) -> Value:
    return _copy_deeply(interpreter, value, MAX_DEPTH)


def _copy_deeply(interpreter: Interpreter, value: Value, depth: int) -> Value:
    if not depth or not isinstance(value, list | dict):
        return value
    interpreter.budget.spend_elements(len(value))
    if isinstance(value, list):
        return [_copy_deeply(interpreter, element, depth - 1) for element in value]
    return {key: _copy_deeply(interpreter, element, depth - 1) for key, element in value.items()}


STANDARD_LIBRARY: Mapping[str, Callable[..., Value]] = {
    "collections.OrderedDict": BUILTINS["dict"],
    "copy.copy": _copy,
    "copy.deepcopy": _copy_whole,
    "functools.partial": make_partial,
    "functools.reduce": _reduce,
    "itertools.chain": _chain,
    "itertools.izip": BUILTINS["zip"],
    "itertools.product": _product,
    "itertools.repeat": _repeat,
    "json.loads": _load_json,
    **{f"six.moves.{name}": BUILTINS[name] for name in ("filter", "map", "range", "zip")},
    "six.moves.xrange": BUILTINS["range"],
    **{f"math.{name}": function for name, function in MATH.items()},
}
