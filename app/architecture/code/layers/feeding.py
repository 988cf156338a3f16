"""What `compile`, `fit`, `predict` and their like say about a model's data and loss."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from app.architecture.code.built import Functional, Model
from app.architecture.code.data.tokens import array_of_tokens
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Dataset, Namespace, Unknown, Value
from app.architecture.feed import Feed
from app.frozen import Shape

MAX_FEEDS = 20
LOSS = re.compile(r"(?:[\w.]+\.)?(?P<name>\w+)(?:\(.*)?", re.DOTALL)


class Compiled(Protocol):
    """A model, or an instance that becomes one."""

    compiled: bool
    loss: str | None


def compile_model(
    interpreter: Interpreter,
    model: Compiled,
    optimizer: Value = None,
    loss: Value = None,
    *_: Value,
    **__: Value,
) -> Unknown:
    """`model.compile(optimizer, loss)`: keeps the loss, which decides what targets fit."""
    spelling = loss if isinstance(loss, str) else loss.text if isinstance(loss, Unknown) else ""
    spelling = loss.path if isinstance(loss, Namespace) else spelling
    named = LOSS.fullmatch(spelling)
    model.compiled = True
    model.loss = named["name"] if named else None
    return Unknown("what a model returned")


def _fit(call: str) -> Callable[..., Value]:
    def fit(
        interpreter: Interpreter, model: Model, x: Value = None, y: Value = None, *_: Value, **rest: Value
    ) -> Unknown:
        model.fitted = True
        feed(interpreter, model, call, x, y)
        checked = rest.get("validation_data")
        if isinstance(checked, tuple) and len(checked) >= 2:
            feed(interpreter, model, "validation_data", *checked[:2])
        return Unknown("what a model returned")

    return fit


def _train(call: str) -> Callable[..., Value]:
    def train(
        interpreter: Interpreter, model: Model, x: Value = None, y: Value = None, *_: Value, **__: Value
    ) -> Unknown:
        feed(interpreter, model, call, x, y)
        return Unknown("what a model returned")

    return train


def _predict(call: str) -> Callable[..., Value]:
    def predict(interpreter: Interpreter, model: Model, x: Value = None, *_: Value, **__: Value) -> Unknown:
        feed(interpreter, model, call, x)
        return Unknown("what a model returned")

    return predict


def feed(interpreter: Interpreter, model: Model, call: str, x: Value, y: Value = None) -> None:
    """Record the data of a model: it may tell the model's input shape, or be found not to fit it."""
    if isinstance(x, Dataset):
        x, y = x.element[:2] if isinstance(x.element, tuple) else (x.element, None)
    entering, leaving = _name_ends(model)
    inputs, targets = _list_arrays(interpreter, x, entering), _list_arrays(interpreter, y, leaving)
    interpreter.fed += [array for array in inputs[:1] if isinstance(array, Array)]
    if len(interpreter.feeds) < MAX_FEEDS:
        told = Feed(
            call=call,
            line=interpreter.line,
            names=tuple(interpreter.find_name(array) for array in inputs),
            inputs=tuple(map(_shape_of, inputs)),
            targets=tuple(map(_shape_of, targets)),
            loss=model.loss,
        )
        interpreter.feeds.append((model, told))


def _name_ends(model: Model) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names by which a dict of data is handed out to the inputs and to the outputs, in their order."""
    if not isinstance(model, Functional):
        return (), ()
    entering, leaving = (
        tuple(tensor.call.layer.name for tensor in tensors) for tensors in (model.inputs, model.outputs)
    )
    return model.input_keys or entering, model.output_keys or leaving


def _list_arrays(interpreter: Interpreter, value: Value, names: Sequence[str]) -> list[Value]:
    if value is None:
        return []
    if isinstance(value, dict):
        parts = [value[name] for name in names] if value.keys() >= {*names} and names else [*value.values()]
        return [array_of_tokens(interpreter, part) for part in parts[:MAX_FEEDS]]
    if isinstance(value, list | tuple) and value and all(isinstance(part, Array | Unknown) for part in value):
        return [*value[:MAX_FEEDS]]
    return [array_of_tokens(interpreter, value)]


def _shape_of(value: Value) -> Shape | None:
    return value.shape if isinstance(value, Array) else None


FEEDING: Mapping[str, Callable[..., Value]] = {
    "compile": compile_model,
    **{name: _fit(name) for name in ("fit", "fit_generator")},
    **{name: _train(name) for name in ("evaluate", "test_on_batch", "train_on_batch")},
    **{name: _predict(name) for name in ("predict", "predict_classes", "predict_on_batch", "predict_proba")},
}
