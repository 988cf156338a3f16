"""Widgets: the controls for arguments by type, each with functions that write and read its value."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import JsonValue

from app.architecture.catalogue import Argument
from app.frozen import Frozen

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_INTEGER = re.compile(r"[+-]?\d+")
_DIGITS = 100
"""A longer number is a typing mistake, and slow to convert."""

LABELS = {"input_dim": "vocabulary", "output_dim": "features", "target_shape": "shape"}
"""Labels that are clearer than the argument's name."""

PROMINENT = frozenset(
    {
        "axis",
        "cropping",
        "mask_value",
        "mask_zero",
        "merge_mode",
        "output_shape",
        "padding",
        "pool_size",
        "return_sequences",
        "size",
        "strides",
    }
)
"""Optional arguments that are shown at once; the others are under "more"."""

LISTS = frozenset({"dims", "newshape", "shape", "target_shape"})
"""Shapes that are a list even if they have one axis."""

SIGNED = frozenset({"axis", "mask_value", "max_value", "threshold"})
"""Numbers that may be negative; others have a minimum of 0 or 1."""


class Field(Frozen):
    """One control: its name in the form, its value and its choices."""

    name: str
    argument: str
    label: str
    widget: Literal["number", "checkbox", "select", "text"]
    value: str
    placeholder: str
    options: tuple[str, ...] = ()
    step: Literal["1", "any"] = "1"
    minimum: int | None = None
    required: bool
    prominent: bool
    help: str

    @property
    def id(self) -> str:
        """The control's id in the page."""
        return self.name.replace(".", "-")


class Widget(NamedTuple):
    """A control for one type of argument."""

    name: Literal["number", "checkbox", "select", "text"]
    write: Callable[[Argument, JsonValue], str]
    read: Callable[[Argument, str], JsonValue]


def write_field(prefix: str, argument: Argument, given: Mapping[str, JsonValue]) -> Field | None:
    """The control for an argument; None if no control can show the given value."""
    if not has_widget(argument) or (argument.type == "tensor" and argument.name not in given):
        return None
    value = given.get(argument.name, argument.default)
    # Keras takes several numbers where the catalogue has one: a kernel size of 3 or of (3, 3).
    widget = SEVERAL if argument.type in NUMBERS and isinstance(value, list) else WIDGETS[argument.type]
    text = widget.write(argument, value)
    if argument.name in given and not _same(widget.read(argument, text), value, argument.default):
        return None
    shown = argument.name in given or widget.name in ("checkbox", "select")
    return Field(
        name=f"{prefix}.{argument.name}",
        argument=argument.name,
        label=LABELS.get(argument.name, argument.name),
        widget=widget.name,
        value=text if shown else "",
        placeholder=widget.write(argument, argument.default),
        options=_list_options(argument, text) if widget.name == "select" else (),
        step="any" if argument.type in ("number", "tensor") else "1",
        minimum=_find_minimum(argument) if widget.name == "number" else None,
        required=argument.required,
        prominent=argument.required or argument.name in PROMINENT,
        help=argument.help,
    )


def has_widget(argument: Argument) -> bool:
    """Whether there is a control for arguments of this type."""
    return argument.type in WIDGETS


def read_field(argument: Argument, text: str) -> JsonValue:
    """The value in a submitted control; None if it equals the default.

    Text that is not a number is kept as text, so that the answer can say what is wrong with it.
    """
    return WIDGETS[argument.type].read(argument, text)


def read_number(text: str) -> int | float | str:
    """The number in the text; the text itself if it is none."""
    text = text.strip()
    if len(text) <= _DIGITS and _NUMBER.fullmatch(text):
        number = int(text) if _INTEGER.fullmatch(text) else float(text)
        if math.isfinite(number):
            return number
    return text


def read_sizes(text: str) -> list[int | float | str | None]:
    """The sizes in `(1, None)`, `1, None` or `1 None`; what is not a number is kept as text."""
    words = re.findall(r"[^\s,()\[\]]+", text)
    return [None if word == "None" else read_number(word) for word in words]


def write_sizes(values: Sequence[object]) -> str:
    """Sizes as Python writes them: `(1, None)`, `(1,)`."""
    sizes = [str(size) for size in values]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


def _find_minimum(argument: Argument) -> int | None:
    signed = argument.name in SIGNED or argument.type == "tensor"
    return None if signed else int(argument.type == "integer")


def _same(read: JsonValue, value: JsonValue, default: JsonValue) -> bool:
    if read is None:
        read = default
    return type(read) is type(value) and read == value


def _list_options(argument: Argument, text: str) -> tuple[str, ...]:
    none = ("",) if argument.default is None else ()
    return tuple(dict.fromkeys((*none, *argument.choices, text)))


def _write_plain(_: Argument, value: JsonValue) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _write_shape(_: Argument, value: JsonValue) -> str:
    if not isinstance(value, list):
        return "" if value is None else json.dumps(value)
    return write_sizes(value)


def _write_pairs(_: Argument, value: JsonValue) -> str:
    return "" if value is None else json.dumps(value).replace("[", "(").replace("]", ")")


def _read_number(argument: Argument, text: str) -> JsonValue:
    if re.search(r"[,(\[]", text):
        return _read_shape(argument, text)
    return read_number(text) if text.strip() else None


def _read_boolean(argument: Argument, text: str) -> JsonValue:
    value = text == "true"
    return None if value is argument.default else value


def _read_text(argument: Argument, text: str) -> JsonValue:
    return None if text in ("", argument.default) else text


def _read_shape(argument: Argument, text: str) -> JsonValue:
    """`(1, 150)`, `1, 150` and `1 150` are the same; one number stays a number if Keras takes one."""
    sizes: list[JsonValue] = [*read_sizes(text)]
    if not sizes:
        return [] if text.strip() else None
    alone = len(sizes) == 1 and not re.search(r"[,(\[]", text)
    return sizes[0] if alone and argument.name not in LISTS else sizes


def _write_texts(_: Argument, value: JsonValue) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else _write_plain(_, value)


def _read_texts(_: Argument, text: str) -> JsonValue:
    """Texts separated by commas."""
    return [part.strip() for part in text.split(",")] if text.strip() else None


def _read_pairs(argument: Argument, text: str) -> JsonValue:
    """`((1, 1), (2, 2))`, `1` or `(1, 2)`; anything else is kept as text."""
    try:
        pairs: JsonValue = json.loads(text.replace("(", "[").replace(")", "]"))
    except (ValueError, RecursionError):
        return text or None
    return pairs


NUMBERS = ("integer", "number")
SEVERAL = Widget("text", _write_shape, _read_number)

WIDGETS: Mapping[str, Widget] = {
    "integer": Widget("number", _write_plain, _read_number),
    "number": Widget("number", _write_plain, _read_number),
    "boolean": Widget("checkbox", _write_plain, _read_boolean),
    "choice": Widget("select", _write_plain, _read_text),
    "text": Widget("text", _write_plain, _read_text),
    "texts": Widget("text", _write_texts, _read_texts),
    "shape": Widget("text", _write_shape, _read_shape),
    "numbers": Widget("text", _write_shape, _read_shape),
    "pairs": Widget("text", _write_pairs, _read_pairs),
    # A number in place of a tensor: the 2 of `x * 2`.
    "tensor": Widget("number", _write_plain, _read_number),
}
"""Types that are missing here (a wrapped layer, an ignored argument) have no control."""
