"""The models of keras.applications, as to_json() writes them: every row and total is the model's own."""

import gc
import inspect
import json

import keras
import pytest
from hypothesis import settings

from app.architecture.config import read_config
from app.report.build import make_report

ALL = sorted(name for name, made in vars(keras.applications).items() if inspect.isfunction(made))
FEW = ["ConvNeXtTiny", "MobileNetV2", "MobileNetV3Small"]
"""Small ones, whose layers are of many kinds. `make fuzz` takes all."""


def test_there_are_models_to_compare_with() -> None:
    assert len(ALL) == 40
    assert set(FEW) <= set(ALL)


@pytest.mark.parametrize("name", ALL if settings.get_current_profile_name() == "fuzz" else FEW)
def test_every_row_and_total_is_the_models_own(name: str) -> None:
    model = getattr(keras.applications, name)(weights=None)
    report = make_report(read_config(json.loads(model.to_json())))
    assert report.status == "builds"
    layers = [row for row in report.layers if not row.kind.startswith("ops.")]
    assert [(row.name, row.output_shapes, row.parameters.total) for row in layers] == [
        (layer.name, tuple(output.shape for output in keras.tree.flatten(layer.output)), layer.count_params())
        for layer in model.layers
    ]
    assert report.totals.parameters == model.count_params()
    assert report.totals.trainable == sum(
        weight.value.shape.num_elements() for weight in model.trainable_weights
    )
    del model
    gc.collect()
