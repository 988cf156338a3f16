"""The same numbers before and after: what stands in a block stands there in NumPy and in Keras."""

from typing import Any

import keras
import numpy as np
import pytest

from app.architecture import Architecture, Question
from app.flow import trace_flow
from app.flow.data import Block, Regrouping, Way
from app.pipeline import examine
from app.report.build import make_report


def follow(
    *shape: int | None, dtype: str = "float32", stride: int = 1, **layers: dict[str, Any]
) -> tuple[Regrouping, ...]:
    """What is followed in a chain of layers, given as kind=arguments, that reads the input `data`."""
    nodes: list[dict[str, Any]] = [
        {"kind": "InputLayer", "name": "data", "arguments": {"batch_shape": [None, *shape], "dtype": dtype}}
    ]
    for kind, arguments in layers.items():
        before = nodes[-1]["name"]
        nodes.append({"kind": kind, "name": kind.lower(), "arguments": arguments, "inbound": [before]})
    return trace_flow(make_report(Architecture.model_validate({"nodes": nodes})), 8, stride).data


def follow_function(function: str, *shape: int) -> tuple[Way, ...]:
    """The ways through a function of keras.ops, written as code."""
    code = f"from keras import Input, Model, ops\nx = Input({shape})\nmodel = Model(x, {function})"
    flow = examine(Question(code=code)).flow
    return next((moved.ways for moved in flow.data if moved.ways[0].kind == "layer"), ())


def follow_input(*shape: int | None, stride: int = 1) -> tuple[Way, ...]:
    """The ways into an input that an LSTM reads."""
    (moved,) = follow(*shape, stride=stride, LSTM={"units": 2})
    return moved.ways


def spread(block: Block) -> np.ndarray:
    return np.array(block.numbers, dtype=object).reshape([len(listed) for listed in block.listed])


def pick(array: np.ndarray, block: Block) -> list[int]:
    return array[np.ix_(*block.listed)].ravel().tolist()


def test_twelve_numbers_as_three_timesteps_of_one_feature() -> None:
    way = follow_input(3, 1)[0]
    assert way.code == "np.expand_dims(table, axis=2)"
    assert spread(way.before).tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]
    assert spread(way.after)[0].tolist() == [[1], [2], [3]]
    # The columns of the table are the timesteps.
    assert way.before.positions[:3] == (0, 1, 2)


def test_the_same_twelve_as_one_timestep_of_three_features() -> None:
    (way,) = follow_input(1, 3)
    assert way.code == "np.expand_dims(table, axis=1)"
    assert way.before.numbers == follow_input(3, 1)[0].before.numbers
    assert spread(way.after)[0].tolist() == [[1, 2, 3]]
    assert set(way.before.positions) == {0}


def test_windows_overlap_and_cuts_do_not() -> None:
    windows, blocks, _ = follow_input(5, 3)
    assert [spread(windows.after)[sample][0].tolist() for sample in (0, 1)] == [[1, 2, 3], [4, 5, 6]]
    assert [spread(blocks.after)[sample][0].tolist() for sample in (0, 1)] == [[1, 2, 3], [16, 17, 18]]


@pytest.mark.parametrize(("shape", "first"), [((5, 3), "windows"), ((5, 1), "rows"), ((1, 3), "rows")])
def test_the_way_that_is_usual_for_a_shape_is_the_first(shape: tuple[int, int], first: str) -> None:
    assert follow_input(*shape)[0].kind == first


@pytest.mark.parametrize("stride", [1, 2, 3, 5, 7])
def test_windows_begin_where_those_of_keras_begin(stride: int) -> None:
    windows = next(way for way in follow_input(5, 2, stride=stride) if way.kind == "windows")
    rows = windows.before.listed[0][-1] + 1
    table = np.arange(1, 2 * rows + 1).reshape(rows, 2)
    dataset = keras.utils.timeseries_dataset_from_array(table, None, 5, sequence_stride=stride)
    assert pick(np.concatenate(list(dataset)), windows.after) == list(windows.after.numbers)
    assert windows.stride == stride


@pytest.mark.parametrize("shape", [(3, 1), (1, 3), (5, 3), (1, 1), (8, 8), (100, 64), (None, 4)])
def test_numpy_gives_what_the_code_beside_it_promises(shape: tuple[int | None, int]) -> None:
    for way in (*follow_input(*shape), *follow_input(*shape, stride=3)):
        rows, columns = (listed[-1] + 1 for listed in way.before.listed)
        table = np.arange(1, rows * columns + 1).reshape(rows, columns)
        assert pick(table, way.before) == list(way.before.numbers)
        samples = eval(way.code, {"np": np, "table": table})
        assert samples.shape[2] == shape[1]
        assert pick(samples, way.after) == list(way.after.numbers)


@pytest.mark.parametrize(
    ("kind", "arguments", "shape"),
    [
        ("Reshape", {"target_shape": [3, 4]}, (4, 3)),
        ("Reshape", {"target_shape": [3, 50]}, (150,)),
        ("Reshape", {"target_shape": [-1, 2]}, (5, 4, 3)),
        ("Permute", {"dims": [2, 1]}, (4, 3)),
        ("Permute", {"dims": [3, 1, 2]}, (7, 8, 9)),
        ("Flatten", {}, (28, 28, 3)),
        ("RepeatVector", {"n": 9}, (5,)),
        ("ZeroPadding1D", {"padding": [1, 2]}, (4, 3)),
        ("ZeroPadding2D", {"padding": 1}, (4, 4, 1)),
        ("Cropping1D", {"cropping": [1, 2]}, (9, 2)),
        ("Cropping3D", {"cropping": 1}, (4, 5, 6, 2)),
    ],
)
def test_keras_puts_every_number_where_the_block_has_it(
    kind: str, arguments: dict[str, Any], shape: tuple[int, ...]
) -> None:
    *_, moved = follow(*shape, **{kind: arguments})
    way = moved.ways[0]
    data = np.arange(1, np.prod(shape) + 1).reshape(shape)
    layer = getattr(keras.layers, kind)(**arguments)
    (given,) = keras.ops.convert_to_numpy(layer(data[None].astype("float32"))).astype(int)
    assert pick(data, way.before) == list(way.before.numbers)
    assert pick(given, way.after) == list(way.after.numbers)
    assert given.shape == way.after.shape


@pytest.mark.parametrize(
    ("function", "shape"),
    [
        ("x[:, :, None]", (4, 3)),
        ("ops.expand_dims(x, -1)", (4, 3)),
        ("ops.flip(x, 1)", (4, 3)),
        ("ops.flip(x, (1, 2))", (4, 3)),
        ("ops.moveaxis(x, 1, destination=3)", (2, 3, 4)),
        ("ops.pad(x, ((0, 0), (1, 2), (0, 0)))", (4, 3)),
        ("ops.pad(x, ((0, 0), (2, 1), (0, 0)), mode='reflect')", (4, 3)),
        ("ops.pad(x, ((0, 0), (2, 1), (0, 0)), mode='symmetric')", (4, 3)),
        ("ops.repeat(x, 2, axis=1)", (4, 3)),
        ("ops.reshape(x, (-1, 2, 6))", (4, 3)),
        ("ops.roll(x, -1, axis=1)", (4, 3)),
        ("ops.squeeze(x, 2)", (5, 1)),
        ("ops.swapaxes(x, 1, axis2=2)", (4, 3)),
        ("ops.tile(x, (1, 2, 1))", (4, 3)),
        ("ops.transpose(x, (0, 3, 1, 2))", (2, 3, 4)),
    ],
)
def test_functions_put_every_number_where_keras_does(function: str, shape: tuple[int, ...]) -> None:
    way = follow_function(function, *shape)[0]
    assert way.code == function
    data = np.arange(1, np.prod(shape) + 1).reshape(shape)
    (given,) = np.asarray(eval(way.code, {"ops": keras.ops, "x": keras.ops.convert_to_tensor(data[None])}))
    assert pick(given, way.after) == list(way.after.numbers)
    assert given.shape == way.after.shape


@pytest.mark.parametrize(
    "function",
    [
        "x[None]",
        "x[:, 1:]",
        "ops.expand_dims(x, 0)",
        "ops.flip(x)",
        "ops.pad(x, ((0, 0), (1, 1), (0, 0)), constant_values=5)",
        "ops.roll(x, 1)",
        "ops.roll(x, 1, axis=0)",
        "ops.reshape(x, (-1, 3))",
        "ops.reshape(x, (3, -1, 4))",
        "ops.swapaxes(x, 0, axis2=1)",
        "ops.transpose(x)",
    ],
)
def test_nothing_is_followed_where_the_batch_axis_moves_or_numbers_are_lost(function: str) -> None:
    assert follow_function(function, 4, 3) == ()


def test_a_transpose_is_shown_beside_the_reshape_of_the_same_shape() -> None:
    own, other = follow_function("ops.transpose(x, (0, 2, 1))", 4, 3)
    assert other.code == "ops.reshape(x, (-1, 3, 4))"
    assert own.after.shape == other.after.shape
    assert follow_function(other.code, 4, 3)[1].code == own.code


def test_a_number_has_the_same_position_before_and_after() -> None:
    for moved in follow(4, 3, Permute={"dims": [2, 1]}, Reshape={"target_shape": [2, 6]}, Flatten={}):
        for way in moved.ways:
            before = dict(zip(way.before.numbers, way.before.positions, strict=True))
            after = dict(zip(way.after.numbers, way.after.positions, strict=True))
            assert all(before[number] == after[number] for number in before.keys() & after.keys())


def test_a_reshape_is_shown_beside_the_permute_of_the_same_shape() -> None:
    _, moved = follow(4, 3, Reshape={"target_shape": [3, 4]})
    own, other = moved.ways
    assert other.code == "Permute((2, 1))"
    assert own.after.shape == other.after.shape == (3, 4)
    assert spread(own.after)[0].tolist() == [1, 2, 3, 4]
    assert spread(other.after)[0].tolist() == [1, 4, 7, 10]


def test_where_a_permute_does_what_a_reshape_does_there_is_nothing_to_confuse() -> None:
    _, moved = follow(3, 1, Permute={"dims": [2, 1]})
    assert [way.kind for way in moved.ways] == ["layer"]


def test_padding_fills_up_in_front_or_behind_and_cuts_what_is_too_long() -> None:
    pre, post = follow_tokens(3)
    assert spread(pre.before).tolist() == [[1, 2, 3, None], [4, None, None, None], [5, 6, 7, 8]]
    assert spread(pre.after).tolist() == [[1, 2, 3], [0, 0, 4], [6, 7, 8]]
    assert spread(post.after).tolist() == [[1, 2, 3], [4, 0, 0], [6, 7, 8]]


def test_without_a_length_the_longest_sequence_counts() -> None:
    pre, _ = follow_tokens(None)
    assert spread(pre.after).tolist() == [[0, 1, 2, 3], [0, 0, 4, 5], [6, 7, 8, 9]]


@pytest.mark.parametrize("timesteps", [None, 1, 3, 100])
def test_keras_pads_as_the_code_beside_it_promises(timesteps: int | None) -> None:
    for way in follow_tokens(timesteps):
        listed = spread(way.before)
        if len(way.before.listed[1]) <= way.before.listed[1][-1]:
            continue  # Some places are left out, and with them the numbers to ask Keras about.
        sequences = [[number for number in row if number is not None] for row in listed.tolist()]
        names = {"pad_sequences": keras.utils.pad_sequences, "sequences": sequences}
        assert pick(eval(way.code, names), way.after) == list(way.after.numbers)


def follow_tokens(timesteps: int | None, vocabulary: int = 500) -> tuple[Way, ...]:
    (moved,) = follow(timesteps, dtype="int32", Embedding={"input_dim": vocabulary, "output_dim": 2})
    return moved.ways


@pytest.mark.parametrize("timesteps", [None, 3])
def test_an_embedding_looks_up_every_token_that_is_shown(timesteps: int | None) -> None:
    many, few = follow_tokens(timesteps), follow_tokens(timesteps, vocabulary=3)
    assert spread(follow_tokens(None, 3)[0].before)[0].tolist() == [1, 2, 1, None]
    for way, same in zip(few, many, strict=True):
        tokens = np.array(way.after.numbers)
        assert set(tokens[tokens > 0]) == {1, 2}
        assert way.after.positions == same.after.positions
        assert [n == 0 for n in way.after.numbers] == [n == 0 for n in same.after.numbers]


def test_where_0_is_the_only_token_nothing_is_padded() -> None:
    assert follow(3, dtype="int32", Embedding={"input_dim": 1, "output_dim": 2}) == ()


def test_tokens_are_padded_whatever_their_type_is() -> None:
    (moved,) = follow(3, dtype="float32", Embedding={"input_dim": 500, "output_dim": 2})
    assert moved.ways == follow_tokens(3)


def test_long_axes_are_folded() -> None:
    windows = next(way for way in follow_input(1000, 64) if way.kind == "windows")
    assert windows.before.listed == ((0, 1, 2, 3, 999, 1000, 1001), (0, 1, 63))
    assert windows.after.listed == ((0, 1, 2), (0, 1, 999), (0, 1, 63))


@pytest.mark.parametrize(
    ("kind", "arguments"), [("RepeatVector", {"n": 10**9}), ("ZeroPadding1D", {"padding": 10**9})]
)
def test_what_is_too_large_is_not_followed(kind: str, arguments: dict[str, Any]) -> None:
    shape = (5,) if kind == "RepeatVector" else (5, 2)
    assert all(moved.layer == "data" for moved in follow(*shape, **{kind: arguments}))


def test_numbers_that_are_padded_are_listed_on_both_sides() -> None:
    *_, moved = follow(4, 3, ZeroPadding1D={"padding": [2, 1]})
    (way,) = moved.ways
    assert way.after.listed[0] == (0, 1, 2, 3, 4, 5, 6)
    *_, moved = follow(100, 3, ZeroPadding1D={"padding": 2})
    (way,) = moved.ways
    assert set(way.before.numbers) <= set(way.after.numbers)


def test_an_open_length_is_as_long_as_in_the_lanes() -> None:
    *_, moved = follow(None, 4, ZeroPadding1D={"padding": 1})
    assert moved.ways[0].before.listed[0][-1] == 7
    assert moved.ways[0].after.shape == (None, 4)


def test_a_layer_that_computes_moves_nothing() -> None:
    assert follow(8, Dense={"units": 4}) == ()
