"""Usual numbers for names that the code never sets, chosen by their spelling."""

import re

DEFAULT = 8

# The first pattern found in the name decides. Small numbers keep the pictures readable.
SIZES: tuple[tuple[str, int | float], ...] = (
    (r"^y(_?train)?\.shape\[(1|-1)\]", 10),
    (r"matrix\.shape\[0\]", 10_000),
    (r"vocab|max_features|max_words|num_words|word_index|n_words|tokens|top_words", 10_000),
    (r"embed", 64),
    (r"class|label|categor", 10),
    (r"drop|rate", 0.2),
    (r"batch", 32),
    (r"n(um)?_?layers|depth", 2),
    (r"channel", 3),
    (r"height|width|(im(a)?g|pixel).*(size|dim|row|col|_[hwxy]$)|^(img_?)?(rows|cols|[hw])$", 64),
    (r"step|window|look_?back|lag|\.shape\[-2\]", 8),
    (r"len|seq", 20),
    (r"feature|dim|\.shape\[(2|-1)\]|column", 16),
    (r"unit|hidden|neuron|latent|size|filter", 32),
    (r"kernel|pool", 3),
)
_SIZES = tuple((re.compile(pattern, re.IGNORECASE), value) for pattern, value in SIZES)


def assume(name: str, purpose: str = "") -> int | float:
    """The number for a name such as `vocab_size`, or else for its `purpose`, such as `units`."""
    for text in (name, purpose):
        for pattern, value in _SIZES:
            if pattern.search(text):
                return value
    return DEFAULT


IMAGE = (64, 64, 3)
SEQUENCE = (8, 16)
TEXT = (20,)
"""Tokens of one text: not as many as there are in the vocabulary."""
PICTURED = re.compile(r"im(a)?g|pixel|photo|picture", re.IGNORECASE)
TEXTS = re.compile(r"token|word|text|sentence", re.IGNORECASE)


def assume_shape(name: str, axes: int) -> tuple[int, ...]:
    """Sizes for an unknown shape, without the batch axis."""
    if PICTURED.search(name) or axes == len(IMAGE):
        return IMAGE
    if axes == len(SEQUENCE):
        return SEQUENCE
    if axes == 1:
        return TEXT if TEXTS.search(name) else (max(int(assume(name)), 1),)
    return (DEFAULT,) * axes
