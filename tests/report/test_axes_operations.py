"""What the axes of keras.ops' results are called, and where their numbers come from."""

from typing import Any

import pytest

from app.architecture import Architecture
from app.report import LayerReport
from app.report.build import make_report


def give(name: str, *sizes: int | None) -> dict[str, Any]:
    return {"kind": "InputLayer", "name": name, "arguments": {"batch_shape": [None, *sizes]}}


def ask(kind: str, *shapes: tuple[int | None, ...], **more: Any) -> LayerReport:
    """The row of one operation or layer called on inputs `a`, `b`, … of these shapes."""
    inputs = [give(name, *shape) for name, shape in zip("abc", shapes, strict=False)]
    names = [node["name"] for node in inputs]
    call = more.pop("call", {})
    row = {"kind": kind, "name": "result", "arguments": more, "inbound": names, "call": call}
    return make_report(Architecture.model_validate({"nodes": [*inputs, row]})).layer("result")


def name(kind: str, *shapes: tuple[int | None, ...], **arguments: Any) -> list[str]:
    """The axes behind the batch, as 'name size: origin'."""
    output = ask(kind, *shapes, **arguments).output
    assert output[0].name == "batch"
    return [f"{axis.name} {axis.size}: {axis.origin}" for axis in output[1:]]


STEPS, FEATURES = "timesteps 6: timesteps of a", "features 4: features of a"


@pytest.mark.parametrize(
    ("kind", "arguments", "named"),
    [
        ("relu", {}, [STEPS, FEATURES]),
        ("add", {"x2": 1.0}, [STEPS, FEATURES]),
        ("mean", {"axis": 1}, [FEATURES]),
        ("mean", {"axis": 1, "keepdims": True}, ["timesteps 1: keepdims of result", FEATURES]),
        ("argmax", {"axis": -1}, [STEPS]),
        ("get_item", {"key": ":, -1"}, [FEATURES]),
        ("get_item", {"key": ":, 1:5"}, ["timesteps 4: 1:5 of 6 from result", FEATURES]),
        ("get_item", {"key": "..., ::2"}, [STEPS, "features 2: ::2 of 4 from result"]),
        ("get_item", {"key": ":, :, None"}, [STEPS, "axis 2 1: new in result", FEATURES]),
        ("expand_dims", {"axis": 1}, ["axis 1 1: new in result", STEPS, FEATURES]),
        ("transpose", {"axes": [0, 2, 1]}, [FEATURES, STEPS]),
        ("swapaxes", {"axis1": 1, "axis2": -1}, [FEATURES, STEPS]),
        ("moveaxis", {"source": 1, "destination": 2}, [FEATURES, STEPS]),
        ("pad", {"pad_width": [[0, 0], [1, 2], [0, 0]]}, ["timesteps 9: 1 + 6 + 2 from result", FEATURES]),
        ("repeat", {"repeats": 3, "axis": 1}, ["timesteps 18: 3 · 6 from result", FEATURES]),
        ("tile", {"repeats": [1, 2, 1]}, ["timesteps 12: 2 · 6 from result", FEATURES]),
        ("take", {"indices": [0, 2], "axis": 1}, ["timesteps 2: indices of result", FEATURES]),
        ("take", {"indices": -1, "axis": 1}, [FEATURES]),
        ("split", {"indices_or_sections": 2, "axis": 1}, ["timesteps 3: 6 / 2 from result", FEATURES]),
        ("top_k", {"k": 2}, [STEPS, "features 2: k of result"]),
        ("reshape", {"newshape": [-1, 24]}, ["features 24: newshape of result"]),
        (
            "reshape",
            {"newshape": [-1, 6, 2, 2]},
            [STEPS, "axis 2 2: newshape of result", "features 2: newshape of result"],
        ),
        ("einsum", {"subscripts": "btf->bft"}, [FEATURES, STEPS]),
    ],
)
def test_an_axis_that_goes_on_keeps_its_name(kind: str, arguments: dict[str, Any], named: list[str]) -> None:
    assert name(f"ops.{kind}", (6, 4), **arguments) == named


def test_samples_that_are_cut_are_no_longer_called_what_they_were() -> None:
    assert ask("ops.reshape", (6, 4), newshape=[-1, 4]).origins == (
        "newshape of result",
        "newshape of result",
    )


def test_of_axes_that_are_broadcast_the_longer_gives_the_name() -> None:
    assert name("ops.multiply", (1, 4), (6, 4)) == ["timesteps 6: timesteps of b", FEATURES]
    assert name("ops.add", (4,), (6, 4)) == ["timesteps 6: timesteps of b", FEATURES]


def test_vectors_that_are_stacked_make_timesteps() -> None:
    assert name("ops.stack", (4,), (4,), (4,), axis=1) == ["timesteps 3: 3 tensors in result", FEATURES]


def test_a_product_has_the_rows_of_the_one_and_the_columns_of_the_other() -> None:
    assert name("ops.matmul", (6, 4), (4, 5)) == [STEPS, "features 5: features of b"]


def test_joined_timesteps_are_a_sum() -> None:
    assert name("ops.concatenate", (6, 4), (2, 4), axis=1) == ["timesteps 8: 6 + 2 from result", FEATURES]


def test_tokens_turned_into_ones_and_zeros() -> None:
    assert name("ops.one_hot", (6,), num_classes=9) == [STEPS, "features 9: num_classes of result"]


def test_attention_scores_have_the_steps_of_the_query_and_of_the_key() -> None:
    scores = {"return_attention_scores": True}
    heads = ask("MultiHeadAttention", (6, 4), (6, 4), num_heads=2, key_dim=3, call=scores)
    assert heads.axes[1] == ("batch", "heads", "query timesteps", "key timesteps")
    assert heads.output_shapes[1] == (None, 2, 6, 6)
    alone = ask("Attention", (6, 4), (5, 4), call=scores)
    assert alone.axes == (("batch", "timesteps", "features"), ("batch", "query timesteps", "key timesteps"))
