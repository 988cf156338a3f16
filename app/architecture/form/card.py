"""Card: what the page shows for one node, as values for the templates."""

from app.architecture.form.groups import Group
from app.frozen import Frozen


class Choice(Frozen):
    """A tensor that a card can read."""

    value: str
    label: str
    chosen: bool


class Handed(Frozen):
    """A tensor that a card passes by keyword."""

    label: str
    choices: tuple[Choice, ...]


class AxisField(Frozen):
    """One axis of an input; `size` None is any length."""

    name: str
    size: int | None


class InnerLayer(Group):
    """One layer of a nested model, with its own fields."""

    name: str
    is_input: bool
    axes: tuple[AxisField, ...] = ()


class Card(Group):
    """One node: its arguments, its inputs, and the places it can move to."""

    key: int
    name: str
    is_input: bool
    axes: tuple[AxisField, ...] = ()
    reads: tuple[Choice, ...] = ()
    reads_many: bool = False
    handed: tuple[Handed, ...] = ()
    call: str = ""
    """The keyword arguments of the layer's call, as JSON."""
    called_with: str = ""
    shares: str = ""
    """The name of the layer that is called here again; its arguments are on its own card."""
    shares_key: str = ""
    model: str = ""
    """The nested model, as JSON."""
    inner: tuple[InnerLayer, ...] = ()
    more_inner: int = 0
    can_rise: bool = False
    can_sink: bool = False
    can_leave: bool = False
