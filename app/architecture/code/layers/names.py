"""What the names in the modules that people import stand for, by their path."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

from app.architecture.catalogue import KINDS, OBJECTS
from app.architecture.code.data.array_functions import train_test_split
from app.architecture.code.data.datasets import from_tensor_slices, timeseries_dataset_from_array
from app.architecture.code.data.numpy_functions import keep, to_categorical
from app.architecture.code.data.numpy_names import NUMPY
from app.architecture.code.data.sample_data import SAMPLE_DATA
from app.architecture.code.data.scalers import SCALERS
from app.architecture.code.data.tables import TABLES
from app.architecture.code.data.tokens import pad_tokens
from app.architecture.code.layers.applications import APPLICATIONS, make_application
from app.architecture.code.layers.data_formats import DATA_FORMATS
from app.architecture.code.layers.gone_sources import GONE_CLASSES
from app.architecture.code.layers.inputs import make_input, make_tensorflow_input
from app.architecture.code.layers.legacy import LAYERS as OLD_LAYERS
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.layers.merging import MERGING, merge_as_of_old, merge_models
from app.architecture.code.layers.models import make_functional, make_sequential, refuse_saved
from app.architecture.code.layers.regrowing import clone_model
from app.architecture.code.layers.tensor_makers import ABOUT, MAKERS, make_object
from app.architecture.code.python.builtin_functions import MATH
from app.architecture.code.python.options import OPTIONS
from app.architecture.code.python.records import RECORDS
from app.architecture.code.python.standard_library import STANDARD_LIBRARY
from app.architecture.code.values import ActivationFunction, LayerClass, Namespace, Native, Value
from app.architecture.never_built import NEVER_BUILT

KERAS_HOMES = (
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.contrib.keras",
    "tensorflow.python.keras",
    "tensorflow.keras",
    "tf_keras",
    "keras.api",
    "keras.src",
    "keras_core",
    "keras",
)
"""The modules under which Keras has been published; the paths below them are the same."""

SHORT_NAMES = {
    "K": "keras.backend",
    "Layer": "keras.layers.Layer",
    "activations": "keras.activations",
    "constraints": "keras.constraints",
    "initializers": "keras.initializers",
    "keras": "keras",
    "layers": "keras.layers",
    "math": "math",
    "models": "keras.models",
    "np": "numpy",
    "numpy": "numpy",
    "ops": "keras.ops",
    "pd": "pandas",
    "regularizers": "keras.regularizers",
    "tf": "tensorflow",
}
"""Usual names for modules and functions, for code without its imports."""

KERAS: Mapping[str, Native] = {
    "Functional": Native("keras.Model", make_functional),
    "Input": Native("keras.Input", make_input),
    "Merge": Native("Merge", merge_models),
    "Model": Native("keras.Model", make_functional),
    "Sequential": Native("keras.Sequential", make_sequential),
    "clone_model": Native("clone_model", clone_model),
    "int_shape": Native("int_shape", measure_tensor),
    "shape": Native("shape", measure_tensor),
    "merge": Native("merge", merge_as_of_old),
    "pad_sequences": Native("pad_sequences", pad_tokens, on_data=True),
    "timeseries_dataset_from_array": Native(
        "timeseries_dataset_from_array", timeseries_dataset_from_array, on_data=True
    ),
    "to_categorical": Native("to_categorical", to_categorical, on_data=True),
    **{name: Native(name, function) for name, function in {**DATA_FORMATS, **MERGING}.items()},
}
"""Keras' functions and classes besides layers, by the last part of the path, as modules have changed."""

LAYER_MODULES = frozenset(
    [
        "layers",
        "core",
        "recurrent",
        "embeddings",
        "convolutional",
        "pooling",
        "normalization",
        "wrappers",
        "noise",
        "advanced_activations",
        "local",
        "topology",
    ]
)

OBJECT_MODULES = frozenset({"constraints", "initializers", "regularizers"})

OPERATION_MODULES = frozenset({"backend", "ops"})
"""Modules whose `add` and `maximum` take two tensors, unlike those of keras.layers, which take a list."""

_CHOICES = KINDS["Activation"].argument("activation")
ACTIVATIONS = frozenset(_CHOICES.choices if _CHOICES else ())
ACTIVATION_MODULES = frozenset({"activations", "backend", "nn", "math", "tensorflow", "ops"})

CONSTANTS: Mapping[str, float | None] = {
    "math.e": math.e,
    "math.pi": math.pi,
    "numpy.e": math.e,
    "numpy.newaxis": None,
    "numpy.pi": math.pi,
    "tensorflow.newaxis": None,
}

SPLIT = Native("train_test_split", train_test_split, on_data=True)

ON_NUMBERS: Mapping[str, Callable[..., Value]] = {
    "keras.ops.cast": keep,
    "keras.ops.sqrt": MATH["sqrt"],
    "tensorflow.cast": keep,
    "tensorflow.math.sqrt": MATH["sqrt"],
    "tensorflow.sqrt": MATH["sqrt"],
}
"""Functions on tensors that classes also use on numbers."""

SCALER_HOMES = ("decomposition", "preprocessing")
"""The modules of scikit-learn that they are in."""

DATA: Mapping[str, Value] = {
    **{f"numpy.{name}": Native(f"np.{name}", function, on_data=True) for name, function in NUMPY.items()},
    **{
        path: Native(path, function, on_data=path.startswith("math."))
        for path, function in STANDARD_LIBRARY.items()
    },
    **{path: Native(path, function) for path, function in {**OPTIONS, **SAMPLE_DATA, **TABLES}.items()},
    **RECORDS,
    **{path: Native(path, function, on_data=True) for path, function in MAKERS.items()},
    **{path: Native(path, function) for path, function in ABOUT.items()},
    **{f"sklearn.{home}.{name}": make for name, make in SCALERS.items() for home in SCALER_HOMES},
    "sklearn.model_selection.train_test_split": SPLIT,
    "sklearn.cross_validation.train_test_split": SPLIT,
    "tensorflow.data.Dataset.from_tensor_slices": Native(
        "from_tensor_slices", from_tensor_slices, on_data=True
    ),
    **{path: Native(path, function, on_data=True) for path, function in ON_NUMBERS.items()},
    **{f"keras.{path}load_model": Native("load_model", refuse_saved) for path in ("models.", "saving.")},
    "keras.models.model_from_json": Native("model_from_json", refuse_saved),
    "tensorflow.shape": Native("tf.shape", measure_tensor),
    **{
        path: Native("tf.placeholder", make_tensorflow_input)
        for path in ("tensorflow.placeholder", "tensorflow.compat.v1.placeholder")
    },
}


NEVER_UNIMPORTED = frozenset({"shape"})
"""Functions whose names are most likely the author's own, where they are not imported."""


def modernise(path: str) -> str:
    """A module path in its current spelling: `tensorflow.python.keras.layers` is `keras.layers`."""
    for home in KERAS_HOMES:
        if path == home or path.startswith(f"{home}."):
            return "keras" + path[len(home) :]
    return path


@lru_cache(maxsize=1000)
def find_value(path: str) -> Value:
    """The value at a path. An unknown path is a Namespace, whose calls have no effect."""
    path = modernise(path)
    if path in CONSTANTS:
        return CONSTANTS[path]
    if path in DATA:
        return DATA[path]
    module, _, name = path.rpartition(".")
    parts = module.split(".")
    if parts[0] == "keras" and (value := _offer_keras(parts, name)):
        return value
    if parts[0] in ("keras", "tensorflow") and parts[-1] in ACTIVATION_MODULES and name in ACTIVATIONS:
        return ActivationFunction(name)
    return Namespace(path)


def _offer_keras(parts: list[str], name: str) -> Value:
    if name in KERAS and not (name in MERGING and parts[-1] in OPERATION_MODULES):
        return KERAS[name]
    if name in APPLICATIONS and "applications" in parts:
        return Native(name, make_application(name))
    if name in OBJECTS and parts[-1] in OBJECT_MODULES:
        return Native(name, make_object(name))
    if "scikit_learn" in parts:
        return Namespace(".".join([*parts, name]))
    if name in KNOWN_LAYERS or (
        not LAYER_MODULES.isdisjoint(parts) and name[:1].isupper() and name != "Layer"
    ):
        return LayerClass(name)
    return None


KNOWN_LAYERS = (
    frozenset(spelling for kind in KINDS.values() for spelling in (kind.name, *kind.aliases))
    | frozenset(OLD_LAYERS)
    | frozenset(GONE_CLASSES)
    | NEVER_BUILT.keys() - {"Layer"}
)


def find_unimported(name: str) -> Value:
    """The value of a name in code without imports; None if Keras, NumPy and TensorFlow have no such name."""
    if name == SPLIT.name:
        return SPLIT
    if name in SCALERS:
        return SCALERS[name]
    if name in NEVER_UNIMPORTED:
        return None
    if path := SHORT_NAMES.get(name):
        return Namespace(path)
    return _offer_keras(["keras"], name)
