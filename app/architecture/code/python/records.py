"""Records with named fields: SimpleNamespace, namedtuple, dataclass, Enum."""

from collections.abc import Mapping

from app.architecture.code.custom.custom_classes import UserClass
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.python.calls import call
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Native, Unknown, Value

NAMESPACE = UserClass(name="SimpleNamespace", base=None, parents=(), values={})


def make_namedtuple(
    interpreter: Interpreter, name: Value, fields: Value, defaults: Value = (), **_: Value
) -> UserClass:
    """`namedtuple("Block", "filters kernel")`; the fields may also be a list."""
    named = fields.replace(",", " ").split() if isinstance(fields, str) else fields
    names = tuple(iterate(named, interpreter.budget))
    if not isinstance(name, str) or not all(isinstance(field, str) for field in names):
        raise Refusal("Python would stop here: the fields of a namedtuple are names.")
    given = list(iterate(defaults or (), interpreter.budget))
    values = dict(zip(names[len(names) - len(given) :], given, strict=False))
    return UserClass(name=name, base=None, parents=(), values=values, fields=names, is_tuple=True)


def make_typed_namedtuple(interpreter: Interpreter, name: Value, fields: Value) -> UserClass:
    """`NamedTuple("Block", [("filters", int)])`."""
    pairs = [tuple(iterate(pair, interpreter.budget)) for pair in iterate(fields, interpreter.budget)]
    return make_namedtuple(interpreter, name, [pair[0] for pair in pairs])


def make_field(
    interpreter: Interpreter, default: Value = None, default_factory: Value = None, **_: Value
) -> Value:
    """`dataclasses.field(…)`: the default value of the field."""
    if default_factory is not None:
        return call(interpreter, default_factory, Arguments())
    return Unknown("a field") if default is None else default


RECORDS: Mapping[str, Value] = {
    "argparse.Namespace": NAMESPACE,
    "collections.namedtuple": Native("namedtuple", make_namedtuple),
    "dataclasses.field": Native("field", make_field),
    "pydantic.Field": Native("Field", make_field),
    "types.SimpleNamespace": NAMESPACE,
    "typing.NamedTuple": Native("NamedTuple", make_typed_namedtuple),
}
