"""`keras.Input`, and inputs that the reader adds itself."""

from app.architecture.catalogue import KINDS
from app.architecture.code.built import Call, Layer, Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.construct import make_layer
from app.architecture.code.values import Value
from app.architecture.spec import INPUT
from app.frozen import JsonObject, Shape


def make_input(
    interpreter: Interpreter,
    shape: Value = None,
    batch_size: Value = None,
    dtype: Value = None,
    sparse: Value = None,
    ragged: Value = None,
    batch_shape: Value = None,
    name: Value = None,
    tensor: Value = None,
    optional: Value = False,
    **old: Value,
) -> Tensor:
    """`keras.Input(...)`: makes an input layer and returns its tensor."""
    given = {
        "shape": shape,
        "batch_size": batch_size,
        "batch_shape": batch_shape,
        "dtype": dtype,
        "name": name,
    }
    return open_input(interpreter, make_layer(interpreter, KINDS[INPUT], {**given, **old}))


def make_tensorflow_input(
    interpreter: Interpreter, dtype: Value = None, shape: Value = None, name: Value = None
) -> Tensor:
    """`tf.placeholder(dtype, shape)` of TensorFlow 1, batch axis included."""
    interpreter.notes.add("old-spelling", interpreter.line, old="tf.placeholder(…)", new="keras.Input(…)")
    return make_input(interpreter, batch_shape=shape, dtype=dtype, name=name)


def open_input(interpreter: Interpreter, layer: Layer) -> Tensor:
    """The tensor of an input layer."""
    call = Call(layer, ())
    layer.used = True
    interpreter.calls.append(call)
    return Tensor(call)


def open_placeholder(interpreter: Interpreter, name: str, shape: Shape, dtype: str | None) -> Tensor:
    """A new input of this shape (batch axis first) and type; None is Keras' default type."""
    arguments: JsonObject = {"batch_shape": list(shape), **({"dtype": dtype} if dtype else {})}
    return open_input(interpreter, Layer(KINDS[INPUT], name, arguments, interpreter.line))
