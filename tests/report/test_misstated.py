"""The shape that Keras states of an operation is the one that it computes; else the report says so."""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import keras
import numpy as np
import pytest

from app.architecture.catalogue import Kind, load_operations
from app.architecture.code import read_code
from app.architecture.spec import Node, Source
from app.frozen import Shape
from app.report.build import make_report
from app.report.calls import call_layer
from app.report.misstated import MISSTATED, fits
from app.report.model import Report

FLOATS = [(4,), (4, 4), (2, 6, 4), (4, 4, 4), (2, 8, 6, 4), (4, 4, 4, 4), (2, 8, 8, 3)]
TENSORS = [((4, 4), "int32"), ((2, 6, 4), "int32"), *((shape, "float32") for shape in FLOATS)]

BY_TYPE: dict[str, Any] = {"choice": "float32", "integer": 2, "number": 0.5, "numbers": 0.5, "shape": [2, 2]}
BY_NAME: dict[str, Any] = {
    "axes": [0],
    "axis": -1,
    "bins": [0.5, 1.5],
    "destination": -1,
    "indices_or_sections": 2,
    "kth": 1,
    "newshape": [-1, 2],
    "pad_width": [[1, 1], [1, 1]],
    "pattern": "a ... b -> b ... a",
    "pool_size": 2,
    "repeats": 2,
    "shape": [4, 4],
    "shift": 1,
    "source": 0,
    "start_indices": [0, 0],
    "subscripts": "ab,bc->ac",
}
"""What an operation cannot go without, by the name of the argument, or else by its type."""

NEVER_RUN = {
    f"ops.{name}"
    for name in [
        "cholesky",
        "ctc_decode",
        "ctc_loss",
        "digitize",
        "fold",
        "image.affine_transform",
        "image.crop_images",
        "image.extract_patches_3d",
        "image.map_coordinates",
        "image.pad_images",
        "image.perspective_transform",
        "image.scale_and_translate",
        "image.ssim",
        "in_top_k",
        "inv",
        "lu_factor",
        "multi_hot",
        "scatter",
        "scatter_update",
        "segment_max",
        "segment_min",
        "segment_prod",
        "segment_sum",
        "separable_conv",
        "solve",
        "sparse_categorical_crossentropy",
        "view_as_complex",
    ]
}
"""Operations that want other tensors than these."""


def find_shapes(kind: Kind) -> Iterator[tuple[list[Shape], list[Shape]]]:
    """What Keras states and what it computes, for each of the tensors that the operation takes."""
    required = [argument for argument in kind.arguments if argument.required]
    tensors = [argument.type for argument in required if argument.type in ("tensor", "tensors")]
    inbound = tuple(Source(node="x") for _ in range(2 if "tensors" in tensors else max(len(tensors), 1)))
    given = {
        argument.name: BY_NAME.get(argument.name, BY_TYPE.get(argument.type))
        for argument in required
        if argument.type not in ("tensor", "tensors")
    }
    node = Node(kind=kind.name, name="y", arguments=given, inbound=inbound)
    for shape, dtype in TENSORS:
        numbers = keras.ops.convert_to_tensor(np.ones(shape, dtype) + np.eye(shape[-1], dtype=dtype)[0])
        # Not every operation takes all of these.
        with suppress(Exception):
            stated = call_layer(None, node, [keras.KerasTensor(shape, dtype) for _ in inbound])
            computed = call_layer(None, node, [numbers for _ in inbound])
            yield [tuple(tensor.shape) for tensor in stated], [tuple(tensor.shape) for tensor in computed]


def test_what_is_stated_is_computed_but_for_what_is_told() -> None:
    with warnings.catch_warnings(action="ignore"):
        found = {name: list(find_shapes(kind)) for name, kind in load_operations().items()}
    differ = {name for name, pairs in found.items() if not all(fits(*pair) for pair in pairs)}
    assert differ == MISSTATED.keys()
    assert {name for name, pairs in found.items() if not pairs} == NEVER_RUN


def read(code: str) -> Report:
    imports = "from keras import Input, Model, layers, ops\n"
    return make_report(read_code(imports + code).architecture)


@pytest.mark.parametrize(
    ("shape", "operation", "words"),
    [
        ("8, 6, 3", "adaptive_max_pool(x, (2, 3))", "(None, 8, 2, 3, 3), and computes (None, 2, 3, 3)."),
        ("None, 6, 3", "adaptive_max_pool(x, (2, 3))", "(None, None, 2, 3, 3), and cannot compute it (Input"),
        ("4, 4", "slogdet(x)", "() and (None,), and computes (None,) and (None,)."),
    ],
)
def test_both_shapes_are_told(shape: str, operation: str, words: str) -> None:
    report = read(f"x = Input(({shape}))\nmodel = Model(x, ops.{operation})")
    (problem,) = report.problems
    assert (problem.code, problem.severity, report.status) == ("shape-misstated", "warning", "builds")
    assert words in problem.happened


@pytest.mark.parametrize(
    "code",
    [
        "x = Input((4,))\nmodel = Model(x, ops.where(x > 0, x, 0.0))",
        "x = Input((8, 6, 3))\nmodel = Model(x, layers.AdaptiveAveragePooling2D((2, 3))(x))",
    ],
)
def test_what_is_computed_as_it_is_stated_needs_no_word(code: str) -> None:
    assert read(code).problems == ()
