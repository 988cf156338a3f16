"""Functions that make a tensor from a shape: zeros, random numbers and their like."""

from collections.abc import Callable, Mapping

from app.architecture.catalogue import OBJECTS
from app.architecture.code.built import Layer, Tensor
from app.architecture.code.data.numpy_functions import array_of, expanded, filled, keep, make_range
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.inputs import open_placeholder
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import ActivationFunction, Array, Native, Value
from app.architecture.outputs import STATES
from app.frozen import read_shape

SHAPED: Mapping[str, tuple[str, ...]] = {
    "keras.backend": (
        "ones",
        "random_binomial",
        "random_normal",
        "random_normal_variable",
        "random_uniform",
        "random_uniform_variable",
        "truncated_normal",
        "zeros",
    ),
    "keras.ops": ("full", "ones", "zeros"),
    "keras.random": ("gamma", "normal", "randint", "truncated_normal", "uniform"),
    "tensorflow": ("fill", "ones", "random_normal", "random_uniform", "truncated_normal", "zeros"),
    "tensorflow.random": ("gamma", "normal", "stateless_normal", "truncated_normal", "uniform"),
}
"""Functions that take a shape first, by module."""


def _measure_axes(interpreter: Interpreter, tensor: Value) -> Value:
    shape = measure_tensor(interpreter, tensor) if isinstance(tensor, Tensor) else None
    return len(shape) if isinstance(shape, tuple) else shape


def _identity_matrix(interpreter: Interpreter, rows: Value, columns: Value = None, **_: Value) -> Array:
    return filled(interpreter, (rows, rows if columns is None else columns))


def _make_variable(
    interpreter: Interpreter, value: Value = None, *_: Value, initial_value: Value = None, **given: Value
) -> Value:
    """A weight inside a custom class: a tensor that no layer gives. Outside of classes it is data."""
    if value is None:
        value = given.get("initializer") if initial_value is None else initial_value
    known = filled(interpreter, given["shape"]) if "shape" in given else array_of(interpreter, value)
    if isinstance(known, Array) and interpreter.scope.find("__class__"):
        return open_placeholder(interpreter, interpreter.naming.make_name("Variable"), known.shape, None)
    return known


def make_initial_state(interpreter: Interpreter, layer: Layer, *_: Value, **__: Value) -> Value:
    """`lstm.get_initial_state(…)`: zeros, one array for each state."""
    units = read_shape([layer.arguments.get("units")]) or (None,)
    states = [Array((None, *units)) for _ in range(STATES[layer.kind.name])]
    return states if len(states) > 1 else states[0]


def _get_activation(interpreter: Interpreter, identifier: Value) -> Value:
    """`keras.activations.get(…)`: a name gives the function of that name."""
    return ActivationFunction(identifier) if isinstance(identifier, str) else identifier


def _make_initializer(interpreter: Interpreter, *_: Value, **__: Value) -> Native:
    """An initializer: called on a shape, it returns an array of that shape."""
    return Native("initializer", filled)


def make_object(name: str) -> Callable[..., Value]:
    """The function that reads `HeNormal(…)`, `L2(…)`, `MaxNorm(…)`, of which the parameters alone matter."""
    parameters = OBJECTS[name]

    def make(interpreter: Interpreter, *positional: Value, **keywords: Value) -> Native:
        if len(positional) > len(parameters):
            raise Refusal(
                f"Python would stop here with TypeError: {name} takes {len(parameters)} arguments, "
                f"{len(positional)} were given."
            )
        if strange := next((word for word in keywords if word not in parameters), None):
            raise Refusal(
                f"Python would stop here with TypeError: {name} got an unexpected keyword argument "
                f"{strange!r}. It takes {', '.join(parameters) or 'none'}."
            )
        return _make_initializer(interpreter)

    return make


def _smallest(interpreter: Interpreter) -> float:
    return 1e-7


def _default_type(interpreter: Interpreter) -> str:
    return "float32"


MAKERS: Mapping[str, Callable[..., Value]] = {
    **{f"{module}.{name}": filled for module, names in SHAPED.items() for name in names},
    **dict.fromkeys(("keras.backend.arange", "keras.ops.arange", "tensorflow.range"), make_range),
    **dict.fromkeys(
        ("keras.backend.expand_dims", "keras.ops.expand_dims", "tensorflow.expand_dims"), expanded
    ),
    **dict.fromkeys(("keras.backend.constant", "tensorflow.constant"), array_of),
    **dict.fromkeys(("keras.ops.convert_to_tensor", "tensorflow.convert_to_tensor"), array_of),
    **dict.fromkeys(("keras.Variable", "keras.backend.variable", "tensorflow.Variable"), _make_variable),
    **dict.fromkeys(("keras.backend.eye", "keras.ops.eye", "tensorflow.eye"), _identity_matrix),
    "keras.backend.cast_to_floatx": keep,
}
"""Functions on data only; one of the same name on a layer's output is an operation."""

INITIALIZERS = (
    "glorot_uniform",
    "ones",
    "orthogonal",
    "random_normal",
    "random_uniform",
    "truncated_normal",
    "zeros",
)

ABOUT: Mapping[str, Callable[..., Value]] = {
    **{f"tensorflow.{name}_initializer": _make_initializer for name in INITIALIZERS},
    "keras.activations.get": _get_activation,
    "keras.initializers.get": _make_initializer,
    "keras.backend.epsilon": _smallest,
    "keras.backend.floatx": _default_type,
    "keras.backend.ndim": _measure_axes,
    "keras.config.epsilon": _smallest,
    "keras.config.floatx": _default_type,
    "keras.ops.ndim": _measure_axes,
    "tensorflow.rank": _measure_axes,
}
"""Functions that tell something about a tensor or about Keras, and those that make weights."""
