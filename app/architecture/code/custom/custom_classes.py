"""The values that stand for classes that the code defines, and for their instances."""

from dataclasses import dataclass, field

from app.architecture.code.built import Layer, Model, Tensor
from app.architecture.code.values import Function, Value
from app.frozen import Shape


@dataclass(frozen=True, slots=True, eq=False)
class UserClass:
    """A class that the code defines."""

    name: str
    base: str | None
    """The Keras class that it extends: Layer, Model, Sequential or a kind of layer."""
    parents: "tuple[UserClass, ...]"
    """The base classes that the code itself defines."""
    values: dict[str, Value]
    """Its methods and class attributes."""
    is_plain: bool = True
    """Whether it is a plain Python class, as all its base classes are."""
    fields: tuple[str, ...] = ()
    """The annotated fields, which are the arguments if it has no `__init__`."""
    is_tuple: bool = False
    """Whether it is a namedtuple."""

    def find(self, name: str) -> "UserClass | None":
        """The class that defines the attribute: this one or a base class; None if none does."""
        if name in self.values:
            return self
        return next((found for parent in self.parents if (found := parent.find(name))), None)

    def extends(self, other: "UserClass") -> bool:
        """Whether it is `other`, or a subclass of it."""
        return self is other or any(parent.extends(other) for parent in self.parents)


@dataclass(slots=True, eq=False)
class Instance:
    """An instance of a class that the code defines."""

    owner: UserClass
    line: int
    name: str = ""
    attributes: dict[str, Value] = field(default_factory=dict)
    base: Layer | Model | None = None
    """What its Keras base class makes of it, unless that is just Layer or Model."""
    weights: list[Tensor] = field(default_factory=list)
    """The weights made by add_weight, and constants: tensors that no layer gives."""
    layer: Layer | None = None
    """The layer that stands for it, once it was called."""
    takes: tuple[Shape, ...] = ()
    """The input shapes of its last call."""
    returned: Value = None
    """What its `call` returned when it was walked."""
    built: bool = False
    used: bool = False
    model: Model | None = None
    """The model that it is, if it is not part of another."""
    loss: str | None = None
    compiled: bool = False
    fitted: bool = False
    told: dict[str, Value] = field(default_factory=dict)
    """What it hands to the base class by name, such as `input_shape`."""


class NamedTuple(tuple[Value, ...]):
    """An instance of a namedtuple: a tuple whose elements have names."""

    owner: UserClass


@dataclass(frozen=True, slots=True)
class Bound:
    """A method bound to its instance."""

    function: Function
    instance: Instance

    @property
    def name(self) -> str:
        """The method's name."""
        return self.function.name


@dataclass(frozen=True, slots=True)
class Super:
    """`super()`: the instance, seen through its base classes."""

    instance: Instance
    below: UserClass
