"""choose_model(): which of the models that the code makes is shown."""

from collections.abc import Callable
from typing import NamedTuple

from app.architecture.code.built import Functional, Model, Sequential, Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.models import list_layers
from app.architecture.code.notes import list_words
from app.architecture.code.values import Function
from app.architecture.made import MAX_MADE, MadeModel
from app.architecture.spec import INPUT, UNNAMED
from app.problems import NoModelFound


class Chosen(NamedTuple):
    """The model that is shown, and all that could be, in the order in which the code makes them."""

    model: Model
    made: tuple[MadeModel, ...] = ()
    """Empty if there is no other."""


TRAINED: tuple[tuple[str, Callable[[Model], bool]], ...] = (
    ("is fitted", lambda model: model.fitted),
    ("is compiled", lambda model: model.compiled),
)
"""Signs that a model is the one that the code is about, the surest first."""


def choose_model(interpreter: Interpreter, number: int | None) -> Chosen:
    """The model with that number, from 1; by default the one that is trained, or else the last.

    Raises NoModelFound.
    """
    made = [model for model in interpreter.models if isinstance(model, Functional) or _has_layers(model)]
    # Nested models do not count, unless there is no other.
    complete = [model for model in made if model.layer is None] or made
    if not complete:
        return Chosen(_assume_model(interpreter))
    if len(complete) == 1:
        return Chosen(complete[0])
    if number and number <= len(complete):
        model, reason = complete[number - 1], "was chosen"
    else:
        model, reason = _find_trained(interpreter, complete) or (complete[-1], "is the last")
    listed = tuple(
        MadeModel(name=_name(each), line=each.line, shown=each is model) for each in complete[:MAX_MADE]
    )
    interpreter.notes.add(
        "several-models",
        model.line,
        count=len(complete),
        models=list_words([f"`{each.name}` (line {each.line})" for each in listed]),
        shown=f"`{_name(model)}`, which {reason}",
    )
    return Chosen(model, listed)


def _find_trained(interpreter: Interpreter, models: list[Model]) -> tuple[Model, str] | None:
    """If the last model is made of layers of one that the code trains, the last such one, and why.

    So of an autoencoder and the decoder taken out of it, the autoencoder is shown.
    """
    last = models[-1]
    parts = {id(layer) for layer in list_layers(last)}
    for reason, is_trained in TRAINED:
        for model in reversed([model for model in models if is_trained(model)]):
            layers = list_layers(model)
            interpreter.budget.spend(len(layers))
            if any(id(layer) in parts for layer in layers):
                return model, reason
    return None


def _name(model: Model) -> str:
    """The variable of a model, or else its own name."""
    return model.variable or ("" if model.name == UNNAMED else model.name) or "model"


def _has_layers(model: Sequential) -> bool:
    """Whether there is something to show: for an incomplete chain, more than its input."""
    return any(model.complete or layer.kind.name != INPUT for layer in model.layers)


def _assume_model(interpreter: Interpreter) -> Model:
    """A model made of layers or tensors that the code puts into none."""
    weights = {id(tensor.call) for instance in interpreter.instances for tensor in instance.weights}
    inputs = [
        Tensor(call)
        for call in interpreter.calls
        if call.layer.kind.name == INPUT and id(call) not in weights
    ]
    read = {id(tensor.call) for call in interpreter.calls for tensor in call.inbound}
    ends = [Tensor(call) for call in interpreter.calls if id(call) not in read]
    if inputs and any(end.call.layer.kind.name != INPUT for end in ends):
        ends = [end for end in ends if end.call.layer.kind.name != INPUT]
        line = ends[-1].call.layer.line
        _note_assumed(interpreter, line, "`keras.Model(inputs, outputs)`, from all inputs to all loose ends")
        return Functional(UNNAMED, line, tuple(inputs), tuple(ends))
    loose = [layer for layer in interpreter.layers if not layer.used]
    if loose:
        _note_assumed(
            interpreter, loose[0].line, "a `keras.Sequential` of these layers, in the order of the code"
        )
        return Sequential(UNNAMED, loose[0].line, loose, assumed=True)
    if interpreter.models:
        raise NoModelFound("The model has no layers yet. Add some: `model.add(layers.LSTM(32))`.")
    functions = [name for name, value in interpreter.module.values.items() if isinstance(value, Function)]
    if functions:
        raise NoModelFound(
            f"The function `{functions[-1]}` is defined and never called, so it makes no model. "
            f"Add a line that calls it: `model = {functions[-1]}(…)`."
        )
    raise NoModelFound(
        "Nothing in this code is a Keras model. Paste the lines that make it, for instance "
        "`keras.Sequential([...])` or `keras.Model(inputs, outputs)`."
    )


def _note_assumed(interpreter: Interpreter, line: int, reading: str) -> None:
    interpreter.notes.add(
        "model-assumed",
        line,
        happened="The code makes layers, but no model of them.",
        reading=reading,
    )
