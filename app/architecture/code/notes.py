"""Notes: what was understood otherwise than it was written. Each says so, and how to write it today."""

from typing import NamedTuple

from app.problems import Problem


class Words(NamedTuple):
    """The three sentences of one note, with places for the particulars."""

    happened: str
    expected: str
    fix: str


NOTES = {
    "input-length-ignored": Words(
        "`input_length={length}` is gone from Keras 3: it warns, and leaves the model without a shape.",
        "An Input that says how long the sequences are.",
        'Write `keras.Input(({length},), dtype="int32")` before the Embedding. It was read as if you had.',
    ),
    "input-shape-assumed": Words(
        "The code does not say what shape enters the model. {source}",
        "An Input at the start of the model.",
        "Write `keras.Input({shape})` as the first element, or change the shape here.",
    ),
    "old-spelling": Words(
        "`{old}` is an older spelling.",
        "Keras 3 says `{new}`.",
        "It was read as `{new}`; write it like that, and it works in every version to come.",
    ),
    "argument-ignored": Words(
        "`{argument}` of {kind} has no effect here. {reason}",
        "Arguments that change the layer.",
        "Leave `{argument}` out; the shapes are the same.",
    ),
    "name-assumed": Words(
        "`{name}` gets no value in this code that could be followed. It was read as {value}.",
        "A number for every size.",
        "Set `{name}` above, for instance `{variable} = {value}`, or change the number here.",
    ),
    "import-assumed": Words(
        "{names} {verb} not imported in this code.",
        "An import for every name.",
        "Read as Keras' and NumPy's own. Add the imports before you run it.",
    ),
    "model-assumed": Words(
        "{happened}",
        "A model: `keras.Sequential([...])` or `keras.Model(inputs, outputs)`.",
        "It was read as {reading}. Write that down to say so yourself.",
    ),
    "tuple-read-as-array": Words(
        "`{name}` is a tuple, which has no `shape`.",
        "An array, for instance `np.zeros({shape})`.",
        "It was read as an array of the shape {shape}.",
    ),
    "source-repaired": Words(
        "{repair}: as it stands, the code is not Python.",
        "Python.",
        "Check that this is what you meant.",
    ),
    "several-models": Words(
        "The code makes {count} models (made on line {lines}).",
        "One model to look at.",
        "The last one, made on line {last}, is shown. Leave it out to see another.",
    ),
    "not-followed": Words(
        "Whether or how often this runs depends on `{name}`, which the code does not say. {reading}",
        "Conditions and loops over what the code says.",
        "If that is not what happens, set `{name}` to what it is.",
    ),
}


MAX_NOTES = 100


class Notes:
    """Collects notes, as many as anybody will read; the same one twice is one."""

    def __init__(self) -> None:
        self._notes: dict[Problem, None] = {}

    def add(self, code: str, line: int | None, layer: str | None = None, **particulars: object) -> None:
        """Note something under one of the codes above, with the particulars its sentences ask for."""
        if len(self._notes) >= MAX_NOTES:
            return
        words = NOTES[code]
        note = Problem(
            code=code,
            severity="warning",
            layer=layer,
            line=line,
            happened=words.happened.format(**particulars).strip(),
            expected=words.expected.format(**particulars),
            fix=words.fix.format(**particulars),
        )
        self._notes.setdefault(note)

    def all(self) -> tuple[Problem, ...]:
        """The notes in the order of their lines."""
        return tuple(sorted(self._notes, key=lambda note: note.line or 0))
