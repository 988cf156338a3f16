"""Why images, attention and cells do not fit, and what makes them fit."""

from typing import Any

import pytest

from app.architecture.spec import Architecture
from app.problems import Problem
from app.report import Report
from app.report.build import make_report

CONV = ("Conv2D", {"filters": 8, "kernel_size": 3})


def report(shape: tuple[int | None, ...], *layers: tuple[str, dict[str, Any]]) -> Report:
    nodes: list[dict[str, Any]] = [
        {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, *shape]}}
    ]
    for place, (kind, arguments) in enumerate(layers, start=1):
        before = nodes[-1]["name"]
        nodes.append({"kind": kind, "name": f"{kind} {place}", "arguments": arguments, "inbound": [before]})
    return make_report(Architecture.model_validate({"nodes": nodes}))


def problem(shape: tuple[int | None, ...], *layers: tuple[str, dict[str, Any]]) -> Problem:
    (found,) = report(shape, *layers).problems
    return found


def join(kind: str, arguments: dict[str, Any], *shapes: tuple[int | None, ...]) -> Report:
    names = [f"x{place}" for place in range(len(shapes))]
    inputs = [
        {"kind": "InputLayer", "name": name, "arguments": {"batch_shape": [None, *shape]}}
        for name, shape in zip(names, shapes, strict=True)
    ]
    layer = {"kind": kind, "name": "join", "arguments": arguments, "inbound": names}
    return make_report(Architecture.model_validate({"nodes": [*inputs, layer]}))


def repairs(found: Problem) -> dict[str, tuple[Any, ...]]:
    return {repair.title: repair.output_shapes for repair in found.repairs}


def test_images_without_channels() -> None:
    found = problem((28, 28), CONV)
    assert found.code == "wrong-ndim"
    assert "Reshape((28, 28, 1))" in found.fix
    assert repairs(found) == {
        "Add the axis of channels: Input((28, 28, 1))": ((None, 26, 26, 8),),
        "Add the axis of channels with Reshape((28, 28, 1))": ((None, 26, 26, 8),),
    }


def test_images_that_were_flattened() -> None:
    found = problem((28, 28, 1), ("Flatten", {}), CONV)
    assert found.code == "wrong-ndim"
    assert repairs(found)["Leave Flatten 1 out"] == ((None, 26, 26, 8),)


def test_rows_of_pixels_are_made_square() -> None:
    found = problem((784,), CONV)
    assert repairs(found) == {"Make square images of it with Reshape((28, 28, 1))": ((None, 26, 26, 8),)}


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (("Conv2D", {"filters": 8, "kernel_size": [2, 5]}), "needs a width of 5, and there is only 4"),
        (("MaxPooling2D", {"pool_size": 5}), "needs a height of 5, and there is only 4"),
        (("DepthwiseConv2D", {"kernel_size": 3, "dilation_rate": [2, 2]}), "needs a height of 5"),
        (("Cropping2D", {"cropping": [[0, 0], [2, 2]]}), "needs a width of 5, and there is only 4"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_images_that_are_too_small(layer: tuple[str, dict[str, Any]], words: str) -> None:
    found = problem((4, 4, 3), layer)
    assert found.code == "output-size-negative"
    assert words in found.happened
    assert found.repairs


def test_a_dense_on_images_is_no_problem() -> None:
    built = report((28, 28, 1), ("Dense", {"units": 3}))
    assert built.layer("Dense 1").output_shapes == ((None, 28, 28, 3),)
    assert built.layer("Dense 1").axes == (("batch", "height", "width", "units"),)


def test_unknown_sizes_of_images_cannot_be_flattened() -> None:
    found = problem((None, None, 3), CONV, ("Flatten", {}), ("Dense", {"units": 2}))
    assert found.code == "undefined-last-dimension"
    assert repairs(found)["Use GlobalAveragePooling2D instead of Flatten 2"] == ((None, 2),)


def test_one_image_where_a_film_is_wanted() -> None:
    film = ("ConvLSTM2D", {"filters": 2, "kernel_size": 3})
    found = problem((5, 8, 8, 1), film, film)
    assert found.code == "missing-return-sequences"
    assert repairs(found) == {"Give ConvLSTM2D 1 return_sequences=True": ((None, 4, 4, 2),)}
    single = problem((8, 8, 1), film)
    assert repairs(single) == {"Make one timestep of it with Reshape((1, 8, 8, 1))": ((None, 6, 6, 2),)}


@pytest.mark.parametrize("kind", ["Attention", "AdditiveAttention"])
def test_attention_without_a_value_looks_at_itself(kind: str) -> None:
    found = problem((5, 4), (kind, {}))
    assert found.code == "too-few-inputs"
    assert repairs(found) == {f"Connect x to {kind} 1 twice": ((None, 5, 4),)}


def test_a_dot_of_axes_that_differ() -> None:
    (found,) = join("Dot", {"axes": 1}, (5, 4), (6, 4)).problems
    assert found.code == "shapes-do-not-merge"
    assert "5 on axis 1 and 6 on axis 1" in found.happened


def test_attention_is_named_after_the_query_and_the_value() -> None:
    row = join("Attention", {}, (5, 4), (6, 3)).layer("join")
    assert row.axes == (("batch", "timesteps", "features"),)
    assert row.origins == ("batch", "timesteps of x0", "features of x1")


@pytest.mark.parametrize(
    ("layer", "happened"),
    [
        (("Conv2D", {"filters": 8, "kernel_size": 3, "groups": 2}), "groups=2"),
        (("GroupNormalization", {}), "groups=32"),
    ],
)
def test_groups_that_do_not_divide_the_channels(layer: tuple[str, dict[str, Any]], happened: str) -> None:
    found = problem((8, 8, 3), layer)
    assert found.code == "invalid-argument"
    assert happened in found.happened
    assert found.repairs


def test_a_layer_is_no_cell_and_a_cell_is_no_layer() -> None:
    found = problem((5, 4), ("RNN", {"cell": {"kind": "LSTM", "arguments": {"units": 3}}}))
    assert found.expected == "cell is a cell such as LSTMCell, not LSTM."
    found = problem((5, 4), ("LSTMCell", {"units": 3}))
    assert found.fix == "Put it inside: RNN(LSTMCell(…))."


def test_a_name_with_a_sign_that_keras_refuses() -> None:
    nodes = [
        {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 3]}},
        {"kind": "Dense", "name": "a/b", "arguments": {"units": 3}, "inbound": ["x"]},
    ]
    row = make_report(Architecture.model_validate({"nodes": nodes})).layer("a/b")
    assert row.status == "fails"
    assert row.problem is not None
    assert row.problem.code == "invalid-argument"
    assert "cannot contain character `/`" in str(row.problem.keras_message)
