"""How numbers, axes, shapes and names are written; the page, the pictures and the files all use this.

An axis of unknown size is written as its name, "(batch, timesteps, 50 features)", or as in Keras, "(None,
None, 50)".
"""

import re
from collections.abc import Sequence

from app.architecture.spec import INPUT
from app.frozen import Shape
from app.report import LayerReport, Report
from app.report.model import Totals

UNSAFE = re.compile(
    # Characters that XML forbids, that control terminals, or that change the direction of text.
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)

BYTE_UNITS = ("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB")

MASK_WORDS = {
    "none": "",
    "made": "mask made",
    "kept": "mask kept",
    "consumed": "mask consumed",
    "dropped": "mask lost",
    "dropped_silently": "mask lost",
}

MEASURED = frozenset({"height", "width", "depth"})
"""Axes of which one is said how large it is, not how many there are."""

NO_EFFECT = "mask-has-no-effect"
"""The code of the warning that a mask marks no timestep at all."""


def clean_text(text: str) -> str:
    """The text on one line, with control characters and the like replaced by �."""
    return UNSAFE.sub("�", text.replace("\n", " ").replace("\t", " "))


def write_count(count: int) -> str:
    """60400 → "60,400"."""
    return f"{count:,}"


def write_bytes(count: int) -> str:
    """241600 → "241.6 kB"; powers of 1,000, one decimal."""
    size, power = float(count), 0
    while size >= 999.95 and power < len(BYTE_UNITS) - 1:
        size, power = size / 1000, power + 1
    return f"{count} B" if power == 0 else f"{size:,.1f} {BYTE_UNITS[power]}"


def write_uncounted(totals: Totals) -> str:
    """For example "without the weights of norm and 2 more, which are not counted"; empty if all are."""
    if not totals.uncounted:
        return ""
    first, *more = totals.uncounted
    others = f" and {len(more)} more" if more else ""
    return f"without the weights of {first}{others}, which are not counted"


def write_shape(shape: Shape) -> str:
    """A shape as Keras writes it, (None, 3, 50), without thousands separators."""
    return str(tuple(shape))


def write_axis(name: str, size: int | None) -> str:
    """For example ("timesteps", 3) → "3 timesteps", ("height", 28) → "height 28", ("batch", 32) → "batch of
    32"; an unknown size → the name.
    """
    if size is None:
        return name
    if name in MEASURED:
        return f"{name} {size:,}"
    if not name.endswith("s"):
        return f"{name} of {size:,}"
    return f"{size:,} {name.removesuffix('s') if size == 1 else name}"


def write_axes(names: Sequence[str], shape: Shape) -> str:
    """For example: "(batch, 3 timesteps, 50 features)"."""
    return f"({', '.join(write_axis(name, size) for name, size in zip(names, shape, strict=True))})"


def write_output(layer: LayerReport) -> str:
    """All outputs of a layer by the names of their axes; empty if there are none."""
    pairs = zip(layer.axes, layer.output_shapes, strict=True)
    return " and ".join(write_axes(names, shape) for names, shape in pairs)


def write_name(name: str) -> str:
    """A layer's name for reading; for a further call, `lstm@2`, the number of the call and the layer's
    name.
    """
    layer, _, number = name.rpartition("@")
    return f"{layer}, call {number}" if layer and number.isdecimal() else name


def write_plural(count: int, noun: str) -> str:
    """(1, "layer") → "1 layer"; (3, "layer") → "3 layers"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def write_mask(layer: LayerReport) -> str:
    """What the layer does with its mask, in two words; empty if there is none."""
    return "mask marks nothing" if marks_nothing(layer) else MASK_WORDS[layer.mask.fate]


def marks_nothing(layer: LayerReport) -> bool:
    """Whether the layer's output mask treats every timestep as data."""
    return layer.problem is not None and layer.problem.code == NO_EFFECT


def has_lost_mask(layer: LayerReport) -> bool:
    """Whether padding counts as data after this layer, though a mask came in."""
    return layer.mask.fate.startswith("dropped") or marks_nothing(layer)


def is_operation(kind: str) -> bool:
    """Whether the kind is a function of `keras.ops` rather than a layer."""
    return kind.startswith("ops.")


def write_kind(kind: str) -> str:
    """The kind of a layer in pictures; an input is called as in code."""
    return "Input" if kind == INPUT else kind


def count_layers(report: Report) -> str:
    """For example "5 layers and 2 operations"; a shared layer counts once."""
    operations = sum(is_operation(layer.kind) for layer in report.layers)
    layers = write_plural(len(report.layers) - operations, "layer")
    return f"{layers} and {write_plural(operations, 'operation')}" if operations else layers
