"""Dtype policies: dtypes that the code sets for all layers, or for single ones."""

from collections.abc import Mapping

from app.architecture.catalogue import Kind
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.values import Namespace, Value
from app.architecture.spec import INPUT

POLICIES = ("DTypePolicy", "Policy")
"""Dtype policy classes of keras and keras.mixed_precision, current and older ones."""

SETTERS = ("set_dtype_policy", "set_global_policy", "set_policy")
"""Functions of keras.config and keras.mixed_precision that set the dtype, current and older ones."""


def read_policy(interpreter: Interpreter, function: Namespace, arguments: Arguments) -> str | None:
    """The dtype in a call that makes a dtype policy, or sets one for all later layers.

    None if the call does neither, or the dtype is not known.
    """
    name = function.path.rpartition(".")[2]
    given = next(iter((*arguments.positional, *arguments.keywords.values())), None)
    if not isinstance(given, str):
        return None
    if name in SETTERS:
        interpreter.default_types["layers"] = given
    elif name == "set_floatx":
        interpreter.default_types |= {"layers": given, "inputs": given}
    elif name not in POLICIES:
        return None
    return given


WITHOUT_POLICY = frozenset({INPUT, "Hashing"})
"""Kinds that use `floatx` as their default dtype."""

COUNTS = frozenset({"HashedCrossing", "Hashing"})
"""Kinds that return hash numbers, whose default is an integer dtype."""


def choose_type(interpreter: Interpreter, kind: Kind, given: Mapping[str, Value]) -> str | None:
    """The dtype that the code has set for such a layer; None for Keras' default."""
    if kind.name in COUNTS and given.get("output_mode", "int") == "int":
        return None
    return interpreter.default_types.get("inputs" if kind.name in WITHOUT_POLICY else "layers")


def name_type(value: Value) -> Value:
    """The name of a dtype such as `tf.float32` or `np.float32`; any other value as it is."""
    return value.path.rpartition(".")[2] if isinstance(value, Namespace) else value
