"""Sentences about what differs between two layers, or between two models."""

from collections.abc import Collection, Sequence

from app.architecture.catalogue import find_kind
from app.frozen import Shape
from app.report.compare.model import Difference
from app.report.model import LayerReport, Report

STATUS = {"builds": "Builds", "fails": "Does not build", "blocked": "Is never reached"}


def contrast(said: str, left: str, right: str) -> str:
    """For example: "Reads 3 timesteps of 1 feature in A, 1 timestep of 3 features in B."."""
    return f"{said} {left} in A, {shorten(left, right)} in B."


def shorten(left: str, right: str) -> str:
    """What is said second, without the words that were said first: "64 units", "32 units" → "32"."""
    number, _, words = right.partition(" ")
    return number if words and left.partition(" ")[2] == words else right


def describe_input(layer: LayerReport) -> str:
    """What the layer reads for one sample: "3 timesteps of 1 feature"."""
    return _describe(layer.input_axes, layer.input_shapes)


def tell_single_step(left: LayerReport, right: LayerReport) -> str:
    """What it means that a recurrent layer reads one timestep on one side only; empty if it does not."""
    if not all(_walks(layer) for layer in (left, right)):
        return ""
    single = [side for side, layer in (("A", left), ("B", right)) if _count_timesteps(layer) == 1]
    if len(single) != 1:
        return ""
    return (
        f"In {single[0]} it makes one step from an empty state: nothing is remembered from step to step. "
        f"In {'B' if single == ['A'] else 'A'} it does remember."
    )


def _walks(layer: LayerReport) -> bool:
    recurrent = find_kind(layer.kind).category == "recurrent" and layer.kind != "TimeDistributed"
    return recurrent and layer.status == "builds"


def _count_timesteps(layer: LayerReport) -> int | None:
    axes = layer.input_axes[0]
    return layer.input_shapes[0][axes.index("timesteps")] if "timesteps" in axes else None


def describe_output(layer: LayerReport) -> str:
    """What the layer gives for one sample: "32 units"."""
    return _describe(layer.axes, layer.output_shapes)


def _describe(axes: Sequence[Sequence[str]], shapes: Sequence[Shape]) -> str:
    tensors = [_tensor(names, shape) for names, shape in zip(axes, shapes, strict=True)]
    return " and ".join(tensors) or "nothing"


def _tensor(names: Sequence[str], shape: Shape) -> str:
    inner = [_axis(name, size) for name, size in zip(names, shape, strict=True) if name != "batch"]
    return " of ".join(inner) or "one number"


def _axis(name: str, size: int | None) -> str:
    if size is None:
        return f"any number of {name}"
    return f"{size:,} {name.removesuffix('s') if size == 1 else name}"


def summarise(left: Report, right: Report, told: Collection[Difference]) -> tuple[str, ...]:
    """The sentences on the whole: whether both build, their outputs, and their parameters.

    Not those that differ and are `told` already, as the only layer that differs in them says so.
    """
    if "fails" in (left.status, right.status):
        return (_summarise_failure(left, right),)
    gives = [" and ".join(str(tuple(tensor.shape)) for tensor in side.outputs) for side in (left, right)]
    costs = [f"{side.totals.parameters:,} parameters" for side in (left, right)]
    said = (
        "" if gives[0] != gives[1] and "output" in told else _both("give", "gives", *gives),
        "" if costs[0] != costs[1] and "parameters" in told else _both("have", "has", *costs),
    )
    return tuple(filter(None, said))


def _summarise_failure(left: Report, right: Report) -> str:
    if left.status == right.status:
        return "Neither builds."
    builds, fails = ("A", "B") if left.status == "builds" else ("B", "A")
    return f"{builds} builds, {fails} does not."


def _both(verb: str, singular: str, left: str, right: str) -> str:
    return f"Both {verb} {left}." if left == right else f"A {singular} {left}, B {shorten(left, right)}."
