"""The functions of keras.ops.image are operations too: in code, in files and in the report."""

import json
from typing import Any

import keras
import pytest

from app.architecture.code import read_code, write_code
from app.architecture.config import read_config
from app.problems import CodeError
from app.report.build import make_report

CODE = """
from keras import Input, Model, ops

x = Input((32, 48, 3))
model = Model(x, ops.image.{call})
"""

CALLS = [
    "crop_images(x, 1, 2, target_height=20, target_width=20)",
    "elastic_transform(x)",
    "extract_patches(x, (4, 4))",
    "extract_patches(x, 4, strides=2, padding='same')",
    "extract_patches_3d(ops.expand_dims(x, 1), (1, 4, 4))",
    "gaussian_blur(x, (5, 5), (2.0, 2.0))",
    "hsv_to_rgb(x)",
    "pad_images(x, top_padding=1, left_padding=2, target_height=40, target_width=60)",
    "resize(x, (16, 24), interpolation='nearest', antialias=True)",
    "rgb_to_grayscale(x)",
    "rgb_to_hsv(x)",
    "scale_and_translate(x, (None, 16, 24, 3), [2.0, 2.0], [0.0, 0.0], (1, 2), 'linear')",
    "sobel_edges(x)",
    "ssim(x, x)",
]


@pytest.mark.parametrize("call", CALLS)
def test_an_operation_on_images_is_what_keras_makes_of_it(call: str) -> None:
    code = CODE.format(call=call)
    names: dict[str, Any] = {}
    exec(code, names)
    model = names["model"]
    assert model(keras.ops.ones((2, 32, 48, 3))).shape[1:] == model.output_shape[1:]
    written = write_code(read_code(code).architecture)
    config = json.loads(model.to_json())
    for architecture in (
        read_code(code).architecture,
        read_code(written).architecture,
        read_config(config),
    ):
        report = make_report(architecture)
        assert [tensor.shape for tensor in report.outputs] == [tuple(out.shape) for out in model.outputs]
        assert report.layers[-1].kind.startswith("ops.image.")


def test_a_function_of_tensorflow_that_does_the_same_is_read_as_one() -> None:
    code = "import tensorflow as tf\nfrom tensorflow import keras\nx = keras.Input((32, 48, 3))\n"
    read = read_code(code + "model = keras.Model(x, tf.image.resize(x, [8, 8], method='nearest'))")
    assert make_report(read.architecture).outputs[0].shape == (None, 8, 8, 3)


def test_one_that_does_something_else_is_not_taken_for_it() -> None:
    code = "import tensorflow as tf\nfrom tensorflow import keras\nx = keras.Input((32, 48, 3))\n"
    call = "tf.image.random_crop(x, [8, 8, 3])"
    with pytest.raises(CodeError, match=r"tensorflow\.image\.random_crop"):
        read_code(f"{code}model = keras.Model(x, {call})")


def test_what_keras_refuses_is_a_problem_at_the_operation() -> None:
    call = "resize(ops.mean(x, axis=(-1, -2)), (16, 24))"
    (problem,) = make_report(read_code(CODE.format(call=call)).architecture).problems
    assert problem.layer == "resize"
    assert "expected rank 3" in str(problem.keras_message)
