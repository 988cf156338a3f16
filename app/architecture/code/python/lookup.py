"""Name lookup: names the code defines, then Python's built-ins, then names of Keras without an import."""

from collections.abc import Mapping

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.names import find_unimported
from app.architecture.code.python.builtin_functions import BUILTINS, FORBIDDEN
from app.architecture.code.python.reflection import REFLECTION
from app.architecture.code.refusal import LostError, Refusal
from app.architecture.code.values import Lost, Native, Unknown, Value

PYTHON = {name: Native(name, function) for name, function in {**BUILTINS, **REFLECTION}.items()}

OTHER_LANGUAGES: Mapping[str, bool | None] = {
    "FALSE": False,
    "TRUE": True,
    "false": False,
    "none": None,
    "null": None,
    "true": True,
}
"""What other languages call the constants of Python."""


PYTHON_2: Mapping[str, str] = {"long": "int", "unicode": "str", "xrange": "range"}
"""Built-in functions that Python 3 calls by another name."""


def look_up(interpreter: Interpreter, name: str) -> Value:
    """The value of a name; Unknown if it is not defined anywhere."""
    if scope := interpreter.scope.find(name):
        value = scope.values[name]
        if isinstance(value, Lost):
            raise Refusal(f"`{name}` depends on a line that is not understood.", LostError)
        return value
    if name in PYTHON:
        return PYTHON[name]
    if name in FORBIDDEN or name.startswith("__"):
        raise Refusal(f"`{name}` is not followed: this code is read, never run.")
    if name in OTHER_LANGUAGES:
        meant = OTHER_LANGUAGES[name]
        interpreter.notes.add(
            "source-repaired", interpreter.line, repair=f"`{name}` was read as `{meant}`, as Python writes it"
        )
        return meant
    if name in PYTHON_2:
        repair = f"`{name}` of Python 2 was read as `{PYTHON_2[name]}`"
        interpreter.notes.add("source-repaired", interpreter.line, repair=repair)
        return PYTHON[PYTHON_2[name]]
    value = find_unimported(name)
    if value is None:
        return Unknown(name)
    interpreter.unimported.setdefault(name, interpreter.line)
    return value
