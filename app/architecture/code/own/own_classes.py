"""What a name can stand for where the visitor writes classes."""

from dataclasses import dataclass, field

from app.architecture.code.values import Function, Layer, Model, Tensor, Value
from app.frozen import Shape


@dataclass(frozen=True, slots=True, eq=False)
class UserClass:
    """A `class` of the visitor's."""

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
        """The class that says what the name is: this one, or one that it extends."""
        if name in self.values:
            return self
        return next((found for parent in self.parents if (found := parent.find(name))), None)

    def extends(self, other: "UserClass") -> bool:
        """Whether it is the other class, or one that extends it."""
        return self is other or any(parent.extends(other) for parent in self.parents)


@dataclass(slots=True, eq=False)
class Instance:
    """What a class of the visitor's makes."""

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
    """What a namedtuple of the visitor's makes: a tuple whose elements have the names of its fields."""

    owner: UserClass


@dataclass(frozen=True, slots=True)
class Bound:
    """A function of an instance's class, as it is called: with the instance before the arguments."""

    function: Function
    instance: Instance

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.name


@dataclass(frozen=True, slots=True)
class Super:
    """`super()`: the instance, as the classes see it that its class extends."""

    instance: Instance
    below: UserClass
