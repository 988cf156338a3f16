"""Built-in functions about values: getattr, setattr, hasattr, vars, isinstance."""

from collections.abc import Callable, Mapping

from app.architecture.code.built import spell
from app.architecture.code.custom.custom_classes import Instance, UserClass
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.attributes import read_attribute
from app.architecture.code.python.containers import UNDECIDED
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Native, Unknown, Value

PLAIN: Mapping[str, tuple[type, ...]] = {
    "bool": (bool,),
    "dict": (dict,),
    "float": (float,),
    "int": (int,),
    "list": (list,),
    "set": (set,),
    "str": (str,),
    "tuple": (tuple,),
}
"""Python's own classes, by their names."""


def _get(interpreter: Interpreter, owner: Value, name: Value, *default: Value) -> Value:
    """`getattr(owner, "name")`, which is read exactly as `owner.name`."""
    if isinstance(name, Unknown):
        return Unknown(f"getattr({spell(owner)}, {name.text})"[:80])
    if not isinstance(name, str) or name.startswith("_"):
        raise Refusal(f"`getattr` of {spell(name)} is not followed: this code is read, never run.")
    if default and isinstance(owner, Instance) and not _has(interpreter, owner, name):
        return default[0]
    return read_attribute(interpreter, owner, name)


def _has(interpreter: Interpreter, owner: Value, name: Value) -> Value:
    if isinstance(owner, Instance):
        return name in owner.attributes or owner.owner.find(name) is not None
    return Unknown(f"hasattr({spell(owner)}, {spell(name)})"[:80])


def _set(interpreter: Interpreter, owner: Value, name: Value, value: Value) -> None:
    if isinstance(owner, Instance) and isinstance(name, str):
        interpreter.budget.check_length(len(owner.attributes) + 1)
        owner.attributes[name] = value


def _list_attributes(interpreter: Interpreter, owner: Value) -> Value:
    """`vars(instance)`."""
    if not isinstance(owner, Instance):
        raise Refusal("`vars` is not followed: this code is read, never run.")
    interpreter.budget.spend_elements(len(owner.attributes))
    return dict(owner.attributes)


def _isinstance(interpreter: Interpreter, value: Value, kind: Value) -> bool | Unknown:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    answers = [_is_one(value, one) for one in kinds]
    if True in answers:
        return True
    return Unknown(f"isinstance({spell(value)}, {spell(kind)})"[:80]) if None in answers else False


def _is_one(value: Value, kind: Value) -> bool | None:
    """Whether the value is an instance of the class; None if that is not known."""
    if isinstance(value, UNDECIDED):
        return None
    if isinstance(kind, Native) and kind.name in PLAIN:
        return isinstance(value, PLAIN[kind.name])
    if isinstance(kind, UserClass):
        return isinstance(value, Instance) and value.owner.extends(kind)
    return None


REFLECTION: Mapping[str, Callable[..., Value]] = {
    "getattr": _get,
    "hasattr": _has,
    "isinstance": _isinstance,
    "setattr": _set,
    "vars": _list_attributes,
}
