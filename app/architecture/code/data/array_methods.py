"""Methods of arrays, which are functions of NumPy on the array."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.array_functions import ELEMENTWISE
from app.architecture.code.data.axes import AXES
from app.architecture.code.data.numpy_functions import array_of, flattened, reshaped, transposed
from app.architecture.code.data.parts import PARTS
from app.architecture.code.data.reductions import REDUCTIONS
from app.architecture.code.data.tables import TABLE_METHODS
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Value


def _along_rows(reduce: Callable[..., Value]) -> Callable[..., Value]:
    """The method of a reduction: of a table, it is the one of each column if no axis is said."""

    def method(
        interpreter: Interpreter, array: Array, axis: Value = None, *rest: Value, **named: Value
    ) -> Value:
        each = axis is None and array.columns is not None
        return reduce(interpreter, array, 0 if each else axis, *rest, **named)

    return method


ARRAY_METHODS: Mapping[str, Callable[..., Value]] = {
    "flatten": flattened,
    "ravel": flattened,
    "reshape": reshaped,
    "transpose": transposed,
    **TABLE_METHODS,
    **{name: _along_rows(function) for name, function in REDUCTIONS.items()},
    **{name: AXES[name] for name in ("squeeze", "swapaxes")},
    **{name: PARTS[name] for name in ("repeat", "take")},
    **{name: ELEMENTWISE[name] for name in ("clip", "round", "dot")},
    **dict.fromkeys(("as_matrix", "astype", "copy", "to_numpy", "tolist"), array_of),
}
