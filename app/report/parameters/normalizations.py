"""Normalization layers: a few numbers per channel, or per weight of the layer inside."""

from collections.abc import Callable
from math import prod

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument
from app.report.arithmetic import Term, number

Shapes = tuple[Shape, ...]


def count_normalized(always: int) -> Callable[[Node, Shapes], Term | None]:
    """`scale` and `center` learn one number per channel each; `always` more are kept per channel."""

    def rule(node: Node, shapes: Shapes) -> Term | None:
        kept = always + bool(argument(node, "scale")) + bool(argument(node, "center"))
        return number(kept).times(number(prod(list_normalized(node, shapes[0]))))

    return rule


def list_normalized(node: Node, shape: Shape) -> tuple[int, ...]:
    """The sizes of the axes in `axis`."""
    axis = argument(node, "axis")
    places = axis if isinstance(axis, list) else [axis]
    return tuple(shape[place] or 0 for place in places if isinstance(place, int))
