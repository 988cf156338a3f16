"""Classes of the visitor's own: defining them, making instances, and calling their functions."""

import ast
from dataclasses import replace

from app.architecture.code.arguments import Arguments
from app.architecture.code.construct import construct_layer
from app.architecture.code.conversion import read_name
from app.architecture.code.functions import call_function
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.models import make_functional, make_sequential
from app.architecture.code.own_classes import Bound, Instance, Super, UserClass
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Function, LayerClass, Namespace, Scope, Unknown, Value

NO_SHAPES = ("keras.callbacks", "keras.utils", "keras.losses", "keras.metrics", "keras.optimizers")
"""Classes that extend something in these change no shape."""

BARE = frozenset({"Layer", "Model"})
"""What of Keras gives nothing but a place for layers of one's own."""


def define_class(interpreter: Interpreter, statement: ast.ClassDef) -> None:
    """`class`: its body is walked; its functions find the class itself, as Python's do, for `super()`."""
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
    )
    cell.values["__class__"] = made
    around, interpreter.scope = interpreter.scope, body
    try:
        interpreter.execute(statement.body)
    finally:
        interpreter.scope = around
    for name, value in body.values.items():
        if isinstance(value, Function):
            # Functions do not see the names of their class' body.
            body.values[name] = replace(value, scope=cell)
    interpreter.scope.set(statement.name, made)


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
    return (
        base.is_plain if isinstance(base, UserClass) else isinstance(base, Unknown) and base.text == "object"
    )


def make_instance(interpreter: Interpreter, made: UserClass, arguments: Arguments) -> Value:
    """`MyClass(...)`: an instance; Unknown where the class extends something that is not understood."""
    if made.base is None and not made.is_plain:
        return Unknown(f"{made.name}()")
    instance = Instance(made, interpreter.line)
    if home := made.find("__init__"):
        call_bound(interpreter, Bound(home.values["__init__"], instance), arguments)
    else:
        begin(interpreter, instance, arguments)
    if made.base is not None:
        instance.name = instance.name or interpreter.naming.make_name(made.name)
        interpreter.instances.append(instance)
    return instance


def begin(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> None:
    """What `__init__` of the class of Keras does; a class without any is given its fields by name."""
    base = instance.owner.base
    if base is None:
        instance.attributes.update(arguments.keywords)
        return
    keywords = dict(arguments.keywords)
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
    """A function of an instance, called."""
    if bound.instance.owner.is_plain and _only_repeats(interpreter, bound.function):
        return Unknown(f"{bound.name}()")
    bound.instance.used |= bound.name == "call"
    return call_function(
        interpreter, bound.function, Arguments([bound.instance, *arguments.positional], arguments.keywords)
    )


def _only_repeats(interpreter: Interpreter, function: Function) -> bool:
    """Whether it loops and makes no layer: training, as a rule, and thousands of turns of it."""
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
    """What a name of its class is for an instance: a function bound to it, a property's value."""
    if not isinstance(value, Function) or "staticmethod" in value.decorators:
        return value
    if "property" in value.decorators:
        return call_bound(interpreter, Bound(value, instance), Arguments())
    return Bound(value, instance)
