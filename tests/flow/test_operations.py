"""What functions of keras.ops do with time, as Keras shows it: by derivatives or other numbers."""

from contextlib import nullcontext
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from further_operation_cases import FURTHER, FURTHER_STEPPED, IMAGES, ITSELF
from layer_cases import name_case
from operation_cases import CASES, STEPPED
from questions import Traced, find_timesteps, trace_films, trace_layer
from real_layers import Blocks, find_blocks, list_steps

from app.architecture import Node
from app.architecture.spec import Source
from app.report.calls import call_layer

NARROW = {
    **dict.fromkeys(("ops.arccos", "ops.arcsin", "ops.arctanh", "ops.erfinv"), 0.0),
    **dict.fromkeys(("ops.log", "ops.log10", "ops.log1p", "ops.log2", "ops.rsqrt", "ops.sqrt"), 0.0),
    "ops.arccosh": 1.0,
}
"""Functions of numbers between 0 and 1, or of larger ones: their inputs are squeezed, and this is added."""

WHOLE = frozenset(
    f"ops.{name}"
    for name in (
        *("bitwise_and", "bitwise_invert", "bitwise_left_shift", "bitwise_not", "bitwise_or"),
        *("bitwise_right_shift", "bitwise_xor", "gcd", "lcm", "left_shift", "multi_hot", "one_hot"),
        *("right_shift", "unravel_index"),
    )
)
"""Functions of whole numbers."""


class Operation:
    """A function of keras.ops as a layer: it has no weights."""

    weights = ()

    def __init__(self, kind: str, arguments: dict[str, Any]) -> None:
        self.node = Node(kind=kind, name="operation", arguments=arguments, inbound=(Source(node="x"),))

    def __call__(self, *inputs: Any, training: bool = False) -> Any:
        tensors = inputs[0] if isinstance(inputs[0], list) else list(inputs)
        if self.node.kind in NARROW:
            tensors = [keras.ops.sigmoid(tensors[0]) + NARROW[self.node.kind]]
        if self.node.kind == "ops.take_along_axis":
            length = tensors[0].shape[self.node.arguments["axis"]]
            tensors = [tensors[0], keras.ops.cast(10 * abs(tensors[1]), "int32") % length]
        return call_layer(None, self.node, tensors)[0]


def find_axes(traced: Traced) -> tuple[int | None, int | None]:
    """The timesteps of the first input and of the first output."""
    return find_timesteps(traced.row.input_axes), find_timesteps(traced.row.axes)


def assert_lane(traced: Traced, blocks: Blocks) -> None:
    row, lane = traced
    axis_in, axis_out = find_axes(traced)
    assert lane.depends == blocks
    assert lane.timesteps_in == (1 if axis_in is None else row.input_shapes[0][axis_in])
    assert lane.timesteps_out == (1 if axis_out is None else row.output_shapes[0][axis_out])
    assert (lane.time_in, lane.time_out) == (axis_in is not None, axis_out is not None)


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize("case", CASES + FURTHER, ids=name_case)
def test_an_operation_reads_what_its_jacobian_says(case: Any) -> None:
    kind, arguments, *shapes = case
    traced = trace_layer(kind, arguments, *shapes)
    assert_lane(traced, find_blocks(Operation(kind, arguments), shapes, *find_axes(traced)))


@pytest.mark.filterwarnings("ignore:You are using a softmax")
@pytest.mark.parametrize(("case", "reads"), IMAGES, ids=str)
def test_an_operation_on_films_reads_what_its_jacobian_says(case: Any, reads: tuple[int, ...]) -> None:
    kind, arguments, *shapes = case
    traced = trace_films(kind, arguments, *shapes, reads=reads)
    assert_lane(traced, find_blocks(Operation(kind, arguments), shapes, *find_axes(traced), reads=reads))


@pytest.mark.parametrize("case", ITSELF, ids=name_case)
def test_a_tensor_with_itself_reads_what_its_jacobian_says(case: Any) -> None:
    kind, arguments, shape = case
    twice = (0, 0)
    traced = trace_layer(kind, arguments, shape, reads=twice)
    operation = Operation(kind, arguments)
    assert_lane(traced, find_blocks(operation, (shape,), *find_axes(traced), reads=twice))


def test_what_is_written_over_itself_stays() -> None:
    starts = {"start_indices": [0, 0, 0]}
    series = np.random.default_rng(1).random((2, 4, 3))
    assert np.array_equal(keras.ops.slice_update(series, [0, 0, 0], series), series)
    _, lane = trace_layer("ops.slice_update", starts, (4, 3), reads=(0, 0))
    assert lane.depends == ((0,), (1,), (2,), (3,))


@pytest.mark.parametrize(("mode", "most"), [("reflect", 3), ("symmetric", 4)])
def test_a_mirror_image_is_no_longer_than_what_is_mirrored(mode: str, most: int) -> None:
    series = np.ones((2, 4, 3))
    for width in (most, most + 1):
        ends = [[0, 0], [width, 0], [0, 0]]
        _, lane = trace_layer("ops.pad", {"pad_width": ends, "mode": mode}, (None, 3), timesteps=4)
        # Of an open length, one is drawn that can be mirrored.
        assert lane.timesteps_in == max(4, 4 + width - most)
        with nullcontext() if width == most else pytest.raises(tf.errors.InvalidArgumentError):
            keras.ops.pad(series, ends, mode)


@pytest.mark.parametrize("case", STEPPED + FURTHER_STEPPED, ids=name_case)
def test_an_operation_that_jumps_reads_what_changes_its_result(case: Any) -> None:
    kind, arguments, *shapes = case
    traced = trace_layer(kind, arguments, *shapes)
    assert_lane(traced, exchange(Operation(kind, arguments), shapes, *find_axes(traced)))


def exchange(
    operation: Operation, shapes: list[tuple[int, ...]], axis_in: int | None, axis_out: int | None
) -> Blocks:
    """Which output steps change in one of many samples when another number is put into a step."""
    random = np.random.default_rng(3)
    dtype = "int32" if operation.node.kind in WHOLE else "float64"
    numbers = [0, 1, 2, 3, 4] if dtype == "int32" else [0, 0, 0, 0.5, 1.3, -1.2, np.inf, -np.inf, np.nan]
    tensors = [random.choice(numbers, size=(99, *shape)).astype(dtype) for shape in shapes]
    before = keras.ops.convert_to_numpy(operation(*tensors))
    changes = []
    for step in range(tensors[0].shape[axis_in]):
        changed = np.moveaxis(tensors[0].copy(), axis_in, 0)
        changed[step] = random.choice(numbers, size=changed[step].shape)
        after = operation(np.moveaxis(changed, 0, axis_in), *tensors[1:])
        with np.errstate(over="ignore"):
            differs = ~np.isclose(keras.ops.convert_to_numpy(after), before, equal_nan=True)
        others = tuple(axis for axis in range(differs.ndim) if axis != axis_out)
        changes.append(differs.any(axis=others).reshape(-1))
    return list_steps(np.array(changes).T)
