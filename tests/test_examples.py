"""Every example of the gallery, through the whole path, against its own words and against Keras itself."""

import re
import warnings
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from app.architecture import Question
from app.architecture.gallery import Example, load_gallery
from app.pipeline import visualise

GALLERY = load_gallery()
BUILDING = [example for example in GALLERY if example.problem is None]
FAILING = [example for example in GALLERY if example.problem is not None]


def by_slug(examples: list[Example] | tuple[Example, ...]) -> Any:
    return pytest.mark.parametrize("example", examples, ids=lambda example: example.slug)


def run_in_keras(example: Example) -> keras.Model:
    """The example's code, really run; a Sequential that was told no input is built on the example's."""
    # Keras counts names on through a whole process: begin anew, as the author's process did.
    keras.backend.clear_session()
    namespace: dict[str, Any] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(example.code, namespace)
    model: keras.Model = namespace["model"]
    if not model.built:
        model.build(next(iter(example.shapes.values())))
    return model


@by_slug(GALLERY)
def test_shapes_are_the_ones_the_example_promises(example: Example) -> None:
    report = visualise(Question(code=example.code)).report
    builds = {layer.name: layer.output_shapes[0] for layer in report.layers if layer.status == "builds"}
    # An input that the author left unnamed is called as Keras would call it; the example says `input`.
    expected = dict(zip(builds, example.shapes.values(), strict=True))
    assert builds == expected
    assert [name for name in example.shapes if not name.startswith("input")] == [
        name for name in builds if not name.startswith("input")
    ]


@by_slug(BUILDING)
def test_keras_gives_the_same_rows(example: Example) -> None:
    report = visualise(Question(code=example.code)).report
    model = run_in_keras(example)
    for layer in model.layers:
        row = report.layer(layer.name) if not isinstance(layer, keras.layers.InputLayer) else None
        if row is not None:
            first, *_ = keras.tree.flatten(layer.output)
            assert row.output_shapes[0] == tuple(first.shape)
            assert row.parameters.total == layer.count_params()
    assert report.totals.parameters == model.count_params()


@by_slug(FAILING)
def test_what_fails_here_fails_in_keras_and_is_repaired(example: Example) -> None:
    with pytest.raises(ValueError):
        run_in_keras(example)
    assert example.problem is not None
    report = visualise(Question(code=example.code)).report
    row = report.layer(example.problem.layer)
    assert report.status == row.status == "fails"
    assert row.problem is not None
    assert row.problem.code == example.problem.code
    assert len(row.problem.repairs) == 2
    for repair in row.problem.repairs:
        rebuilt = visualise(Question(architecture=repair.architecture)).report
        assert rebuilt.status == "builds"
        assert tuple(output.shape for output in rebuilt.outputs) == repair.output_shapes


@by_slug([example for example in GALLERY if "model.fit(" in example.prose])
def test_the_model_trains_on_what_the_answer_hands_to_fit(example: Example) -> None:
    repaired = example.code.replace("layers.Flatten()", "layers.GlobalAveragePooling1D()")
    model = run_in_keras(example.model_copy(update={"code": repaired}))
    (fit,) = re.findall(r"model\.fit\(.*?\)", example.prose)
    names = re.findall(r"\w+", fit.partition("[")[2].partition("]")[0])
    tokens = np.ones((4, 3), "int32")
    arrays = {"model": model, "y": np.zeros((4, 1)), **dict.fromkeys(names, tokens)}
    assert eval(fit, arrays).history["loss"]
    with pytest.raises(ValueError, match="same number of samples"):
        eval(fit, {**arrays, names[0]: tokens[:3]})
    with pytest.raises(tf.errors.InvalidArgumentError, match="Concat"):
        eval(fit, {**arrays, names[0]: tokens[:, :2]})


def test_the_mask_is_followed_from_the_embeddings_into_the_lstm() -> None:
    example = next(example for example in GALLERY if example.slug == "concatenate-with-mask")
    report = visualise(Question(code=example.code)).report
    fates = {layer.name: layer.mask.fate for layer in report.layers}
    assert fates["embedding_1"] == fates["embedding_2"] == "made"
    assert fates["concatenate"] == "kept"
    assert fates["lstm"] == "consumed"
    assert fates["dense"] == "none"


def test_without_return_sequences_the_second_lstm_fails_and_the_repair_puts_it_back() -> None:
    example = next(example for example in GALLERY if example.slug == "stacked-lstm")
    broken = example.code.replace("return_sequences=True,\n", "\n", 1)
    row = visualise(Question(code=broken)).report.layer("lstm_1")
    assert row.problem is not None
    assert row.problem.code == "missing-return-sequences"
    assert "lstm" in row.problem.happened
    assert row.problem.repairs[0].output_shapes == ((None, 10),)
