"""The values that names in the code can have. Numbers, texts and collections are Python's own."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from app.architecture.catalogue import Kind
from app.frozen import JsonObject, Shape, read_shape

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
    """An array of which only the shape is known."""

    shape: Shape
    counts: bool = field(default=False, compare=False)
    """Whether it holds 0, 1, 2, … along its last axis, and its other axes have size 1."""


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


@dataclass(slots=True, eq=False)
class Layer:
    """A constructed layer. Each call of it makes a Call."""

    kind: Kind
    name: str
    arguments: JsonObject
    line: int
    input_shape: Shape | None = None
    """The shape in `input_shape=` and the like, batch axis first."""
    input_length: int | None = None
    """The number in `Embedding(input_length=)`."""
    open_shape: Unknown | None = None
    """The shape of an input whose number of axes is not known."""
    used: bool = False
    model: "Model | None" = None
    """The model that is used as a layer, where this is one."""
    function: Value = None
    """The function of a Lambda, or the instance in a wrapper."""

    first_call: "Call | None" = None
    """Where it was called first."""

    @property
    def batch_shape(self) -> Shape:
        """The shape of an input layer, batch axis first; () if none is given."""
        return read_shape(self.arguments.get("batch_shape")) or ()


_COUNT = count()


@dataclass(slots=True, eq=False)
class Call:
    """One call of a layer on tensors: a node of the functional graph."""

    layer: Layer
    inbound: "tuple[Tensor, ...]"
    handed: JsonObject = field(default_factory=dict)
    """Its keyword arguments, as a Node has them in `call`."""
    place: int = field(default_factory=_COUNT.__next__)
    """A counter: later calls have greater numbers."""
    shapes: dict[int, Shape] = field(default_factory=dict)
    """The shapes of its outputs, as far as Keras was asked for them."""

    def __post_init__(self) -> None:
        self.layer.first_call = self.layer.first_call or self


TensorKey = tuple[int, int]
"""Tells tensors apart: the id of the call, and the number of the output."""


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """One output of a call."""

    call: Call
    output: int = 0

    @property
    def key(self) -> TensorKey:
        """The same for every Tensor that is this output of this call."""
        return id(self.call), self.output


@dataclass(slots=True, eq=False)
class Sequential:
    """A Sequential model, to which layers may still be added."""

    name: str
    line: int
    layers: list[Layer] = field(default_factory=list)
    assumed: bool = False
    """Whether the reader made it: the code only adds layers to it, or only makes layers."""
    complete: bool = True
    """Whether all of its list of layers is understood; else it has those before the first fault."""
    entrance: Layer | None = None
    """The input layer that the reader adds if the code makes none."""
    branches: "Functional | None" = None
    """The models joined by a `Merge` of Keras 1 at the start of the chain."""
    unrolled: "tuple[int, Functional] | None" = None
    """The chain as a graph, and the number of its layers then."""
    loss: str | None = None
    compiled: bool = False
    fitted: bool = False
    """Whether the code calls its `fit`."""
    variable: str = ""
    """The last name that it was assigned to."""
    trainable: bool = True
    layer: Layer | None = None
    """The model as a layer of others, once it is used as one."""


@dataclass(slots=True, eq=False)
class Functional:
    """A model with input and output tensors."""

    name: str
    line: int
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    loss: str | None = None
    compiled: bool = False
    fitted: bool = False
    """Whether the code calls its `fit`."""
    variable: str = ""
    """The last name that it was assigned to."""
    trainable: bool = True
    layer: Layer | None = None
    """The model as a layer of others, once it is used as one."""
    input_keys: tuple[str, ...] = ()
    output_keys: tuple[str, ...] = ()
    """The keys of the dict of outputs, if the model was made of one."""
    class_name: str = ""
    """The custom class whose `call` it is."""
    called_in: tuple[str, ...] = ()
    """The names of its inputs in the order of its first call."""


Model = Sequential | Functional


@dataclass(frozen=True, slots=True)
class Merged:
    """A `Merge` of Keras 1: the layer that joins the outputs of several models, and these models as one."""

    layer: Layer
    branches: Functional


def as_unknown(value: Value) -> Value:
    """An unknown name of a module as an Unknown; any other value as it is."""
    return Unknown(value.path) if isinstance(value, Namespace) else value


def spell(value: Value) -> str:
    """A few words for a value, for messages."""
    if isinstance(value, Unknown):
        return value.text
    if isinstance(value, Namespace):
        return value.path
    if isinstance(value, Tensor):
        return f"the output of {value.call.layer.name}"
    if isinstance(value, int | float | None):
        return str(value)
    if isinstance(value, str):
        return repr(value[:40])
    return str(getattr(value, "name", "") or f"a {type(value).__name__.lower()}")
