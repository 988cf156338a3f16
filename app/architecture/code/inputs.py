"""keras.Input."""

from app.architecture.catalogue import KINDS
from app.architecture.code.construct import make_layer
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.refusal import Refusal
from app.architecture.code.shapes import read_shape
from app.architecture.code.values import Call, Layer, Namespace, Tensor, Unknown, Value
from app.architecture.spec import INPUT
from app.frozen import Shape


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
    """`keras.Input(...)`: an input layer, and the tensor it gives."""
    given = {
        "shape": shape,
        "batch_size": batch_size,
        "batch_shape": batch_shape,
        "dtype": dtype,
        "name": name,
    }
    return open_input(
        interpreter, make_layer(interpreter, KINDS[INPUT], settle_shape(interpreter, {**given, **old}))
    )


def settle_shape(interpreter: Interpreter, given: dict[str, Value]) -> dict[str, Value]:
    """The arguments of an input with one `batch_shape` in the place of all ways to say it."""
    rest = dict(given)
    shape = next(
        (found for key in ("shape", "input_shape") if (found := rest.pop(key, None)) is not None), None
    )
    whole = [rest.pop(key, None) for key in ("batch_shape", "batch_input_shape")]
    batch_shape = next((found for found in whole if found is not None), None)
    batch_size = rest.pop("batch_size", None)
    if batch_shape is not None:
        sizes: Shape = read_shape(interpreter, batch_shape)
    elif shape is not None:
        batch = read_shape(interpreter, batch_size)[0] if isinstance(batch_size, Unknown) else batch_size
        sizes = (batch, *read_shape(interpreter, shape))
    else:
        raise Refusal("Keras would stop here: an Input needs a `shape`.")
    dtype = rest.get("dtype")
    if isinstance(dtype, Namespace):
        # tf.int32, np.float32: the last part is the type's name.
        rest["dtype"] = dtype.path.rpartition(".")[2]
    return {**rest, "batch_shape": sizes}


def open_input(interpreter: Interpreter, layer: Layer) -> Tensor:
    """The tensor that an input layer gives."""
    call = Call(layer, ())
    layer.used = True
    interpreter.calls.append(call)
    return Tensor(call)
