"""Translation to keras.ops: the names that TensorFlow and the old Keras backend have for its functions."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from app.architecture.catalogue import Kind, load_operations, name_after
from app.frozen import JsonObject

OLD_NAMES: Mapping[str, str] = {
    "clip_by_value": "clip",
    "concat": "concatenate",
    "gather": "take",
    "l2_normalize": "normalize",
    "multiply_no_nan": "multiply",
    "permute_dimensions": "transpose",
    "pow": "power",
    "reduce_all": "all",
    "reduce_any": "any",
    "reduce_logsumexp": "logsumexp",
    "reduce_max": "max",
    "reduce_mean": "mean",
    "reduce_min": "min",
    "reduce_prod": "prod",
    "reduce_std": "std",
    "reduce_sum": "sum",
    "reduce_variance": "var",
    "repeat_elements": "repeat",
    "reverse": "flip",
    "sub": "subtract",
    "switch": "where",
    "truediv": "true_divide",
}
"""Functions of TensorFlow and the old Keras backend, with their names in keras.ops."""

OLD_ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "axes": ("perm", "pattern"),
    "axis": ("dim", "axes"),
    "dilation_rate": ("rates",),
    "dtype": ("type",),
    "indices_or_sections": ("num_or_size_splits",),
    "interpolation": ("method",),
    "keepdims": ("keep_dims",),
    "negative_slope": ("alpha", "slope"),
    "newshape": ("shape", "target_shape"),
    "num_classes": ("depth",),
    "repeats": ("multiples", "rep", "n"),
    "images": ("image",),
    "size": ("sizes",),
    "x": ("a", "input", "input_tensor", "inputs", "logits", "params", "reference", "tensor", "value"),
    "x1": ("a", "x"),
    "x2": ("b", "y"),
    "xs": ("tensors", "values", "inputs"),
    "x_min": ("clip_value_min", "min_value"),
    "x_max": ("clip_value_max", "max_value"),
}
"""Parameters of keras.ops, with their names elsewhere."""

SHORTENED: Mapping[str, str] = {
    "batchnorm": "batchnormalization",
    "layernorm": "layernormalization",
    "rmsnorm": "rmsnormalization",
}
"""Function names whose class in a file has a longer name, in lower case."""

IMAGE_FUNCTIONS = frozenset({"extract_patches", "hsv_to_rgb", "resize", "rgb_to_grayscale", "rgb_to_hsv"})
"""Functions of tensorflow.image that do the same as those of that name in keras.ops.image."""

DEFAULTS: Mapping[str, JsonObject] = {
    "keras.backend.argmax": {"axis": -1},
    "keras.backend.argmin": {"axis": -1},
    "keras.backend.concatenate": {"axis": -1},
    "keras.backend.expand_dims": {"axis": -1},
    "keras.backend.gather": {"axis": 0},
    "tensorflow.argmax": {"axis": 0},
    "tensorflow.gather": {"axis": 0},
    "tensorflow.math.argmax": {"axis": 0},
}
"""Defaults that differ from those of keras.ops."""


def find_operation(path: str) -> Kind | None:
    """The operation that does the same as the function at `path` of Keras or TensorFlow; None if there is
    none.
    """
    module, _, name = path.rpartition(".")
    library = path.partition(".")[0]
    if library not in ("keras", "tensorflow"):
        return None
    if not module.endswith(".image"):
        return load_operations().get(f"ops.{OLD_NAMES.get(name, name)}")
    known = library == "keras" or name in IMAGE_FUNCTIONS
    return load_operations().get(f"ops.image.{name}") if known else None


def name_operation(class_name: str) -> str:
    """The kind of an operation, given its class in a saved file: `ops.expand_dims` for `ExpandDims`."""
    letters = class_name[:80].lower()
    return _spell_kinds().get(SHORTENED.get(letters, letters), f"ops.{class_name}")


@cache
def _spell_kinds() -> Mapping[str, str]:
    # The class is named after the function, but not always with the same words: AllClose is allclose.
    return {name_after(kind).replace("_", ""): kind for kind in load_operations()}


def modernise_argument(name: str, names: Collection[str]) -> str | None:
    """Which of the parameters `names` an older parameter name stands for; None if none."""
    return next((new for new in names if name in OLD_ARGUMENTS.get(new, ())), None)


def convert_values(kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a TensorFlow function, in the form that keras.ops takes."""
    conversions = CONVERSIONS.get(kind.name, {})
    return {name: conversions[name](value) if name in conversions else value for name, value in given.items()}


def _add_up_sizes(parts: Any) -> Any:
    """TensorFlow's `split` takes the size of each part; that of keras.ops takes where each part ends."""
    if not isinstance(parts, list | tuple) or not all(isinstance(part, int) for part in parts):
        return parts
    return [sum(parts[:place]) for place in range(1, len(parts))]


def _take_middle(sizes: Any) -> Any:
    """TensorFlow's patches have a size for every axis, `[1, height, width, 1]`; keras.ops takes the middle
    two.
    """
    return list(sizes[1:3]) if isinstance(sizes, list | tuple) and len(sizes) == 4 else sizes


def _write_small(word: Any) -> Any:
    return word.lower() if isinstance(word, str) else word


CONVERSIONS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "ops.image.extract_patches": {
        "dilation_rate": _take_middle,
        "padding": _write_small,
        "size": _take_middle,
        "strides": _take_middle,
    },
    "ops.split": {"indices_or_sections": _add_up_sizes},
}
"""By operation and argument."""
