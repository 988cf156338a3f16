"""tf.data datasets: the shapes of one element, and of the batches that a model is fed."""

from collections.abc import Callable, Mapping

from app.architecture.code.data.numpy_functions import array_of, read_sizes
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.values import Array, Dataset, Unknown, Value


def from_tensor_slices(interpreter: Interpreter, tensors: Value, *_: Value) -> Value:
    """`tf.data.Dataset.from_tensor_slices(tensors)`: a dataset of single rows."""
    return Dataset(_each_array(interpreter, tensors, lambda shape: shape[1:]))


def timeseries_dataset_from_array(
    interpreter: Interpreter,
    data: Value,
    targets: Value = None,
    sequence_length: Value = None,
    sequence_stride: Value = 1,
    sampling_rate: Value = 1,
    batch_size: Value = 128,
    *_: Value,
    **__: Value,
) -> Value:
    """Batches of windows, (batch, sequence_length, features), with the target of each window."""
    rows = array_of(interpreter, data)
    if not isinstance(rows, Array):
        return Unknown("a dataset of windows")
    length = read_sizes(interpreter, sequence_length)[0]
    batched: tuple[int | None, ...] = (None,) if batch_size is not None else ()
    windows = Array((*batched, length, *rows.shape[1:]))
    if targets is None:
        return Dataset(windows)
    return Dataset((windows, _each_array(interpreter, targets, lambda shape: (*batched, *shape[1:]))))


def _batch(interpreter: Interpreter, dataset: Dataset, *_: Value, **__: Value) -> Dataset:
    """`dataset.batch(size)`: the last batch may be smaller, so the batch size is None."""
    return Dataset(_each_array(interpreter, dataset.element, lambda shape: (None, *shape)))


def _same(interpreter: Interpreter, dataset: Dataset, *_: Value, **__: Value) -> Dataset:
    return dataset


def _map(interpreter: Interpreter, dataset: Dataset, *_: Value, **__: Value) -> Unknown:
    return Unknown("a dataset")


def _each_array(
    interpreter: Interpreter, value: Value, change: Callable[[tuple[int | None, ...]], tuple[int | None, ...]]
) -> Value:
    if isinstance(value, tuple):
        return tuple(_each_array(interpreter, part, change) for part in value[:10])
    known = array_of(interpreter, value)
    return Array(change(known.shape)) if isinstance(known, Array) else known


DATASET_METHODS: Mapping[str, Callable[..., Value]] = {
    "batch": _batch,
    "map": _map,
    **dict.fromkeys(
        ("cache", "filter", "padded_batch", "prefetch", "repeat", "shuffle", "skip", "take"), _same
    ),
}
