"""The models of keras.applications, as to_json() writes them: every row and total is the model's own."""

import inspect
import json
from collections.abc import Callable, Iterator

import keras
import pytest
from hypothesis import settings
from real_applications import RealLayer, RealModel, start_plain_keras

from app.architecture.config import read_config
from app.report.build import make_report
from app.report.model import LayerReport

ALL = sorted(name for name, made in vars(keras.applications).items() if inspect.isfunction(made))
FEW = ["ConvNeXtTiny", "MobileNetV2", "MobileNetV3Small"]
"""Small ones, whose layers are of many kinds. `make fuzz` takes all."""


@pytest.fixture(scope="module")
def describe() -> Iterator[Callable[[str], RealModel]]:
    with start_plain_keras() as describe_application:
        yield describe_application


def test_there_are_models_to_compare_with() -> None:
    assert len(ALL) == 40
    assert set(FEW) <= set(ALL)


@pytest.mark.parametrize("name", ALL if settings.get_current_profile_name() == "fuzz" else FEW)
def test_every_row_and_total_is_the_models_own(name: str, describe: Callable[[str], RealModel]) -> None:
    model = describe(name)
    report = make_report(read_config(json.loads(model.config)))
    layers = [describe_row(row) for row in report.layers if not row.kind.startswith("ops.")]
    operations = [describe_row(row) for row in report.layers if row.kind.startswith("ops.")]
    totals = report.totals
    assert report.status == "builds"
    assert layers == list(model.layers)
    assert sorted(operations) == sorted(model.operations)
    assert [(tensor.shape, tensor.dtype) for tensor in report.outputs] == list(model.outputs)
    assert (totals.parameters, totals.trainable) == (model.parameters, model.trainable)
    assert totals.bytes == model.bytes


def describe_row(row: LayerReport) -> RealLayer:
    """What the row says of its layer."""
    return RealLayer(
        name=row.name,
        output_shapes=row.output_shapes,
        output_dtypes=row.output_dtypes,
        compute_dtype=row.compute_dtype,
        trainable=row.trainable,
        weights=tuple((each.shape, each.dtype, each.trainable) for each in row.weights),
        parameters=row.parameters.total,
    )
