"""keras.applications: Keras is asked for the architecture of a model by its name, without its weights."""

from collections.abc import Callable, Mapping

from pydantic import JsonValue

from app.architecture.catalogue import find_kind
from app.architecture.code.built import Call, Functional, Layer, Model, Tensor, spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.layers.naming import write_snake_case
from app.architecture.code.layers.regrowing import regrow
from app.architecture.code.origins import list_calls
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Unknown, Value
from app.architecture.spec import INPUT, Architecture
from app.frozen import JsonObject

APPLICATIONS = frozenset(
    [
        *(f"ConvNeXt{size}" for size in ("Tiny", "Small", "Base", "Large", "XLarge")),
        *(f"DenseNet{depth}" for depth in (121, 169, 201)),
        *(f"EfficientNetB{number}" for number in range(8)),
        *(f"EfficientNetV2{size}" for size in ("B0", "B1", "B2", "B3", "S", "M", "L")),
        *("InceptionResNetV2", "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Large"),
        *("MobileNetV3Small", "NASNetLarge", "NASNetMobile", "VGG16", "VGG19", "Xception"),
        *(f"ResNet{depth}{version}" for depth in (50, 101, 152) for version in ("", "V2")),
    ]
)

NO_EFFECT = frozenset({"weights", "name", "input_tensor"})
"""Arguments that are not passed to Keras, as they change no shape, or are set here."""


def make_application(application: str) -> Callable[..., Functional]:
    """The function that reads calls such as `keras.applications.VGG16(...)`."""

    def make(interpreter: Interpreter, *positional: Value, **keywords: Value) -> Functional:
        if interpreter.keras.find_application is None:
            raise Refusal(f"{application} is known to Keras alone, which is not asked here.")
        tensor = keywords.get("input_tensor")
        plain: JsonObject = {
            name: _write(interpreter, name, value)
            for name, value in keywords.items()
            if name not in NO_EFFECT
        }
        if isinstance(tensor, Tensor) and isinstance(shape := measure_tensor(interpreter, tensor), tuple):
            plain["input_shape"] = list(shape[1:])
        first = [_write(interpreter, "", value) for value in positional]
        found = interpreter.keras.find_application(application, first, plain)
        if isinstance(found, str):
            raise Refusal(f"Keras would stop here: {found}")
        interpreter.budget.spend(len(found.architecture.nodes))
        model = _grow(interpreter, found.architecture, found.counted)
        interpreter.naming.count_made(found.counted)
        if isinstance(tensor, Tensor):
            interpreter.naming.count_made({write_snake_case(INPUT): -1})
            known = {(id(model.inputs[0].call), 0): tensor}
            model.outputs, model.inputs = regrow(model.outputs, known, lambda layer: layer), (tensor,)
        if isinstance(keywords.get("name"), str):
            model.name = keywords["name"]
        interpreter.models.append(model)
        return model

    return make


def _write(interpreter: Interpreter, name: str, value: Value) -> JsonValue:
    if isinstance(value, list | tuple):
        return [_write(interpreter, name, part) for part in value]
    if isinstance(value, Unknown):
        return interpreter.fill(value, name)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise Refusal(f"As an argument of a model of keras.applications, {spell(value)} is not understood.")


def _grow(interpreter: Interpreter, architecture: Architecture, counted: Mapping[str, int]) -> Functional:
    """The layers and calls of an architecture, as if the code had made them, which counts their names."""
    layers: dict[str, Layer] = {}
    calls: dict[str, Call] = {}
    for node in architecture.nodes:
        name = interpreter.naming.shift_name(node.name, counted)
        layer = layers[node.shares] if node.shares else _make_layer(interpreter, node.kind, name)
        if not node.shares:
            layer.arguments = dict(node.arguments)
            layer.model = None if node.model is None else _grow(interpreter, node.model, counted)
        layers[node.name] = layer
        inbound = tuple(Tensor(calls[source.node], source.output) for source in node.inbound)
        calls[node.name] = Call(layer, inbound, node.call)
    return Functional(
        architecture.name,
        interpreter.line,
        tuple(Tensor(calls[node.name]) for node in architecture.nodes if node.is_input),
        tuple(Tensor(calls[source.node], source.output) for source in architecture.ends),
    )


def _make_layer(interpreter: Interpreter, kind: str, name: str) -> Layer:
    return Layer(find_kind(kind), name, {}, interpreter.line, used=True)


def freeze(model: Model, trainable: bool) -> None:
    """`model.trainable = False`, which applies to all its layers."""
    model.trainable = trainable
    layers = model.layers if not isinstance(model, Functional) else list_called(model)
    for layer in layers:
        freeze_layer(layer, trainable)


def list_called(model: Functional) -> list[Layer]:
    """The layers between a model's inputs and outputs, in the order of their calls."""
    ordered = sorted(list_calls((*model.outputs, *model.inputs)), key=lambda call: call.place)
    return list({id(call.layer): call.layer for call in ordered}.values())


def freeze_layer(layer: Layer, trainable: bool) -> None:
    """`layer.trainable = False`."""
    if layer.model is not None:
        freeze(layer.model, trainable)
    elif layer.kind.argument("trainable") is not None:
        layer.arguments.pop("trainable", None)
        if not trainable:
            layer.arguments["trainable"] = False
