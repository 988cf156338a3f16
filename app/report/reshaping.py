"""advise_reshaping(): the line of code that gives data the shape that a model takes."""

import math

from app.frozen import Shape


def advise_reshaping(name: str, shape: Shape, wanted: Shape) -> str:
    """One sentence with a line of code; `shape` has its samples first, `wanted` its batch axis."""
    axes, input_axes = shape[1:], wanted[1:]
    if shape == input_axes:
        return f"This is one sample: give it a batch axis, `{name} = {name}[np.newaxis]`."
    if (*axes, 1) == input_axes:
        return f"Add the last axis: `{name} = np.expand_dims({name}, -1)`."
    if (1, *axes) == input_axes:
        return f"Add a timesteps axis of one: `{name} = np.expand_dims({name}, 1)`."
    if axes == (*input_axes, 1):
        return f"Take the last axis away: `{name} = np.squeeze({name}, -1)`."
    if len(axes) == len(input_axes) > 1 and axes == input_axes[::-1] and axes != input_axes:
        order = (0, *range(len(axes), 0, -1))
        return f"The axes are the other way round: `{name} = {name}.transpose({order})`."
    if None not in axes and None not in input_axes and _count(axes) == _count(input_axes):
        sizes = ", ".join(map(str, input_axes))
        return f"It holds as many numbers: `{name} = {name}.reshape(-1, {sizes})`."
    if len(axes) == len(input_axes) and None not in axes:
        return f"Begin the model with what the data is: `keras.Input({axes})`."
    return "Bring the data into the shape of the input, or the input into the shape of the data."


def _count(axes: Shape) -> int:
    return math.prod(size or 0 for size in axes)
