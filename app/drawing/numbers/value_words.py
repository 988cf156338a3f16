"""describe_values(): the numbers in a run of the model, in words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.drawing.numbers.rulers import name_place
from app.drawing.words import clean_text, write_name
from app.flow.valued import Strip, ValuedLayer, ValueTrace

Steps = tuple[tuple[float | None, ...], ...]

MOST_SAID = 32
"""A strip of more numbers is described by its range and its last numbers."""

MOST_FROM_A_STEP = 8
SAME = 1e-9


def write_value(value: float) -> str:
    """Three digits, with a real minus sign: −0.0374."""
    return f"{value:.3g}".replace("-", "−")


def name_strip(strip: Strip) -> str:
    """For example "hidden state h" or "forward forget gate f"; inputs and outputs have no letter."""
    words = f"{strip.way} {strip.role}".strip()
    return words if strip.name == "out" else f"{words} {strip.name}"


def name_layer(layer: ValuedLayer) -> str:
    """The layer's name; for a layer of a nested model "encoder › lstm"."""
    return " › ".join(map(write_name, (*layer.around, layer.layer)))


def find_range(steps: Steps) -> tuple[float, float]:
    """The lowest and the highest number; both 0 if there is none."""
    numbers = [number for step in steps for number in step if number is not None]
    return (min(numbers), max(numbers)) if numbers else (0.0, 0.0)


def say_range(steps: Steps) -> str:
    """For example "−0.0374 to 0.0418"; one number if all are equal."""
    lowest, highest = map(write_value, find_range(steps))
    return lowest if lowest == highest else f"{lowest} to {highest}"


def say_source(trace: ValueTrace) -> Iterator[str]:
    """The lines of code that reproduce the numbers elsewhere."""
    yield f"{trace.weights}  # before the model’s code"
    for fed in trace.fed:
        yield f"{fed.input} = {fed.code}"


def describe_values(trace: ValueTrace, sequence: int) -> str:
    """A line for each strip: its range, its greatest change, the timesteps a mask skips, and its numbers."""
    if trace.refused:
        return clean_text(trace.refused)
    said = [f"The weights are those of {trace.weights} before the model’s code."]
    said += [f"{fed.input} reads {fed.code}." for fed in trace.fed]
    said += [
        f"{name_layer(layer)}, {name_strip(strip)}: {'. '.join(_describe_strip(strip, sequence))}."
        for layer in trace.layers
        for strip in layer.strips
    ]
    return "\n".join(map(clean_text, said))


def _describe_strip(strip: Strip, sequence: int) -> Iterator[str]:
    steps = strip.values[sequence]
    count = sum(map(len, steps))
    is_state = strip.role.endswith("state")
    skipped = _list_skipped(strip, sequence)
    if count > 1 and not strip.whole:
        yield say_range(steps)
    if is_state:
        yield from _say_change(strip, steps, skipped)
    if skipped:
        fate = "it is carried over" if is_state else "it is not computed"
        yield f"The mask has the cell skip {_name_steps(skipped)}, where {fate}"
    if count <= MOST_SAID:
        places = [place for place in range(len(steps)) if place not in skipped]
        yield "; ".join(_list_step(strip, place, steps[place]) for place in places)
    else:
        end = 0 if strip.direction == "backward" else len(steps) - 1
        yield _list_step(strip, end, steps[end])


def _say_change(strip: Strip, steps: Steps, skipped: Sequence[int]) -> Iterator[str]:
    """The timestep at which a state changes most."""
    order = range(len(steps))[:: -1 if strip.direction == "backward" else 1]
    changes = {
        after: _find_change(steps[before], steps[after])
        for before, after in pairwise(order)
        if after not in skipped
    }
    if changes and max(changes.values()) > SAME:
        most = max(changes, key=lambda step: changes[step])
        yield f"It changes most at {_name_steps([most])}, by {write_value(changes[most])} in one unit"


def _find_change(before: tuple[float | None, ...], after: tuple[float | None, ...]) -> float:
    pairs = zip(before, after, strict=True)
    return max((abs(b - a) for a, b in pairs if a is not None and b is not None), default=0.0)


def _list_skipped(strip: Strip, sequence: int) -> list[int]:
    skipped = strip.skipped[sequence] if strip.skipped else ()
    return [step for step, skips in enumerate(skipped) if skips]


def _name_steps(steps: Sequence[int]) -> str:
    return ", ".join(name_place("timesteps", step) for step in steps)


def _list_step(strip: Strip, place: int, numbers: Sequence[float | None]) -> str:
    """For example "t₁: −0.04, 0.02"; of many numbers the first ones."""
    few = [
        "no finite number" if number is None else write_value(number) for number in numbers[:MOST_FROM_A_STEP]
    ]
    said = ", ".join([*few, "…"] if len(numbers) > len(few) else few)
    return f"{name_place('timesteps', place)}: {said}" if strip.has_timesteps else said
