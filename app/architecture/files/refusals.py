"""Files that people upload and that hold no architecture: what they are, and what to upload instead."""

from collections.abc import Mapping
from pathlib import PurePath

from app.problems import FileError, WeightsOnly

SAVE = 'Where the model exists in Python, `model.save("model.keras")` writes a file that can be opened here.'
REBUILD = "Open the code that builds the model, or what `model.to_json()` prints."

SAVED_MODEL = f"is a part of a SavedModel: a program of TensorFlow's, without the model's layers. {SAVE}"
CONVERTED = f"is a converted model, in which Keras' layers are not to be told any more. {SAVE}"
FOREIGN = "is a file of another library's. Kerascope reads Keras models only."
PICKLE = f"is a pickle, which runs code when it is read; it is never read here. {SAVE}"
PACKED = "is packed. Unpack it, and open what is in it."
YAML = "is YAML, which Keras no longer writes or reads. Open what `model.to_json()` prints."
CHECKPOINT = f"is a part of a checkpoint: weights, and no architecture. {REBUILD}"
ARRAYS = f"holds arrays, weights perhaps, and no architecture. {REBUILD}"

WORDS: Mapping[str, tuple[type[FileError], str]] = {
    ".bin": (WeightsOnly, ARRAYS),
    ".ckpt": (WeightsOnly, CHECKPOINT),
    ".data-00000-of-00001": (WeightsOnly, CHECKPOINT),
    ".gz": (FileError, PACKED),
    ".index": (WeightsOnly, CHECKPOINT),
    ".joblib": (FileError, PICKLE),
    ".mlmodel": (FileError, CONVERTED),
    ".npy": (WeightsOnly, ARRAYS),
    ".npz": (WeightsOnly, ARRAYS),
    ".onnx": (FileError, CONVERTED),
    ".pb": (FileError, SAVED_MODEL),
    ".pickle": (FileError, PICKLE),
    ".pkl": (FileError, PICKLE),
    ".pt": (FileError, FOREIGN),
    ".pth": (FileError, FOREIGN),
    ".rar": (FileError, PACKED),
    ".safetensors": (WeightsOnly, ARRAYS),
    ".tar": (FileError, PACKED),
    ".tflite": (FileError, CONVERTED),
    ".yaml": (FileError, YAML),
    ".yml": (FileError, YAML),
}
"""What a file is, by the suffix of its name; the words follow the name in a sentence."""

OWN = frozenset({".h5", ".hdf5", ".keras", ".zip"})
"""Suffixes of files that can be read, if their first bytes are right."""


def refuse_by_name(name: str) -> None:
    """Raise FileError or WeightsOnly if the name says that the file holds no architecture."""
    ending = PurePath(name).suffix.lower()
    if ending in WORDS:
        error, words = WORDS[ending]
        raise error(f"{_quote(name)} {words}")


def refuse_damaged(name: str) -> None:
    """Raise FileError for a file whose first bytes are not those that its name promises."""
    if PurePath(name).suffix.lower() in OWN:
        raise FileError(
            f"{_quote(name)} does not begin as such a file does: it is damaged, or something else under this "
            "name. Copy or save it again."
        )


def _quote(name: str) -> str:
    return repr(PurePath(name).name[-80:])
