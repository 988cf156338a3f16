"""Calling layers on tensors: the functional graph grows by one node."""

from app.architecture.code.arguments import Arguments
from app.architecture.code.containers import iterate
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Array, Call, Layer, Model, Namespace, Tensor, Unknown, Value, spell
from app.architecture.outputs import count_outputs
from app.architecture.spec import INPUT

NO_EFFECT = frozenset({"training", "mask", "use_causal_mask"})
"""Arguments of a call that change no shape, unless they are tensors."""

ATTENDED = ("query", "value", "key")
"""What attention may be given by name, in the order in which it takes them."""


def call_layer(interpreter: Interpreter, layer: Layer, arguments: Arguments) -> Value:
    """`layer(inputs)`: a Tensor, or a list where the layer gives several; Unknown where it is given data."""
    keywords = dict(arguments.keywords)
    positional = arguments.positional or [keywords.pop("inputs", None)]
    if layer.kind.call == "positional":
        named = [keywords.pop(name) for name in ATTENDED if name in keywords]
        positional = [[*(value for value in positional if value is not None), *named]]
    strange = next((name for name, value in keywords.items() if name not in NO_EFFECT or holds(value)), None)
    if strange is not None:
        raise Refusal(f"`{strange}=` in the call of {layer.kind.name} is not understood yet.")
    if any(holds(value) for value in positional[1:]):
        raise Refusal(
            f"{layer.kind.name} is called on several values at once, which is not understood. "
            "Layers that merge take one list: `layers.Concatenate()([a, b])`."
        )
    inputs = read_tensors(interpreter, positional[0])
    layer.used = True
    if inputs is None:
        if isinstance(positional[0], Unknown) and positional[0].text.isidentifier():
            raise Refusal(
                f"`{positional[0].text}` is not set in this code. "
                f"Begin with `{positional[0].text} = keras.Input(shape=(…))`."
            )
        return Unknown(f"data from {layer.name}")
    if layer.kind.name == INPUT:
        raise Refusal("An input layer cannot be called.")
    call = Call(layer, inputs)
    interpreter.calls.append(call)
    outputs = [Tensor(call, at) for at in range(count_outputs(layer.kind.name, layer.arguments))]
    return outputs if len(outputs) > 1 else outputs[0]


def holds(value: Value) -> bool:
    """Whether a value is a tensor, or a list with one in it."""
    return Arguments([value]).tensor is not None


def read_tensors(interpreter: Interpreter, value: Value) -> tuple[Tensor, ...] | None:
    """The tensors in a tensor, list, tuple or dict; None where the value is data."""
    if isinstance(value, Tensor):
        return (value,)
    if isinstance(value, Array | Unknown | Namespace):
        return None
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        parts = list(iterate(value, interpreter.budget))
        if parts and all(isinstance(part, Tensor) for part in parts):
            return tuple(parts)
        if not holds(parts):
            return None
    if isinstance(value, Layer):
        raise Refusal(
            "Keras would stop here: a layer is called on tensors, not on another layer. Call that one first."
        )
    raise Refusal(f"A layer is called on tensors here, and {spell(value)} is none.")


def call_model(interpreter: Interpreter, model: Model, arguments: Arguments) -> Unknown:
    """`model(data)`: no effect. A model called on a layer's output is nested, which is not understood yet."""
    if arguments.tensor is not None:
        raise Refusal("A model inside a model is not understood yet. Write its layers out instead.")
    interpreter.fed += [value for value in arguments.positional[:1] if isinstance(value, Array)]
    return Unknown(f"data from {model.name}")
