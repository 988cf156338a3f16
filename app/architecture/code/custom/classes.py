"""Classes that the code defines: defining them, making instances, and calling their methods."""

import ast
from dataclasses import replace

from app.architecture.code.custom.custom_classes import Bound, Instance, NamedTuple, Super, UserClass
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.construct import construct_layer
from app.architecture.code.layers.conversion import read_name
from app.architecture.code.layers.models import make_functional, make_sequential
from app.architecture.code.python.decorators import call_decorators
from app.architecture.code.python.functions import call_function
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Function, LayerClass, Namespace, Native, Scope, Unknown, Value

NO_SHAPES = ("keras.callbacks", "keras.utils", "keras.losses", "keras.metrics", "keras.optimizers")
"""Modules whose classes, such as callbacks and optimizers, change no shape."""

BARE = frozenset({"Layer", "Model"})
"""Base classes of Keras that add nothing to a custom class' own `call`."""

PLAIN = frozenset({"ABC", "BaseEstimator", "BaseModel", "HyperModel", "object"})
"""Base classes from elsewhere that change no shape."""

ENUMS = frozenset({"enum.Enum", "enum.Flag", "enum.IntEnum", "enum.IntFlag"})


def define_class(interpreter: Interpreter, statement: ast.ClassDef) -> None:
    """A `class` statement: its body is walked in a scope of its own."""
    bases = [interpreter.evaluate(base) for base in statement.bases]
    parents = tuple(base for base in bases if isinstance(base, UserClass))
    cell = Scope(interpreter.scope)
    body = Scope(cell)
    made = UserClass(
        name=statement.name,
        base=next((found for base in bases if (found := _find_base(base))), None),
        parents=parents,
        values=body.values,
        is_plain=all(_is_plain(base) for base in bases),
        fields=_list_fields(statement, parents),
        is_tuple=any(isinstance(base, Native) and base.name == "NamedTuple" for base in bases),
    )
    cell.values["__class__"] = made
    around, interpreter.scope = interpreter.scope, body
    try:
        interpreter.execute(statement.body)
    finally:
        interpreter.scope = around
    counted = any(isinstance(base, Namespace) and base.path in ENUMS for base in bases)
    for name, value in body.values.items():
        if isinstance(value, Function):
            # Functions do not see the names of their class' body.
            body.values[name] = replace(value, scope=cell)
        elif counted:
            member = {"name": name, "value": value}
            body.values[name] = Instance(made, interpreter.line, name=name, attributes=member)
    interpreter.scope.set(statement.name, made)
    call_decorators(interpreter, statement)


def _find_base(value: Value) -> str | None:
    if isinstance(value, LayerClass):
        return value.name
    if isinstance(value, UserClass):
        return value.base
    path = value.path if isinstance(value, Namespace) else getattr(value, "name", "")
    if not isinstance(path, str) or path.startswith(NO_SHAPES):
        return None
    last = path.rpartition(".")[2]
    return last if last in ("Layer", "Model", "Sequential") else None


def _is_plain(base: Value) -> bool:
    if isinstance(base, UserClass):
        return base.is_plain
    name = base.path.rpartition(".")[2] if isinstance(base, Namespace) else getattr(base, "text", "")
    return name in PLAIN or (isinstance(base, Native) and base.name == "NamedTuple")


def _list_fields(statement: ast.ClassDef, parents: tuple[UserClass, ...]) -> tuple[str, ...]:
    """The fields of a dataclass and its like, those of its base classes first."""
    above = [field for parent in parents for field in parent.fields]
    own = [
        line.target.id
        for line in statement.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    ]
    return tuple(dict.fromkeys([*above, *own]))


def make_instance(interpreter: Interpreter, made: UserClass, arguments: Arguments) -> Value:
    """`MyClass(...)`: an instance; Unknown if the class extends something that is not understood."""
    if made.base is None and not made.is_plain:
        return Unknown(f"{made.name}()")
    if made.is_tuple:
        return _make_tuple(made, _name_fields(made, arguments))
    instance = Instance(made, interpreter.line)
    if home := made.find("__init__"):
        call_bound(interpreter, Bound(home.values["__init__"], instance), arguments)
    else:
        begin(interpreter, instance, arguments)
    if made.base is not None:
        instance.name = instance.name or interpreter.naming.make_name(made.name)
        interpreter.instances.append(instance)
    else:
        interpreter.last_made[made] = instance
    return instance


def _name_fields(made: UserClass, arguments: Arguments) -> dict[str, Value]:
    """The arguments of a class without `__init__`, by field name."""
    if len(arguments.positional) > len(made.fields):
        raise Refusal(
            f"Python would stop here: {made.name} takes {len(made.fields)} positional arguments, "
            f"{len(arguments.positional)} were given."
        )
    return {**dict(zip(made.fields, arguments.positional, strict=False)), **arguments.keywords}


def _make_tuple(made: UserClass, given: dict[str, Value]) -> NamedTuple:
    for name in made.fields:
        if name not in given and name not in made.values:
            raise Refusal(f"Python would stop here: {made.name} is missing its argument {name!r}.")
    named = NamedTuple(given[name] if name in given else made.values[name] for name in made.fields)
    named.owner = made
    return named


def begin(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> None:
    """What `__init__` of the Keras base class does; a class without `__init__` gets its fields."""
    base = instance.owner.base
    if base is None:
        instance.attributes.update(_name_fields(instance.owner, arguments))
        if home := instance.owner.find("__post_init__"):
            call_bound(interpreter, Bound(home.values["__post_init__"], instance), Arguments())
        return
    # `super().__init__(self)` is a slip that Keras lets pass.
    arguments = Arguments(
        [value for value in arguments.positional if value is not instance], arguments.keywords
    )
    instance.told, keywords = dict(arguments.keywords), dict(arguments.keywords)
    instance.name = read_name(keywords.pop("name", None)) or interpreter.naming.make_name(instance.owner.name)
    if base == "Sequential":
        layers = arguments.positional[0] if arguments.positional else keywords.get("layers")
        instance.base = make_sequential(interpreter, layers, name=instance.name)
    elif base == "Model" and (arguments.positional or keywords.keys() & {"inputs", "outputs"}):
        named = {**keywords, "name": instance.name}
        instance.base = make_functional(interpreter, *arguments.positional[:2], **named)
    elif base not in BARE:
        named = {**keywords, "name": instance.name}
        instance.base = construct_layer(interpreter, base, Arguments(arguments.positional, named))
        instance.base.used = True


def call_bound(interpreter: Interpreter, bound: Bound, arguments: Arguments) -> Value:
    """Call a method of an instance."""
    if bound.instance.owner.is_plain and _only_repeats(interpreter, bound.function):
        return Unknown(f"{bound.name}()")
    bound.instance.used |= bound.name == "call"
    return call_function(
        interpreter, bound.function, Arguments([bound.instance, *arguments.positional], arguments.keywords)
    )


def _only_repeats(interpreter: Interpreter, function: Function) -> bool:
    """Whether the method has a loop and makes no layer: usually training, with thousands of iterations."""
    if not isinstance(function.body, tuple):
        return False
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    interpreter.budget.spend(len(nodes))
    loops = any(isinstance(node, ast.For | ast.While) for node in nodes)
    returns = any(isinstance(node, ast.Return) and node.value for node in nodes)
    return loops and not returns and not any(_names_class(node) for node in nodes)


def _names_class(node: ast.AST) -> bool:
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
    return isinstance(name, str) and name[:1].isupper()


def make_super(interpreter: Interpreter, *given: Value) -> Super:
    """`super()`, or `super(MyClass, self)`."""
    if len(given) == 2 and isinstance(given[0], UserClass) and isinstance(given[1], Instance):
        return Super(given[1], given[0])
    cell = interpreter.scope.find("__class__")
    scope: Scope | None = interpreter.scope
    while scope is not None and scope.around is not cell:
        scope = scope.around
    first = next(iter(scope.values.values()), None) if scope is not None else None
    if cell is None or not isinstance(first, Instance):
        raise Refusal("Python would stop here: `super()` stands outside of a class' function.")
    return Super(first, cell.values["__class__"])


def bind(interpreter: Interpreter, instance: Instance, value: Value) -> Value:
    """An attribute that an instance gets from its class: a bound method, or a property's value."""
    if not isinstance(value, Function) or "staticmethod" in value.decorators:
        return value
    if "classmethod" in value.decorators:
        return bind_class(instance.owner, value)
    if "property" in value.decorators:
        return call_bound(interpreter, Bound(value, instance), Arguments())
    return Bound(value, instance)


def bind_class(owner: UserClass, value: Value) -> Value:
    """An attribute read from the class itself: a classmethod is bound to the class."""
    if not isinstance(value, Function) or "classmethod" not in value.decorators:
        return value

    def call_on_class(interpreter: Interpreter, *positional: Value, **keywords: Value) -> Value:
        return call_function(interpreter, value, Arguments([owner, *positional], keywords))

    return Native(value.name, call_on_class)
