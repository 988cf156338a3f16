"""The values that stand for classes that the code defines, and for their instances."""

from dataclasses import dataclass, field

from app.architecture.code.values import Function, Layer, Model, Tensor, Value
from app.frozen import Shape


@dataclass(frozen=True, slots=True, eq=False)
class UserClass:
    """A class that the code defines."""

    name: str
    base: str | None
    """The class of Keras that it extends: Layer, Model, Sequential or a kind of layer."""
    parents: "tuple[UserClass, ...]"
    """The classes of the visitor's that it extends."""
    values: dict[str, Value]
    """Its functions, and what else its body gives a name."""
    is_plain: bool = True
    """Whether it extends nothing but `object` and what is plain."""
    fields: tuple[str, ...] = ()
    """The names that its body annotates: what it is made of, in this order, where it has no `__init__`."""
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
    """What the class of Keras that it extends makes of it, where that is no bare Layer or Model."""
    weights: list[Tensor] = field(default_factory=list)
    """The weights that it makes by hand, and its constants: tensors that no layer gives."""
    layer: Layer | None = None
    """The layer that it is, once it was called."""
    takes: tuple[Shape, ...] = ()
    """The shapes that it was called on."""
    returned: Value = None
    """What its `call` returned when it was walked."""
    built: bool = False
    used: bool = False
    model: Model | None = None
    """The model that it is, where it is no layer of another."""
    loss: str | None = None


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
