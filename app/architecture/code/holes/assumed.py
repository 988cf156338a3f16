"""Notes on names that the code does not define, with lines of code that would define them."""

import re
from collections.abc import Mapping, Sequence

from app.architecture.code.holes.assumptions import DEFAULT
from app.architecture.code.notes import Notes, list_words
from app.architecture.hole import Hole, HoleValue

AXIS = re.compile(r"(?P<array>[A-Za-z_]\w*)\.shape\[(?P<axis>-?\d{1,2}:?)\]")
"""`x.shape[1]` or `x.shape[1:]` of data that the code does not make."""

TENSOR = re.compile(r"(?P<name>[A-Za-z_]\w*)\.shape")
"""The whole shape of an undefined name that a layer is called on."""

SAMPLES = 1_000
"""The number of rows of data in proposed lines; any number would do."""


def note_names(notes: Notes, imports: Mapping[str, int], starred: bool) -> None:
    """Add one note on all names that were used without an import; a star import may have brought them."""
    if imports and not starred:
        names = list_words([f"`{name}`" for name in imports])
        notes.add(
            "import-assumed", min(imports.values()), names=names, verb="is" if len(imports) == 1 else "are"
        )


def note_assumed(notes: Notes, holes: Sequence[Hole]) -> None:
    """Add one note on all holes."""
    if holes:
        notes.add(
            "name-assumed",
            min(hole.line for hole in holes),
            names=list_words([f"`{hole.name}`" for hole in holes]),
            verb="is" if len(holes) == 1 else "are",
            values=list_words([f"`{hole.name}` = {hole.value}" for hole in holes]),
            fix=_propose({hole.name: hole.value for hole in holes}),
        )


def _propose(values: Mapping[str, HoleValue]) -> str:
    """Lines to write above the model, and numbers to write in place of expressions."""
    lines: dict[str, None] = {}
    places: list[str] = []
    for text, value in values.items():
        if axis := AXIS.fullmatch(text):
            lines[f"`{axis['array']} = np.zeros({_shape(axis['array'], values)})`"] = None
        elif tensor := TENSOR.fullmatch(text):
            lines[f"`{tensor['name']} = keras.Input({value})`"] = None
        elif text.isidentifier():
            lines[f"`{text} = {value}`"] = None
        else:
            places.append(f"`{value}` in the place of `{text}`")
    above = [f"{list_words(list(lines))} above the model"] if lines else []
    return f"Write {' and '.join(above + places[:2])}."


def _shape(array: str, values: Mapping[str, HoleValue]) -> tuple[int | float | None, ...]:
    """The smallest shape, samples first, whose axes have the sizes that were assumed."""
    sizes: dict[int, int | float | None] = {}
    for text, value in values.items():
        if (axis := AXIS.fullmatch(text)) and axis["array"] == array:
            first = int(axis["axis"].partition(":")[0] or 0)
            several = value if isinstance(value, tuple) else (value,)
            sizes.update(enumerate(several, first))
    axes = max(max(at + 1 if at >= 0 else -at for at in sizes), 2)
    if any(at < 0 and at % axes in (0, *sizes) for at in sizes):
        # A negative axis counts from the end: it is none of those that are counted from the start.
        axes += sum(at < 0 for at in sizes)
    shape: list[int | float | None] = [SAMPLES, *[DEFAULT] * (axes - 1)]
    for at, size in sizes.items():
        shape[at] = size
    return tuple(shape)
