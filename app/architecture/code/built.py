"""Layers, tensors and models that the code builds."""

from dataclasses import dataclass, field
from itertools import count

from app.architecture.catalogue import Kind
from app.architecture.code.values import Namespace, Unknown, Value
from app.frozen import JsonObject, Shape, read_shape


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
    listed: bool | None = None
    """Whether one tensor is passed in a list, if that is not as usual."""
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
    entrance_name: str = ""
    """The name that Keras gave to the input layer that it adds itself, once it has done so."""
    built: bool = False
    """Whether Keras knows what enters it, and has connected its layers."""
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
    counted_name: str = ""
    """The name that Keras gives it, if the code gives none."""
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
    counted_name: str = ""
    """The name that Keras gives it, if the code gives none."""
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


NUMBERS = (int, float, type(None))


def spell(value: Value) -> str:
    """A few words for a value, for messages."""
    if isinstance(value, Unknown):
        return value.text
    if isinstance(value, Namespace):
        return value.path
    if isinstance(value, Tensor):
        return f"the output of {value.call.layer.name}"
    if isinstance(value, NUMBERS):
        return str(value)
    if isinstance(value, str):
        return repr(value[:40])
    return str(getattr(value, "name", "") or f"a {type(value).__name__.lower()}")
