"""Arrays of random numbers, by the shapes that NumPy draws."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.numpy_functions import array_of, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Namespace, Unknown, Value


def drawn(interpreter: Interpreter, *sizes: Value) -> Array:
    """`np.random.rand(*sizes)`."""
    return Array(read_sizes(interpreter, sizes))


def sampled(interpreter: Interpreter, *values: Value, size: Value = None, **_: Value) -> Value:
    """`np.random.normal(…, size=…)`, `randint`, `uniform` and so on; the third argument may be the size."""
    if size is None and values and (len(values) > 2 or isinstance(values[-1], tuple | list)):
        size = values[-1]
    return Unknown("a random number") if size is None else Array(read_sizes(interpreter, size))


def sampled_first(interpreter: Interpreter, size: Value = None) -> Value:
    """`np.random.random(size)`."""
    return sampled(interpreter, size=size)


def shuffled(interpreter: Interpreter, array: Value) -> Value:
    """`np.random.permutation(array)`; of a number, that many numbers."""
    return Array((array,)) if isinstance(array, int) else array_of(interpreter, array)


def drawn_from(interpreter: Interpreter, choices: Value, size: Value = None, *_: Value, **__: Value) -> Value:
    """`np.random.choice(choices, size)`."""
    return sampled(interpreter, size=size)


def seeded(interpreter: Interpreter, *_: Value, **__: Value) -> Namespace:
    """`np.random.default_rng(seed)`: its methods are the functions of the module."""
    return Namespace("numpy.random")


DISTRIBUTIONS = (
    *("beta", "binomial", "exponential", "gamma", "integers", "laplace", "lognormal", "normal", "poisson"),
    *("randint", "uniform"),
)

RANDOM: Mapping[str, Callable[..., Value]] = {
    "choice": drawn_from,
    "default_rng": seeded,
    "permutation": shuffled,
    "rand": drawn,
    "randn": drawn,
    "RandomState": seeded,
    **dict.fromkeys(("random", "random_sample", "standard_normal"), sampled_first),
    **dict.fromkeys(DISTRIBUTIONS, sampled),
}
"""Functions of `numpy.random`."""
