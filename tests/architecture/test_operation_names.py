"""Operations stand in files under the names of their classes: each is the function that it is."""

import inspect

import pytest
from keras.src.ops import core, image, linalg, math, nn, numpy
from keras.src.ops.operation import Operation

from app.architecture.catalogue import load_operations
from app.architecture.operation_names import name_operation

TAKE_FUNCTIONS = {
    "AssociativeScan",
    "Cond",
    "ForiLoop",
    "JVP",
    "Map",
    "Scan",
    "Switch",
    "VectorizedMap",
    "WhileLoop",
}
MAKE_TENSORS = {"Arange", "Array", "Full", "Geomspace", "Linspace", "Logspace"}
GIVE_NUMBERS = {"Ndim", "Size"}
SEVERAL_FUNCTIONS = {"SegmentReduction"}
LISTS_OF_CONDITIONS = {"Select"}

NONE = TAKE_FUNCTIONS | MAKE_TENSORS | GIVE_NUMBERS | SEVERAL_FUNCTIONS | LISTS_OF_CONDITIONS
"""Classes of which no operation in the catalogue is known to be one."""


def test_every_class_of_an_operation_is_found() -> None:
    classes = {
        name
        for module in (core, image, linalg, math, nn, numpy)
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, Operation) and value.__module__ == module.__name__
    }
    assert {name for name in classes if name_operation(name) not in load_operations()} == NONE


@pytest.mark.parametrize(
    ("class_name", "kind"),
    [
        ("AllClose", "ops.allclose"),
        ("BatchNorm", "ops.batch_normalization"),
        ("ExpandDims", "ops.expand_dims"),
        ("RGBToGrayscale", "ops.image.rgb_to_grayscale"),
        ("Unheard", "ops.Unheard"),
    ],
)
def test_a_class_and_its_function(class_name: str, kind: str) -> None:
    assert name_operation(class_name) == kind
