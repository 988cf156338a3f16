"""Methods of Python's own values: those that cannot take more time or memory than the budget counts."""

from collections.abc import Callable, Mapping
from typing import Any

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.containers import UNDECIDED, check_key, equal, iterate
from app.architecture.code.python.formatting import describe, format_braces
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Unknown, Value


def _of_text(name: str) -> Callable[..., Value]:
    """A method of str whose result is not longer than the text itself."""
    function = getattr(str, name)

    def method(interpreter: Interpreter, text: str, *arguments: Value) -> Value:
        interpreter.budget.spend_text(len(text))
        return function(text, *arguments)

    return method


def _format(interpreter: Interpreter, text: str, *positional: Value, **keywords: Value) -> str:
    return format_braces(text, list(positional), keywords, interpreter.budget)


def _join(interpreter: Interpreter, text: str, parts: Value) -> str:
    texts = [describe(part, interpreter.budget) for part in iterate(parts, interpreter.budget)]
    interpreter.budget.spend_text(sum(len(part) for part in texts) + len(text) * len(texts))
    return text.join(texts)


def _split(
    interpreter: Interpreter, text: str, separator: str | None = None, maxsplit: int = -1
) -> list[str]:
    interpreter.budget.spend_elements(len(text))
    return text.split(separator, maxsplit)


def _replace(interpreter: Interpreter, text: str, old: str, new: str) -> str:
    interpreter.budget.spend_text(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


def _fill(interpreter: Interpreter, text: str, width: int) -> str:
    interpreter.budget.spend_text(width)
    return text.zfill(width)


def _append(interpreter: Interpreter, values: list[Value], value: Value) -> None:
    interpreter.budget.check_length(len(values) + 1)
    values.append(value)


def _extend(interpreter: Interpreter, values: list[Value], more: Value) -> None:
    for value in list(iterate(more, interpreter.budget)):
        _append(interpreter, values, value)


def _insert(interpreter: Interpreter, values: list[Value], at: int, value: Value) -> None:
    interpreter.budget.spend_elements(len(values) + 1)
    values.insert(at, value)


def _pop(interpreter: Interpreter, values: list[Value], at: int = -1) -> Value:
    return values.pop(at)


def _remove(interpreter: Interpreter, values: list[Value], value: Value) -> None:
    del values[_index(interpreter, values, value)]


def _index(interpreter: Interpreter, values: Any, value: Value) -> int:
    for at, element in enumerate(values):
        if equal(element, value, interpreter.budget):
            return at
    raise Refusal("Python would stop here with ValueError: the value is not in the list.")


def _count(interpreter: Interpreter, values: Any, value: Value) -> int:
    return sum(equal(element, value, interpreter.budget) is True for element in values)


def _as_list(interpreter: Interpreter, values: tuple[Value, ...]) -> list[Value]:
    """`shape.as_list()` of TensorFlow 1."""
    return list(iterate(values, interpreter.budget))


def _reverse(interpreter: Interpreter, values: list[Value]) -> None:
    interpreter.budget.spend_elements(len(values))
    values.reverse()


def _clear(interpreter: Interpreter, values: Any) -> None:
    values.clear()


def _copy(interpreter: Interpreter, values: Any) -> Value:
    interpreter.budget.spend_elements(len(values))
    return values.copy()


def _get(interpreter: Interpreter, values: dict[Any, Value], key: Value, default: Value = None) -> Value:
    return values.get(check_key(key), default)


def _set_default(
    interpreter: Interpreter, values: dict[Any, Value], key: Value, default: Value = None
) -> Value:
    interpreter.budget.check_length(len(values) + 1)
    return values.setdefault(check_key(key), default)


def _take(interpreter: Interpreter, values: dict[Any, Value], key: Value, *default: Value) -> Value:
    return values.pop(check_key(key), *default)


def _update(interpreter: Interpreter, values: dict[Any, Value], more: Value = (), **named: Value) -> None:
    pairs = more.items() if isinstance(more, dict) else more
    for pair in iterate(list(pairs), interpreter.budget):
        key, value = iterate(pair, interpreter.budget)
        values[check_key(key)] = value
    values.update(named)


def _keys(interpreter: Interpreter, values: dict[Any, Value]) -> list[Value]:
    interpreter.budget.spend_elements(len(values))
    return list(values)


def _values(interpreter: Interpreter, values: dict[Any, Value]) -> list[Value]:
    interpreter.budget.spend_elements(len(values))
    return list(values.values())


def _items(interpreter: Interpreter, values: dict[Any, Value]) -> list[Value]:
    interpreter.budget.spend_elements(len(values))
    return list(values.items())


def _has_key(interpreter: Interpreter, values: dict[Any, Value], key: Value) -> bool:
    return check_key(key) in values


def _of_python_2(name: str, today: str, function: Callable[..., Value]) -> Callable[..., Value]:
    """A method of a dict that Python 3 calls otherwise."""

    def method(interpreter: Interpreter, values: dict[Any, Value], *arguments: Value) -> Value:
        repair = f"`.{name}` of Python 2 was read as `{today}`"
        interpreter.notes.add("source-repaired", interpreter.line, repair=repair)
        return function(interpreter, values, *arguments)

    return method


def _add(interpreter: Interpreter, values: set[Any], value: Value) -> None:
    interpreter.budget.check_length(len(values) + 1)
    if isinstance(value, UNDECIDED):
        # How many different elements there are is not known from here on.
        interpreter.rebind(values, Unknown("a set"))
        return
    values.add(check_key(value))


TEXT = [
    "capitalize",
    "count",
    "endswith",
    "find",
    "isalnum",
    "isalpha",
    "isdigit",
    "islower",
    "isupper",
    "lower",
    "lstrip",
    "rstrip",
    "startswith",
    "strip",
    "swapcase",
    "title",
    "upper",
]

METHODS: Mapping[type, Mapping[str, Callable[..., Value]]] = {
    str: {
        **{name: _of_text(name) for name in TEXT},
        "format": _format,
        "join": _join,
        "replace": _replace,
        "split": _split,
        "zfill": _fill,
    },
    list: {
        "append": _append,
        "clear": _clear,
        "copy": _copy,
        "count": _count,
        "extend": _extend,
        "index": _index,
        "insert": _insert,
        "pop": _pop,
        "remove": _remove,
        "reverse": _reverse,
    },
    tuple: {"as_list": _as_list, "count": _count, "index": _index},
    dict: {
        "clear": _clear,
        "copy": _copy,
        "get": _get,
        "items": _items,
        "keys": _keys,
        "pop": _take,
        "setdefault": _set_default,
        "update": _update,
        "values": _values,
        "has_key": _of_python_2("has_key", "in", _has_key),
        "iteritems": _of_python_2("iteritems", ".items", _items),
        "iterkeys": _of_python_2("iterkeys", ".keys", _keys),
        "itervalues": _of_python_2("itervalues", ".values", _values),
    },
    set: {"add": _add, "clear": _clear, "copy": _copy},
}
