"""The models of keras.applications in a process of its own, where nothing of the app touched Keras."""

import gc
import math
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

Shape = tuple[int | None, ...]


class RealLayer(NamedTuple):
    """What Keras made of one layer, or of one operation."""

    name: str
    output_shapes: tuple[Shape, ...]
    output_dtypes: tuple[str, ...]
    compute_dtype: str | None
    trainable: bool
    weights: tuple[tuple[Shape, str, bool], ...]
    """Without names: Keras counts those that it gives itself."""
    parameters: int


class RealModel(NamedTuple):
    """A model, its configuration and its sums."""

    config: str
    layers: tuple[RealLayer, ...]
    operations: tuple[RealLayer, ...]
    outputs: tuple[tuple[Shape, str], ...]
    parameters: int
    trainable: int
    bytes: int


@contextmanager
def start_plain_keras() -> Iterator[Callable[[str], RealModel]]:
    """A function that describes the application of a name."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        yield lambda name: process.submit(describe_application, name).result()


def describe_application(name: str) -> RealModel:
    """The application with random weights, as a user would make it."""
    import keras

    keras.utils.clear_session(free_memory=False)
    model = getattr(keras.applications, name)(weights=None)
    layers = {id(layer) for layer in model.layers}
    described = RealModel(
        config=model.to_json(),
        layers=tuple(map(describe_layer, model.layers)),
        operations=tuple(describe_layer(each) for each in model.operations if id(each) not in layers),
        outputs=tuple((tuple(output.shape), output.dtype) for output in model.outputs),
        parameters=model.count_params(),
        trainable=sum(math.prod(weight.shape) for weight in model.trainable_weights),
        bytes=sum(weight.value.numpy().nbytes for weight in model.weights),
    )
    del model
    gc.collect()
    return described


def describe_layer(layer: Any) -> RealLayer:
    """Shapes, types and weights. An operation has neither weights nor a type that it computes in."""
    import keras

    outputs = keras.tree.flatten(layer.output)
    is_layer = isinstance(layer, keras.Layer)
    return RealLayer(
        name=layer.name,
        output_shapes=tuple(tuple(output.shape) for output in outputs),
        output_dtypes=tuple(output.dtype for output in outputs),
        compute_dtype=layer.compute_dtype if is_layer else None,
        trainable=layer.trainable if is_layer else True,
        weights=tuple(map(describe_weight, layer.weights)) if is_layer else (),
        parameters=layer.count_params() if is_layer else 0,
    )


def describe_weight(weight: Any) -> tuple[Shape, str, bool]:
    """Shape, type, and whether it is trained."""
    return tuple(weight.shape), weight.dtype, weight.trainable
