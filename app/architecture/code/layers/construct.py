"""construct_layer(): a layer from its class name and arguments, with its name and input shape."""

from app.architecture.catalogue import Kind, find_kind
from app.architecture.code.budget import MAX_LAYERS
from app.architecture.code.built import Layer, Sequential
from app.architecture.code.custom.custom_layers import take_own_layer
from app.architecture.code.data.vocabularies import learn_size
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.conversion import convert_arguments, read_name
from app.architecture.code.layers.data_formats import choose_format
from app.architecture.code.layers.legacy import LAYERS as OLD_LAYERS
from app.architecture.code.layers.legacy import (
    modernise_arguments,
    name_threshold,
    split_input_size,
    spread_kernel,
)
from app.architecture.code.layers.naming import INNER
from app.architecture.code.layers.shapes import NEEDS_SEQUENCE, settle_shape, take_input_shape
from app.architecture.code.layers.types import choose_type
from app.architecture.code.refusal import Refusal
from app.architecture.code.spelling import find_known
from app.architecture.code.values import Unknown, Value
from app.architecture.spec import INPUT
from app.architecture.tidy import tidy_arguments
from app.problems import CodeTooComplex


def construct_layer(interpreter: Interpreter, class_name: str, arguments: Arguments) -> Layer:
    """`class_name(...)`. Raises a Refusal for UnknownLayer if there is no such class."""
    kind = _find_kind(interpreter, class_name)
    if class_name == "ThresholdedReLU":
        arguments = name_threshold(arguments)
    input_size, positional = split_input_size(interpreter, class_name, arguments.positional)
    positional = spread_kernel(interpreter, class_name, positional)
    named = name_arguments(kind, Arguments(positional, arguments.keywords))
    given = modernise_arguments(interpreter, kind, named)
    if class_name == "TimeDistributedDense":
        given = _wrap_dense(interpreter, given)
    is_first = _begins_model(interpreter)
    layer = make_layer(interpreter, kind, given)
    if input_size is not None and is_first and layer.input_shape is None:
        layer.input_shape = (None, *([None] if kind.name in NEEDS_SEQUENCE else []), input_size)
    return layer


def _begins_model(interpreter: Interpreter) -> bool:
    """Whether the next layer is the first of the last model."""
    model = interpreter.models[-1] if interpreter.models else None
    return not model.layers if isinstance(model, Sequential) else not interpreter.layers


def make_layer(interpreter: Interpreter, kind: Kind, given: dict[str, Value]) -> Layer:
    """A layer of this kind; `given` are its arguments under the names that Keras 3 has for them."""
    if len(interpreter.layers) >= MAX_LAYERS:
        raise Refusal(f"More than {MAX_LAYERS:,} layers are not read.", CodeTooComplex)
    given = dict(given)
    name = read_name(given.pop("name", None)) or interpreter.naming.make_name(kind.name)
    interpreter.naming.count_inner(kind.name, INNER)
    interpreter.layer_name = name
    for inner in given.values():
        if isinstance(inner, Layer):
            interpreter.holes.hand_on(inner.name, name)
    if (
        given.get("dtype") is None
        and kind.argument("dtype")
        and (chosen := choose_type(interpreter, kind, given))
    ):
        given["dtype"] = chosen
    if data_format := choose_format(interpreter, kind, given):
        given["data_format"] = data_format
    if kind.name == INPUT:
        given = settle_shape(interpreter, given)
    open_shape = given.pop("batch_shape") if isinstance(given.get("batch_shape"), Unknown) else None
    told = take_input_shape(interpreter, kind, given)
    own = take_own_layer(kind.name, given)
    learn_size(interpreter, kind, given)
    layer = Layer(
        kind=kind,
        name=name,
        arguments=tidy_arguments(kind, convert_arguments(interpreter, kind, given)),
        line=interpreter.line,
        input_shape=told.shape,
        input_length=told.length,
        open_shape=open_shape,
        function=own,
    )
    interpreter.layer_name = None
    interpreter.layers.append(layer)
    return layer


def _find_kind(interpreter: Interpreter, class_name: str) -> Kind:
    if class_name in OLD_LAYERS:
        interpreter.notes.add("old-spelling", interpreter.line, old=class_name, new=OLD_LAYERS[class_name])
    return find_known(OLD_LAYERS.get(class_name, class_name))


def name_arguments(kind: Kind, arguments: Arguments) -> dict[str, Value]:
    """The arguments of a constructor call by parameter name, in the order of the parameters."""
    names = kind.positional
    if len(arguments.positional) > len(names):
        raise Refusal(
            f"Python would stop here: {kind.name} takes at most {len(names)} arguments without a name, "
            f"{len(arguments.positional)} were given."
        )
    given = dict(zip(names, arguments.positional, strict=False))
    for name, value in arguments.keywords.items():
        if name in given:
            raise Refusal(f"Python would stop here: {kind.name} got two values for {name!r}.")
        given[name] = value
    return given


def _wrap_dense(interpreter: Interpreter, given: dict[str, Value]) -> dict[str, Value]:
    """TimeDistributedDense(units, …) of Keras 1 is TimeDistributed(Dense(units, …))."""
    about_input = ("name", "input_shape", "input_dim", "input_length")
    outer: dict[str, Value] = {name: given.pop(name) for name in about_input if name in given}
    inner = {("units" if name in ("layer", "output_dim") else name): value for name, value in given.items()}
    return {"layer": make_layer(interpreter, find_kind("Dense"), inner), **outer}
