"""Functions on tensors that keras.ops lacks, or has with another meaning, and that a layer can do instead."""

from collections.abc import Callable, Mapping

from app.architecture.code.built import Tensor
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.construct import construct_layer
from app.architecture.code.layers.graph import call_layer
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.refusal import Refusal, would_raise
from app.architecture.code.values import Value


def call_layer_function(interpreter: Interpreter, path: str, arguments: Arguments) -> Value:
    """Call the function at `path`, a key of LAYER_FUNCTIONS: its layer is made and called at once."""
    try:
        return LAYER_FUNCTIONS[path](interpreter, *arguments.positional, **arguments.keywords)
    except TypeError as error:
        raise would_raise(error) from None


def _apply(interpreter: Interpreter, kind: str, tensors: Value, *positional: Value, **named: Value) -> Value:
    layer = construct_layer(interpreter, kind, Arguments(list(positional), named))
    return call_layer(interpreter, layer, Arguments([tensors]))


def _multiply_batches(interpreter: Interpreter, x: Value, y: Value, axes: Value = None) -> Value:
    """`K.batch_dot(x, y, axes)`, as the Dot layer; without axes it is a matrix product."""
    if axes is None:
        shapes = [measure_tensor(interpreter, each) for each in (x, y) if isinstance(each, Tensor)]
        ranks = [len(shape) for shape in shapes if isinstance(shape, tuple)]
        if len(ranks) < 2:
            raise Refusal("Which axes `batch_dot` multiplies is not known here; say `axes=`.")
        axes = [ranks[0] - 1, max(ranks[1] - 2, 1)]
    return _apply(interpreter, "Dot", [x, y], axes=axes)


def _add_up(interpreter: Interpreter, inputs: Value, *_: Value, **__: Value) -> Value:
    return _apply(interpreter, "Add", inputs)


def _flatten(interpreter: Interpreter, x: Value) -> Value:
    return _apply(interpreter, "Flatten", x)


def _repeat(interpreter: Interpreter, x: Value, n: Value) -> Value:
    return _apply(interpreter, "RepeatVector", x, n)


def _pad_timesteps(interpreter: Interpreter, x: Value, padding: Value = (1, 1)) -> Value:
    return _apply(interpreter, "ZeroPadding1D", x, padding)


def _pad_image(
    interpreter: Interpreter, x: Value, padding: Value = ((1, 1), (1, 1)), data_format: Value = None
) -> Value:
    return _apply(interpreter, "ZeroPadding2D", x, padding, data_format=data_format)


def _drop(interpreter: Interpreter, x: Value, rate: Value = None, *_: Value, **others: Value) -> Value:
    return _apply(interpreter, "Dropout", x, others.get("level", 0.5) if rate is None else rate)


def _enlarge(
    interpreter: Interpreter, x: Value, height_factor: Value, width_factor: Value, *_: Value, **__: Value
) -> Value:
    return _apply(interpreter, "UpSampling2D", x, (height_factor, width_factor))


def _resize(interpreter: Interpreter, images: Value, size: Value, *_: Value, **__: Value) -> Value:
    if not isinstance(size, list | tuple) or len(size) != 2:
        raise Refusal("To what size the images are resized is not known here.")
    return _apply(interpreter, "Resizing", images, *size)


def _keep(interpreter: Interpreter, x: Value, *_: Value, **__: Value) -> Value:
    return x


OF_TENSORFLOW_1: Mapping[str, str] = {
    "average_pooling1d": "AveragePooling1D",
    "average_pooling2d": "AveragePooling2D",
    "average_pooling3d": "AveragePooling3D",
    "batch_normalization": "BatchNormalization",
    "conv1d": "Conv1D",
    "conv2d": "Conv2D",
    "conv2d_transpose": "Conv2DTranspose",
    "conv3d": "Conv3D",
    "conv3d_transpose": "Conv3DTranspose",
    "dense": "Dense",
    "dropout": "Dropout",
    "flatten": "Flatten",
    "max_pooling1d": "MaxPooling1D",
    "max_pooling2d": "MaxPooling2D",
    "max_pooling3d": "MaxPooling3D",
    "separable_conv1d": "SeparableConv1D",
    "separable_conv2d": "SeparableConv2D",
}
"""The functions of tf.layers, and the layers that replace them."""

NO_EFFECT = frozenset({"reuse", "training"})
"""Arguments of these functions that change no shape and no count."""


def _layer_of(name: str, kind: str) -> Callable[..., Value]:
    def call(interpreter: Interpreter, inputs: Value, *positional: Value, **named: Value) -> Value:
        interpreter.notes.add(
            "old-spelling", interpreter.line, old=f"tf.layers.{name}(x, …)", new=f"keras.layers.{kind}(…)(x)"
        )
        given = {name: value for name, value in named.items() if name not in NO_EFFECT}
        return _apply(interpreter, kind, inputs, *positional, **given)

    return call


PREPROCESSING = (
    *("convnext", "densenet", "efficientnet", "efficientnet_v2", "inception_resnet_v2", "inception_v3"),
    *("mobilenet", "mobilenet_v2", "mobilenet_v3", "nasnet", "resnet", "resnet50", "resnet_v2"),
    *("vgg16", "vgg19", "xception"),
)
"""Modules of keras.applications whose `preprocess_input` changes the numbers of a picture, not its shape."""

LAYER_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    **{f"keras.applications.{module}.preprocess_input": _keep for module in PREPROCESSING},
    **{
        f"{module}.{name}": _layer_of(name, kind)
        for module in ("tensorflow.layers", "tensorflow.compat.v1.layers")
        for name, kind in OF_TENSORFLOW_1.items()
    },
    "keras.backend.batch_dot": _multiply_batches,
    "keras.backend.batch_flatten": _flatten,
    "keras.backend.dropout": _drop,
    "keras.backend.identity": _keep,
    "keras.backend.repeat": _repeat,
    "keras.backend.resize_images": _enlarge,
    "keras.backend.spatial_2d_padding": _pad_image,
    "keras.backend.temporal_padding": _pad_timesteps,
    "keras.random.dropout": _drop,
    "tensorflow.add_n": _add_up,
    "tensorflow.identity": _keep,
    "tensorflow.image.resize": _resize,
    "tensorflow.math.add_n": _add_up,
    "tensorflow.nn.dropout": _drop,
}
"""By path, with the parameters of the function."""
