"""The values that names in the code can have. Numbers, texts and collections are Python's own."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.architecture.sequences import Sequences
from app.frozen import Shape

Value = Any
"""Any of the classes below, or a plain value of Python: a number, a text, a collection, None."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that the code does not say: data from a file, a name never set. `text` is its spelling."""

    text: str
    operation: "tuple[Callable[..., Value], tuple[Value, ...]] | None" = field(default=None, compare=False)
    """How it is computed: for `vocab_size + 1` a sum, of `vocab_size` and 1. None for a hole."""
    sizes: Shape = field(default=(), compare=False)
    """Its first sizes, where it is data of which no more is known: (60,) for `data[i:i + 60]`."""
    usual: int | None = field(default=None, compare=False)
    """The number it most likely is, or its number of elements, if the code hints at it."""

    @property
    def is_named(self) -> bool:
        """Whether it depends on names only, which the visitor can be asked for."""
        if self.operation is None:
            return self.text.isidentifier()
        return all(not isinstance(part, Unknown) or part.is_named for part in self.operation[1])


MAX_SPELLING = 80
"""A longer spelling is cut off, and how it is computed is then forgotten."""


def unknown_result(text: str, function: "Callable[..., Value]", *parts: "Value") -> Unknown:
    """The result of `function` on parts of which some are unknown; computed once those are given values."""
    if len(text) > MAX_SPELLING:
        return Unknown(text[:MAX_SPELLING])
    return Unknown(text, (function, parts))


@dataclass(frozen=True, slots=True)
class Lost:
    """The value of a name set on a line that was not understood. What depends on it is lost too, silently."""


@dataclass(frozen=True, slots=True)
class Array:
    """An array of which the shape is known, and seldom more."""

    shape: Shape
    counts: bool = field(default=False, compare=False)
    """Whether it holds 0, 1, 2, … along its last axis, and its other axes have size 1."""
    tokens: Sequences | None = field(default=None, compare=False)
    """The numbers, where these are whole numbers that the code itself has."""
    columns: tuple[str, ...] | None = field(default=None, compare=False)
    """The names of the columns, if it is a table of pandas and they are known."""


class ColumnNames(list[str]):
    """The names of a table's columns, of which several can be chosen at once."""


class NumpyInteger(int):
    """An integer that NumPy computed, which many layers of Keras 3 do not take for one."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A tf.data dataset; `element` is the value of the loop variable in a loop over it."""

    element: Value


@dataclass(frozen=True, slots=True)
class Namespace:
    """A module, or a name in a module, by its full path. Calls of unknown ones have no effect."""

    path: str


@dataclass(frozen=True, slots=True)
class ActivationFunction:
    """`tf.nn.relu`, `keras.activations.relu` and their like."""

    name: str


@dataclass(frozen=True, slots=True)
class LayerClass:
    """A layer class by its name in the code; the kind is looked up when it is called."""

    name: str


@dataclass(frozen=True, slots=True)
class Native:
    """A function that the reader implements: called with the interpreter, then the arguments."""

    name: str
    function: Callable[..., Value]
    on_data: bool = False
    """Whether it works on data only, never on a layer's output."""


@dataclass(frozen=True, slots=True)
class Method:
    """A method that the reader implements: called with the interpreter, the owner, then the arguments."""

    name: str
    owner: Value
    function: Callable[..., Value]


@dataclass(slots=True)
class Scope:
    """Names with their values; other names are looked up in the scope around."""

    around: "Scope | None" = None
    values: dict[str, Value] = field(default_factory=dict)
    elsewhere: dict[str, "Scope"] = field(default_factory=dict)
    """Names declared `global` or `nonlocal`, with the scope they belong to."""

    def find(self, name: str) -> "Scope | None":
        """The nearest scope that has the name; None if there is none."""
        scope: Scope | None = self
        while scope is not None and name not in scope.values:
            scope = scope.around
        return scope

    def set(self, name: str, value: Value) -> None:
        """Set the name here, or in the scope that `global` or `nonlocal` declared."""
        self.elsewhere.get(name, self).values[name] = value


@dataclass(frozen=True, slots=True)
class Function:
    """A `def` or `lambda` in the code."""

    name: str
    parameters: ast.arguments
    body: tuple[ast.stmt, ...] | ast.expr
    scope: Scope
    defaults: tuple[Value, ...]
    keyword_defaults: tuple[Value | None, ...]
    yields: bool
    decorators: tuple[str, ...] = ()
    """The names of its decorators, such as `property`."""


@dataclass(frozen=True, slots=True)
class Lazy:
    """The result of zip, enumerate and the like: an iterator over values."""

    elements: Iterator[Value]


def as_unknown(value: Value) -> Value:
    """An unknown name of a module as an Unknown; any other value as it is."""
    return Unknown(value.path) if isinstance(value, Namespace) else value
