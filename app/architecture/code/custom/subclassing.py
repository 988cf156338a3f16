"""Custom layers: their `call` is walked on fresh inputs, which gives a model that is used as a layer."""

from app.architecture.catalogue import find_kind
from app.architecture.code.built import Call, Functional, Layer, Tensor, TensorKey
from app.architecture.code.custom.classes import call_bound
from app.architecture.code.custom.custom_classes import Bound, Instance
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.graph import call_layer, call_model, make_call
from app.architecture.code.layers.inputs import open_placeholder
from app.architecture.code.layers.measuring import find_type, measure_tensor
from app.architecture.code.layers.shapes import read_shape
from app.architecture.code.layers.tensors import list_tensors, replace_tensors
from app.architecture.code.origins import list_calls
from app.architecture.code.python.functions import list_required
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Function, Unknown, Value
from app.architecture.spec import INPUT, OPAQUE
from app.frozen import JsonObject, Shape
from app.problems import ArchitectureError, CodeError, CodeTooComplex

GIVEN_BY_KERAS_2 = frozenset({"mask", "training"})

MOST_NAMED = 4
"""Further weights are not named in the note."""


def call_instance(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> Value:
    """`instance(inputs)`: what its `call` returns, as outputs of one layer that holds the layers inside."""
    tensors = list_tensors([arguments.positional, arguments.keywords])
    if not instance.owner.base:
        return _call_plain(interpreter, instance, arguments)
    if not tensors:
        return Unknown(f"data from {instance.name}")
    instance.used = True
    if find_call(instance) is None:
        return _call_base(interpreter, instance, arguments)
    shapes = [measure_tensor(interpreter, tensor) for tensor in tensors]
    if any(isinstance(shape, Unknown) for shape in shapes):
        return make_call(interpreter, _make_opaque(interpreter, instance), tensors, {}, 1)
    if instance.layer is None or instance.takes != tuple(shapes):
        known, returned = instance.layer and instance.layer.model, instance.returned
        entering = _merge_shapes(instance.takes, tuple(shapes))
        instance.takes = tuple(shapes)
        _walk(interpreter, instance, arguments, tensors, entering)
        if known and instance.layer and _fails(interpreter, instance.returned):
            # The weights made in its first call fit no other size.
            instance.layer.model, instance.returned = known, returned
    assert instance.layer is not None
    inner = list_tensors([instance.returned])
    given = make_call(interpreter, instance.layer, tensors, {}, max(len(inner), 1))
    outer = given if isinstance(given, list) else [given]
    if not inner:
        return outer[0]
    return replace_tensors(instance.returned, {old.key: new for old, new in zip(inner, outer, strict=True)})


def _fails(interpreter: Interpreter, returned: Value) -> bool:
    """Whether Keras refuses the layers that made these tensors."""
    tensors = list_tensors(returned) if interpreter.keras.measure else []
    return any(isinstance(measure_tensor(interpreter, tensor), Unknown) for tensor in tensors)


def _call_plain(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> Value:
    home = instance.owner.find("__call__")
    if home is None:
        raise Refusal(f"Python would stop here: {instance.owner.name} has no `__call__`.")
    return call_bound(interpreter, Bound(home.values["__call__"], instance), arguments)


def _call_base(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> Value:
    if isinstance(instance.base, Layer):
        return call_layer(interpreter, instance.base, arguments)
    if instance.base is not None:
        return call_model(interpreter, instance.base, arguments)
    raise Refusal(f"Keras would stop here: {instance.owner.name} has no `call`.")


def find_call(instance: Instance) -> Function | None:
    """The custom `call` method; None if there is none."""
    home = instance.owner.find("call")
    found = home.values["call"] if home else None
    return found if isinstance(found, Function) else None


def _merge_shapes(before: tuple[Shape, ...], now: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """One input shape for two calls of a layer: sizes that differ become None."""
    if [len(shape) for shape in before] != [len(shape) for shape in now]:
        return now
    return tuple(
        tuple(one if one == other else None for one, other in zip(*pair, strict=True))
        for pair in zip(before, now, strict=True)
    )


def _walk(
    interpreter: Interpreter,
    instance: Instance,
    arguments: Arguments,
    tensors: list[Tensor],
    shapes: tuple[Shape, ...],
) -> None:
    """Set the instance's layer: what its `build` and `call` make of inputs of these shapes.

    Where that is not understood, or makes weights of its own, the layer is opaque.
    """
    try:
        with interpreter.aside() as calls:
            names = _name_inputs(instance, arguments, tensors)
            entering = [
                open_placeholder(interpreter, name, shape, find_type(tensor))
                for name, shape, tensor in zip(names, shapes, tensors, strict=True)
            ]
            build(interpreter, instance, arguments, shapes)
            instance.returned = _call_on(interpreter, instance, arguments, tensors, entering)
            leaving = list_tensors(instance.returned)
            if not leaving:
                raise Refusal("It gives nothing that layers made.")
            _rename(entering, calls)
            if weights := _find_weights(leaving, entering):
                shape = measure_tensor(interpreter, leaving[0])
                reason = f"It makes weights or constants of its own, {weights}."
                instance.layer = _make_opaque(interpreter, instance, shape, reason)
                return
            model = Functional(
                instance.name,
                instance.line,
                tuple(entering),
                tuple(leaving),
                class_name=instance.owner.name,
            )
            interpreter.assemble(model)
    except CodeTooComplex:
        raise
    except (Refusal, CodeError, ArchitectureError) as error:
        shape = _ask_class(interpreter, instance, arguments, shapes)
        instance.layer = _make_opaque(interpreter, instance, shape, error.detail)
        instance.returned = None
        return
    if instance.layer is None or instance.layer.model is None:
        instance.layer = Layer(
            kind=find_kind("Functional"), name=instance.name, arguments={}, line=interpreter.line, used=True
        )
    instance.layer.model = model
    model.layer = instance.layer


def _ask_class(
    interpreter: Interpreter, instance: Instance, arguments: Arguments, shapes: tuple[Shape, ...]
) -> Value:
    """What the class' `compute_output_shape` returns; None if it has none, or that is not understood."""
    home = instance.owner.find("compute_output_shape")
    if home is None:
        return None
    several = isinstance(next(iter(arguments.positional), None), list | tuple)
    try:
        with interpreter.aside():
            bound = Bound(home.values["compute_output_shape"], instance)
            returned = call_bound(interpreter, bound, Arguments([list(shapes) if several else shapes[0]]))
            return read_shape(interpreter, returned)
    except CodeTooComplex:
        raise
    except (Refusal, CodeError, ArchitectureError):
        return None


def _call_on(
    interpreter: Interpreter,
    instance: Instance,
    arguments: Arguments,
    tensors: list[Tensor],
    entering: list[Tensor],
) -> Value:
    """What `call` returns for the same arguments with fresh inputs in the place of `tensors`."""
    fresh = {old.key: new for old, new in zip(tensors, entering, strict=True)}
    positional = replace_tensors(arguments.positional, fresh)
    keywords = replace_tensors(arguments.keywords, fresh)
    return call_own(interpreter, instance, Arguments(positional, keywords))


def call_own(interpreter: Interpreter, instance: Instance, arguments: Arguments) -> Value:
    """Walk `instance.call(...)`."""
    function = find_call(instance)
    if function is None:
        raise Refusal(f"Keras would stop here: {instance.owner.name} has no `call`.")
    keywords = {**_fill_in(interpreter, function, arguments), **arguments.keywords}
    return call_bound(interpreter, Bound(function, instance), Arguments(arguments.positional, keywords))


def _fill_in(interpreter: Interpreter, function: Function, arguments: Arguments) -> dict[str, Value]:
    """`training` and `mask` for a `call` that has no default for them: Keras 2 passed them by itself."""
    missing = list_required(function)[1 + len(arguments.positional) :]
    filled = [name for name in missing if name in GIVEN_BY_KERAS_2 and name not in arguments.keywords]
    for name in filled:
        interpreter.notes.add(
            "old-spelling", interpreter.line, old=f"call(…, {name})", new=f"call(…, {name}=None)"
        )
    return dict.fromkeys(filled)


def build(
    interpreter: Interpreter, instance: Instance, arguments: Arguments, shapes: tuple[Shape, ...]
) -> None:
    """Walk `instance.build(input_shape)`, the first time only."""
    home = instance.owner.find("build")
    if home is None or instance.built:
        return
    instance.built = True
    several = isinstance(next(iter(arguments.positional), None), list | tuple)
    given = list(shapes) if several else shapes[0]
    call_bound(interpreter, Bound(home.values["build"], instance), Arguments([given]))


def _name_inputs(instance: Instance, arguments: Arguments, tensors: list[Tensor]) -> list[str]:
    """A name for each tensor: the parameter that takes it, numbered if that takes several."""
    function = find_call(instance)
    parameters = [parameter.arg for parameter in function.parameters.args[1:]] if function else []
    names: dict[TensorKey, str] = {}
    pairs = [*zip(parameters, arguments.positional, strict=False), *arguments.keywords.items()]
    for parameter, value in pairs:
        inside = list_tensors(value)
        for place, tensor in enumerate(inside, 1):
            names.setdefault(tensor.key, parameter if len(inside) == 1 else f"{parameter}_{place}")
    return [names.get(tensor.key, f"input_{place}") for place, tensor in enumerate(tensors, 1)]


def _rename(entering: list[Tensor], calls: list[Call]) -> None:
    """Give inputs names that differ from those of the layers after them."""
    inputs = [tensor.call.layer for tensor in entering]
    taken = {call.layer.name for call in calls if call.layer not in inputs}
    for layer in inputs:
        while layer.name in taken:
            layer.name += "_"
        taken.add(layer.name)


def _find_weights(leaving: list[Tensor], entering: list[Tensor]) -> str:
    """The names and shapes of the weights and constants, which are inputs that are not in `entering`."""
    known = {id(tensor.call) for tensor in entering}
    calls = (call for call in list_calls(leaving) if id(call) not in known)
    weights = [call.layer for call in calls if call.layer.kind.name == INPUT]
    return ", ".join(f"{layer.name} {layer.batch_shape}" for layer in weights[:MOST_NAMED])


def _make_opaque(
    interpreter: Interpreter, instance: Instance, shape: Value = None, reason: str = ""
) -> Layer:
    declared: JsonObject = {"class_name": instance.owner.name}
    if isinstance(shape, tuple):
        declared["output_shape"] = list(shape)
    if reason:
        interpreter.notes.add(
            "class-not-walked", instance.line, instance.name, name=instance.owner.name, reason=reason
        )
    return Layer(find_kind(OPAQUE), instance.name, declared, instance.line, used=True)


def add_weight(interpreter: Interpreter, instance: Instance, *positional: Value, **named: Value) -> Tensor:
    """`self.add_weight(shape=…)`: a tensor of this shape that no layer gives. Its name may come first."""
    first = ("name", "shape") if positional and isinstance(positional[0], str) else ("shape",)
    given = dict(zip(first, positional, strict=False)) | named
    shape, name = given.get("shape"), given.get("name")
    sizes = read_shape(interpreter, shape) if shape is not None else ()
    label = name if isinstance(name, str) and name else f"weight_{len(instance.weights) + 1}"
    weight = open_placeholder(interpreter, label, sizes, None)
    instance.weights.append(weight)
    return weight
