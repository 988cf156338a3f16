"""Models: their constructors, methods and attributes."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from app.architecture.code.built import Functional, Layer, Merged, Model, Sequential, Tensor, spell
from app.architecture.code.custom.custom_classes import Instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.applications import list_called
from app.architecture.code.layers.conversion import read_name
from app.architecture.code.layers.counting import count_added, count_build
from app.architecture.code.layers.feeding import FEEDING
from app.architecture.code.layers.graph import read_structure, use_as_layer
from app.architecture.code.layers.lambdas import make_foreign, make_own_layer
from app.architecture.code.layers.regrowing import begin_midway
from app.architecture.code.layers.shapes import read_shape
from app.architecture.code.origins import list_calls
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.spelling import check_layer_name
from app.architecture.code.values import LayerClass, Namespace, Unknown, Value
from app.architecture.spec import INPUT, UNNAMED


def make_sequential(
    interpreter: Interpreter, layers: Value = None, trainable: Value = True, name: Value = None, *more: Value
) -> Sequential:
    """`keras.Sequential(layers, name=…)`."""
    if any(isinstance(value, Layer | Tensor) for value in (trainable, name, *more)):
        raise Refusal(
            "Keras would stop here: Sequential takes its layers in one list: `keras.Sequential([a, b, c])`."
        )
    if isinstance(layers, Unknown):
        raise Refusal(f"What layers the model has, {layers.text}, the code does not say.")
    given = read_name(name)
    model = Sequential(given or UNNAMED, interpreter.line)
    model.counted_name = given or interpreter.naming.make_name("Sequential")
    model.trainable = trainable is not False
    # Recorded before its layers are read, so that those before a fault can be shown.
    model.complete = False
    interpreter.models.append(model)
    listed = [layers] if isinstance(layers, Layer | Tensor | Model) else layers
    for layer in iterate(listed, interpreter.budget) if listed is not None else ():
        add_layer(interpreter, model, layer)
    count_added(interpreter.naming, model)
    model.complete = True
    return model


def make_functional(
    interpreter: Interpreter,
    inputs: Value = None,
    outputs: Value = None,
    name: Value = None,
    *,
    input: Value = None,
    output: Value = None,
    trainable: Value = True,
) -> Functional:
    """`keras.Model(inputs, outputs, name=…)`; Keras 1 wrote `input=` and `output=`."""
    for old, value in (("input", input), ("output", output)):
        if value is not None:
            interpreter.notes.add(
                "old-spelling", interpreter.line, old=f"Model({old}=…)", new=f"Model({old}s=…)"
            )
    entering = read_structure(interpreter, inputs if inputs is not None else input)
    leaving = read_structure(interpreter, outputs if outputs is not None else output)
    if not entering or not leaving:
        raise Refusal(
            "A model needs the tensors it begins with and ends with: `keras.Model(inputs, outputs)`."
        )
    if any(tensor.call.layer.kind.name != INPUT for tensor in entering):
        entering, leaving = begin_midway(interpreter, entering, leaving)
    _check_inputs(interpreter, entering, leaving)
    given = read_name(name)
    model = Functional(given or UNNAMED, interpreter.line, entering, leaving)
    model.counted_name = given or interpreter.naming.make_name("Functional")
    model.trainable = trainable is not False
    model.input_keys, model.output_keys = _list_keys(inputs), _list_keys(outputs)
    interpreter.models.append(model)
    return model


def _check_inputs(
    interpreter: Interpreter, entering: tuple[Tensor, ...], leaving: tuple[Tensor, ...]
) -> None:
    calls = list_calls(leaving)
    interpreter.budget.spend(len(calls))
    known = {id(tensor.call) for tensor in entering}
    for call in calls:
        if call.layer.kind.name == INPUT and id(call) not in known:
            raise Refusal(
                f"Keras would stop here: the model needs the input {call.layer.name!r}, which is not among "
                "its inputs."
            )


def _list_keys(tensors: Value) -> tuple[str, ...]:
    """The keys of a dict of tensors in Keras' order (sorted); () for anything else."""
    if not isinstance(tensors, dict) or not all(isinstance(value, Tensor) for value in tensors.values()):
        return ()
    return tuple(sorted(tensors, key=str))


def refuse_saved(interpreter: Interpreter, *_: Value, **__: Value) -> Value:
    """`load_model(…)`, `model_from_json(…)`: refused, as the model is in a file and not in the code."""
    raise Refusal(
        "This model comes from a file, and the code does not say what is in it. Open that file here "
        "(.keras, .h5 or .json), or paste what `model.to_json()` gives."
    )


def add_layer(interpreter: Interpreter, model: Model, layer: Value) -> None:
    """Add a layer, or a model as a layer, to a chain."""
    if not isinstance(model, Sequential):
        raise Refusal("Keras would stop here: only a Sequential model has `add`.")
    if isinstance(layer, Tensor) and layer.call.layer.kind.name == INPUT:
        layer = layer.call.layer
    if isinstance(layer, Sequential | Functional):
        layer = use_as_layer(interpreter, layer)
    if isinstance(layer, Instance):
        layer = make_own_layer(interpreter, layer)
    if isinstance(layer, Merged) and not model.layers:
        model.branches, layer = layer.branches, layer.layer
    if not isinstance(layer, Layer):
        check_layer_name(layer)
        if (foreign := make_foreign(interpreter, layer)) is None:
            raise Refusal(
                f"Keras would stop here: {spell(layer)} is not a layer that can be added to a model."
                f"{_advise(layer)}"
            )
        layer = foreign
    layer.used = True
    model.layers.append(layer)


def _advise(value: Value) -> str:
    """How a layer is added, after what was added in its place."""
    if isinstance(value, LayerClass):
        return f" It is a class: write `{value.name}(…)`, with brackets."
    if isinstance(value, Tensor):
        return " Add the layer itself, without calling it: `model.add(layers.LSTM(8))`."
    if isinstance(value, list | tuple):
        return " Write the layers one after the other, in one list: `keras.Sequential([a, b, c])`."
    return ""


def _add(interpreter: Interpreter, model: Model, layer: Value = None) -> None:
    """`model.add(layer)`."""
    add_layer(interpreter, model, layer)
    if isinstance(model, Sequential):
        count_added(interpreter.naming, model)


def _pop(interpreter: Interpreter, model: Sequential) -> Layer:
    if not isinstance(model, Sequential) or not model.layers:
        raise Refusal("Keras would stop here: there is no layer to take away.")
    return model.layers.pop()


def _build(interpreter: Interpreter, model: Model, input_shape: Value = None) -> None:
    """`model.build(input_shape)`, batch axis included."""
    if isinstance(model, Sequential) and model.layers and model.layers[0].kind.name != INPUT:
        model.layers[0].input_shape = read_shape(interpreter, input_shape)
        count_build(interpreter.naming, model)


def _no_effect(interpreter: Interpreter, model: Model, *_: Value, **__: Value) -> Unknown:
    return Unknown("what a model returned")


def _get_layer(interpreter: Interpreter, model: Model, name: Value = None, index: Value = None) -> Layer:
    layers = list_layers(model)
    interpreter.budget.spend(len(layers))
    if isinstance(index, int) and -len(layers) <= index < len(layers):
        return layers[index]
    for layer in layers:
        if layer.name == name:
            return layer
    near = get_close_matches(name, [layer.name for layer in layers], n=1) if isinstance(name, str) else ()
    wanted, hint = spell(index if name is None else name), f" Did you mean {near[0]!r}?" if near else ""
    raise Refusal(f"Keras would stop here: there is no layer {wanted} in the model.{hint}")


def list_layers(model: Model) -> list[Layer]:
    """The layers of a model, in the order in which the code calls them."""
    if isinstance(model, Sequential):
        return [layer for layer in model.layers if layer.kind.name != INPUT]
    return list_called(model)


MODEL_METHODS: Mapping[str, Callable[..., Value]] = {
    "add": _add,
    "build": _build,
    "get_layer": _get_layer,
    "pop": _pop,
    **FEEDING,
    **dict.fromkeys(
        [
            "add_loss",
            "add_metric",
            "count_params",
            "evaluate_generator",
            "export",
            "get_config",
            "get_weights",
            "load_weights",
            "predict_generator",
            "reset_states",
            "save",
            "save_weights",
            "set_weights",
            "summary",
            "to_json",
            "to_yaml",
        ],
        _no_effect,
    ),
}


def _outputs(model: Model) -> Value:
    return list(as_graph(model).outputs)


def _inputs(model: Model) -> Value:
    return list(as_graph(model).inputs)


def as_graph(model: Model) -> Functional:
    """The model as a graph; a Sequential was converted by `unroll_chain`."""
    if isinstance(model, Functional):
        return model
    if model.unrolled is None:
        raise Refusal(f"Keras would stop here: the model {model.name!r} has no layers yet, and no input.")
    return model.unrolled[1]


def _one(tensors: list[Tensor]) -> Value:
    return tensors[0] if len(tensors) == 1 else tensors


MODEL_ATTRIBUTES: Mapping[str, Callable[[Model], Value]] = {
    "input": lambda model: _one(_inputs(model)),
    "inputs": _inputs,
    "layers": list_layers,
    "name": lambda model: model.name,
    "output": lambda model: _one(_outputs(model)),
    "outputs": _outputs,
    **{
        name: lambda model: Namespace("model")
        for name in (
            *("history", "input_shape", "loss", "metrics", "metrics_names", "optimizer", "output_shape"),
            *("non_trainable_variables", "non_trainable_weights", "stop_training", "trainable"),
            *("trainable_variables", "trainable_weights", "variables", "weights"),
        )
    },
}
