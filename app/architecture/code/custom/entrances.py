"""Entrance: the inputs of a subclassed model, and the model that its `call` makes of them."""

from typing import NamedTuple

from app.architecture.code.built import Functional
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.custom.subclassing import build, call_own
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.inputs import make_input
from app.architecture.code.layers.tensors import list_tensors
from app.architecture.code.refusal import Refusal
from app.frozen import Shape


class Entrance(NamedTuple):
    """The names and shapes (batch axis first) of a model's inputs."""

    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    apart: bool = False
    """Whether each is an argument of `call`; otherwise several are one list."""


def make_of(interpreter: Interpreter, instance: Instance, entrance: Entrance) -> Functional:
    """The model from these inputs to what `call` returns. Raises a Refusal if that is not understood."""
    entering = [
        make_input(interpreter, batch_shape=shape, name=name)
        for name, shape in zip(entrance.names, entrance.shapes, strict=True)
    ]
    instance.used = True
    build(interpreter, instance, Arguments(), entrance.shapes[:1] if entrance.apart else entrance.shapes)
    one_list = [entering[0] if len(entering) == 1 else entering]
    returned = call_own(interpreter, instance, Arguments(list(entering) if entrance.apart else one_list))
    leaving = list_tensors([returned])
    if not leaving:
        raise Refusal(f"What `call` of {instance.owner.name} gives was not understood.")
    # A generated name says no more than the class does.
    model = Functional(
        instance.name,
        instance.line,
        tuple(entering),
        tuple(leaving),
        loss=instance.loss,
        compiled=instance.compiled,
        fitted=instance.fitted,
    )
    instance.model = model
    interpreter.models.append(model)
    return model
