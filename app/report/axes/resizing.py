"""Axes of the layers that put something around a sequence or an image, cut it, or repeat or resize it."""

from collections.abc import Callable

from app.architecture.spec import Node
from app.report.arguments import find_ends, sizes
from app.report.axes.labels import Call, Label, Labels, Rule, carry, length, relabel
from app.report.axes.windows import find_places


def resize(write: Callable[[Node, int, int, str], str | None]) -> Rule:
    """A rule for axes that grow or shrink by an argument.

    `write` says how, as arithmetic: of the layer, the number of axes, which one, and its length in words.
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
    """Zeros before and after."""
    ends = find_ends(node, "padding", count)
    if not ends or not any(ends[number]):
        return None
    return f"{ends[number].before} + {steps} + {ends[number].after}"


def crop(node: Node, count: int, number: int, steps: str) -> str | None:
    """Steps cut off at the start and at the end."""
    ends = find_ends(node, "cropping", count)
    if not ends or not any(ends[number]):
        return None
    return f"{steps} − {ends[number].before} − {ends[number].after}"


def repeat_steps(node: Node, count: int, number: int, steps: str) -> str | None:
    """Every step several times."""
    times = sizes(node, "size", count)
    return f"{times[number]} · {steps}" if times else None


def fit_image(call: Call) -> Labels:
    """Resizing, CenterCrop, RandomCrop: a new height and width."""
    _, moving = find_places(call)
    labels = carry(call)
    for place, name in zip(moving, ("height", "width"), strict=False):
        labels = relabel(labels, place, Label(call.inputs[0][place].name, f"{name} of {call.name}"))
    return labels
