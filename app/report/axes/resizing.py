"""Axes of layers that pad, crop, repeat or resize a sequence or an image."""

from collections.abc import Callable

from app.architecture.spec import Node
from app.report.arguments import find_ends, sizes
from app.report.axes.labels import Call, Label, Labels, Rule, carry, length, relabel
from app.report.axes.windows import find_places


def resize(write: Callable[[Node, int, int, str], str | None]) -> Rule:
    """A rule for axes that grow or shrink by an argument.

    `write` gives the arithmetic: of the layer, the number of axes, the number of this one, and its size in
    words.
    """

    def rule(call: Call) -> Labels:
        _, moving = find_places(call)
        labels = carry(call)
        for number, place in enumerate(moving):
            axis = call.inputs[0][place]
            steps = write(call.node, len(moving), number, length(axis))
            if steps is not None:
                labels = relabel(labels, place, Label(axis.name, f"{steps} from {call.name}"))
        return labels

    return rule


def pad(node: Node, count: int, number: int, steps: str) -> str | None:
    """Zeros added before and after."""
    ends = find_ends(node, "padding", count)
    if not ends or not any(ends[number]):
        return None
    return f"{ends[number].before} + {steps} + {ends[number].after}"


def crop(node: Node, count: int, number: int, steps: str) -> str | None:
    """Steps cut off at the start and the end."""
    ends = find_ends(node, "cropping", count)
    if not ends or not any(ends[number]):
        return None
    return f"{steps} − {ends[number].before} − {ends[number].after}"


def repeat_steps(node: Node, count: int, number: int, steps: str) -> str | None:
    """Each step repeated."""
    times = sizes(node, "size", count)
    return f"{times[number]} · {steps}" if times else None


def fit_image(call: Call) -> Labels:
    """Resizing, CenterCrop, RandomCrop: a new height and width."""
    _, moving = find_places(call)
    labels = carry(call)
    for place, name in zip(moving, ("height", "width"), strict=False):
        labels = relabel(labels, place, Label(call.inputs[0][place].name, f"{name} of {call.name}"))
    return labels
