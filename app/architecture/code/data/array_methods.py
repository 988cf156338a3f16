"""Methods of arrays, which are functions of NumPy on the array."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.array_functions import ELEMENTWISE
from app.architecture.code.data.axes import AXES
from app.architecture.code.data.numpy_functions import array_of, flattened, reshaped, transposed
from app.architecture.code.data.parts import PARTS
from app.architecture.code.data.reductions import REDUCTIONS
from app.architecture.code.values import Value

ARRAY_METHODS: Mapping[str, Callable[..., Value]] = {
    "flatten": flattened,
    "ravel": flattened,
    "reshape": reshaped,
    "transpose": transposed,
    **REDUCTIONS,
    **{name: AXES[name] for name in ("squeeze", "swapaxes")},
    **{name: PARTS[name] for name in ("repeat", "take")},
    **{name: ELEMENTWISE[name] for name in ("clip", "round", "dot")},
    **dict.fromkeys(("as_matrix", "astype", "copy", "to_numpy", "tolist"), array_of),
}
