"""`keras.datasets.<name>.load_data()`: arrays of the shapes in Keras' documentation."""

from collections.abc import Callable, Mapping

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Unknown, Value
from app.frozen import Shape

ROWS: Mapping[str, Shape] = {
    "boston_housing": (13,),
    "california_housing": (8,),
    "cifar10": (32, 32, 3),
    "cifar100": (32, 32, 3),
    "fashion_mnist": (28, 28),
    "mnist": (28, 28),
}
"""The shape of one row, for datasets whose rows have one shape."""


def _load(row: Shape) -> Callable[..., Value]:
    def load(interpreter: Interpreter, *_: Value, **__: Value) -> Value:
        # Nothing needs the number of rows, and a loop over all of them would be long.
        part = Array((None, *row)), Unknown("labels")
        return part, part

    return load


SAMPLE_DATA: Mapping[str, Callable[..., Value]] = {
    f"keras.datasets.{name}.load_data": _load(row) for name, row in ROWS.items()
}
