"""The functions of NumPy that are understood, by their names in the module."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.array_functions import ELEMENTWISE
from app.architecture.code.data.axes import AXES
from app.architecture.code.data.joins import JOINS
from app.architecture.code.data.numpy_functions import MAKING
from app.architecture.code.data.parts import PARTS
from app.architecture.code.data.random_numbers import RANDOM
from app.architecture.code.data.reductions import REDUCTIONS
from app.architecture.code.data.tokens import TOKENS
from app.architecture.code.values import Value

NUMPY: Mapping[str, Callable[..., Value]] = {
    **MAKING,
    **AXES,
    **ELEMENTWISE,
    **JOINS,
    **PARTS,
    **REDUCTIONS,
    **TOKENS,
    **{f"random.{name}": function for name, function in RANDOM.items()},
}
