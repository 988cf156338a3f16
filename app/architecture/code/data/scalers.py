"""What scikit-learn's scalers and decompositions do to the shape of data, by the names of their classes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.architecture.code.data.numpy_functions import array_of
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Native, Unknown, Value

SCALER = re.compile(r"scal|norm", re.IGNORECASE)
"""How people name scalers that the code does not make."""


@dataclass(frozen=True, slots=True)
class Transformer:
    """An instance of such a class."""

    name: str
    columns: int | None = None
    """The number of columns of what it gives; None if that of what it is given."""


def _make(name: str) -> Callable[..., Transformer]:
    return lambda interpreter, *_, **__: Transformer(name)


def _decompose(name: str) -> Callable[..., Value]:
    def decompose(
        interpreter: Interpreter, n_components: Value = None, *_: Value, **__: Value
    ) -> Transformer | Unknown:
        """Only a whole number of components is the number of columns; a fraction is one of variance."""
        return Transformer(name, n_components) if isinstance(n_components, int) else Unknown(name)

    return decompose


SCALERS: Mapping[str, Native] = {
    **{
        name: Native(name, _make(name))
        for name in (
            "LabelEncoder",
            "MaxAbsScaler",
            "MinMaxScaler",
            "Normalizer",
            "PowerTransformer",
            "QuantileTransformer",
            "RobustScaler",
            "StandardScaler",
        )
    },
    **{name: Native(name, _decompose(name)) for name in ("FastICA", "PCA", "TruncatedSVD")},
}
"""The classes, which people use under these names with and without an import."""


def _fit(interpreter: Interpreter, transformer: Transformer, *_: Value, **__: Value) -> Transformer:
    return transformer


def _transform(
    interpreter: Interpreter, transformer: Transformer, array: Value = None, *_: Value, **__: Value
) -> Value:
    known = array_of(interpreter, array)
    if not isinstance(known, Array) or transformer.columns is None:
        return rescaled(interpreter, transformer, known)
    return Array((*known.shape[:-1], transformer.columns))


def _invert(
    interpreter: Interpreter, transformer: Transformer, array: Value = None, *_: Value, **__: Value
) -> Value:
    if transformer.columns is not None:
        return Unknown(f"{transformer.name}.inverse_transform()")
    return rescaled(interpreter, transformer, array)


def rescaled(interpreter: Interpreter, scaler: Value, array: Value = None, *_: Value, **__: Value) -> Value:
    """`scaler.fit_transform(array)`: other numbers of the same shape."""
    known = array_of(interpreter, array)
    return Array(known.shape) if isinstance(known, Array) else known


TRANSFORMER_METHODS: Mapping[str, Callable[..., Value]] = {
    "fit": _fit,
    "fit_transform": _transform,
    "inverse_transform": _invert,
    "transform": _transform,
}

RESCALING = TRANSFORMER_METHODS.keys() - {"fit"}
"""Methods of scalers that keep the shape. (Encoders have methods of the same names that change it.)"""
