"""The names that Keras gives to layers that were given none."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache

from app.architecture.spec import MAX_NAME


class Naming:
    """Keras' counter of unnamed layers; it counts every one constructed, whether or not a model uses it."""

    def __init__(self) -> None:
        self._made: Counter[str] = Counter()

    def make_name(self, kind: str) -> str:
        """The next name: `lstm` for the first LSTM, then `lstm_1`, `lstm_2`, …"""
        name = self.next_name(kind)
        self._made[write_snake_case(kind)] += 1
        return name

    def shift_name(self, name: str, counted: Mapping[str, int]) -> str:
        """The name, made with the counter at 0, that Keras would have given now; `counted` has the counters
        that were used, so that a name which was given stays.
        """
        stem, _, number = name.rpartition("_") if name[-1:].isdecimal() else (name, "", "0")
        made = self._made[stem] if stem in counted and number.isdecimal() else 0
        return f"{stem}_{int(number) + made}" if made else name

    def count_made(self, counted: Mapping[str, int]) -> None:
        """Count layers that were named elsewhere."""
        self._made.update(counted)

    def count_inner(self, kind: str, inner: Mapping[str, tuple[str, ...]]) -> None:
        """Count the layers that one of this kind makes itself, and does not name."""
        self._made.update(map(write_snake_case, inner.get(kind, ())))

    def next_name(self, kind: str) -> str:
        """The name that make_name() would give now."""
        stem = write_snake_case(kind)
        count = self._made[stem]
        return f"{stem}_{count}" if count else stem


_AUGMENTING = (
    *("AutoContrast", "Equalization", "RandomBrightness", "RandomColorDegeneration", "RandomContrast"),
    *("RandomPosterization", "RandomRotation", "RandomSharpness", "RandomShear", "RandomTranslation"),
    "Solarization",
)
INNER = {"AugMix": _AUGMENTING, "RandAugment": _AUGMENTING, "TextVectorization": ("StringLookup",)}
"""Layers that make others, which they do not name, where they are made."""
INNER_OF_BUILT = dict.fromkeys(("GroupQueryAttention", "MultiHeadAttention"), ("Softmax", "Dropout"))
"""The same of layers that make others where they are called first."""

CLASS_NAMES = {"GroupQueryAttention": "GroupedQueryAttention"}
"""Kinds whose class has another name than the one that Keras offers it under."""


@cache
def write_snake_case(kind: str) -> str:
    """A class name as Keras writes it in layer names: MaxPooling1D → max_pooling1d, ReLU → re_lu."""
    words = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", CLASS_NAMES.get(kind, kind))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()


def name_node(kind: str, taken: Collection[str]) -> str:
    """`lstm`, or `lstm_1` if that is taken, as Keras would name the layer."""
    stem = name = write_snake_case(kind)[: MAX_NAME // 2] or "layer"
    number = 0
    while name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name


def is_usual_name(name: str, kind: str) -> bool:
    """Whether Keras could have given this name to a layer of this kind."""
    return re.fullmatch(re.escape(write_snake_case(kind)) + r"(_\d+)?", name) is not None
