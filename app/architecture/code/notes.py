"""Notes: what was read otherwise than it was written, and how to write it today."""

from collections.abc import Iterable
from typing import NamedTuple

from app.problems import Problem


class Words(NamedTuple):
    """The three sentences of a kind of note, with places for the particulars; each can be read by itself."""

    happened: str
    expected: str
    fix: str
    joined: bool = False
    """Whether all notes of this kind are joined into one."""
    runs: bool = True
    """Whether Python would run the code as it is."""
    meant: bool = False
    """Whether there is no doubt about what is meant; several such notes fold into one on the page."""


NOTES = {
    "alternative-chosen": Words(
        "The code begins a model {count} times, each with an input of its own: {beginnings}.",
        "A Sequential model is told what enters it once, at its first layer.",
        "The last one, from line {last} on, is shown. To see another, paste its lines alone; "
        "Compare shows two models side by side.",
        runs=False,
    ),
    "argument-ignored": Words(
        "`{argument}` of {kind} has no effect here. {reason}",
        "Every argument that is written changes something about the layer.",
        "Leave `{argument}` out: the shapes stay the same.",
        joined=True,
    ),
    "block-chosen": Words(
        "The text holds {count} pieces of code. Number {number}, from line {first} on, was read.",
        "One model is looked at at a time: the first piece that makes one.",
        "To see another piece, choose it above the shapes, or paste its lines alone.",
        runs=False,
    ),
    "changed-together": Words(
        "{place} is what {layers} take: they changed together.",
        "One number in the code is one number of all layers that take it.",
        "To change {meant} alone, write its number in its own line.",
    ),
    "class-not-walked": Words(
        "What `{name}` does cannot be followed: {reason}",
        "A class whose `call` calls layers, models and functions of Keras on what it is given.",
        "It stands as one layer whose inside is not known. Check the shape that is declared of it, "
        "or declare one.",
    ),
    "code-written-anew": Words(
        "No line of your code could be changed to say just this. The code shown now was written anew for the "
        "changed layers, without your comments.",
        "A change that can be made in the lines of the layers concerned.",
        "Your own code is not lost: undo the change, and it stands here again.",
    ),
    "counted-anew": Words(
        "{names}: Keras counts the layers of a kind.",
        "A layer without a name of its own is called by its kind and its place among those of the kind.",
        'To keep a name, write it in the layer: `name="{kept}"`.',
    ),
    "import-assumed": Words(
        "{names} {verb} not imported in this code.",
        "Python wants an import for every name.",
        "What is missing was read as Keras' and NumPy's own. Add the imports before you run the code.",
        runs=False,
        meant=True,
    ),
    "input-length-ignored": Words(
        "`input_length={length}` is gone from Keras 3: it warns, and leaves the model without a shape.",
        "An Input in front of the Embedding says how long the sequences are.",
        'Write `keras.Input(({length},), dtype="int32")` before the Embedding. The shapes here are those of '
        "the model with that line.",
    ),
    "input-shape-assumed": Words(
        "The code does not say what shape enters the model. {source}",
        "An Input at the start of the model says what enters it.",
        "Write `keras.Input({shape})` as the first element, or change the shape here.",
    ),
    "weights-counted-again": Words(
        "{names}: used inside a nested model and outside of it.",
        "Keras counts the weights of one layer once, wherever it is used.",
        "The shapes are right. The weights of {names} are counted in each of the models here: "
        "take them off once.",
    ),
    "mask-not-read": Words(
        "The numbers of `{argument}` in the call of a {kind} are not read: they were left out.",
        "A mask that layers or `ops` compute from the model's inputs, or one that is said in a word.",
        "Every timestep is drawn as if nothing were masked. If the mask is causal, write "
        "`use_causal_mask=True`.",
    ),
    "model-assumed": Words(
        "{happened}",
        "Layers belong to a model: `keras.Sequential([...])` or `keras.Model(inputs, outputs)`.",
        "It was read as {reading}. Write that down to say so yourself.",
        runs=False,
        meant=True,
    ),
    "name-assumed": Words(
        "The code does not say what {names} {verb}. Read as: {values}.",
        "Every size that a layer or an input takes is a number.",
        "{fix} Or change the numbers here.",
        runs=False,
    ),
    "loop-left": Words(
        "This loop takes very many steps and makes no layer. It was left before its end.",
        "What makes the model does not depend on how a very long loop ends.",
        "If a size is counted in it, set that size to what it comes to.",
    ),
    "data-read-as-input": Words(
        "Here a layer is called on data. It was read as a model, with `{name}` as its input.",
        "What a layer gives for data of a shape, a model gives for an input of that shape.",
        "To say it yourself, write `{name} = {new}`.",
    ),
    "file-left": Words(
        "This loads a model from a file where there is one. The code was read as if there were none.",
        "The code says what the model is if it is made anew; a file is not part of it.",
        "If the model in the file is meant, open that file here.",
    ),
    "not-followed": Words(
        "Whether or how often this runs depends on `{name}`, which the code does not say. {reading}",
        "Conditions and loops are followed where the code says what they depend on.",
        "If that is not what happens, set `{name}` to what it is.",
    ),
    "old-spelling": Words(
        "`{old}` is an older spelling of `{new}`.",
        "Today's spelling works in Keras 3 and in every version to come; the shapes stay the same.",
        "Write `{new}` instead of `{old}`.",
        joined=True,
        meant=True,
    ),
    "positions-counted": Words(
        "The class counts positions up to the length of `{name}`, and a layer of it is called on them.",
        "What stands in a model is computed from its inputs.",
        "They are shown as `cumsum(ones_like(…)) - 1` along `{name}`, which is 0, 1, 2, … as well.",
    ),
    "several-models": Words(
        "The code makes {count} models: {models}. Shown is {shown}.",
        "One model is looked at at a time.",
        "To see another, choose it above the shapes, or leave this one out.",
    ),
    "source-repaired": Words(
        "{repair}.",
        "What is pasted can be run by Python as it stands.",
        "Look at the lines that were changed: do they say what you mean?",
        joined=True,
        runs=False,
        meant=True,
    ),
    "tuple-read-as-array": Words(
        "`{name}` is a tuple, which has no `shape`. It was read as an array of the shape {shape}.",
        "Only an array has a `shape`.",
        "Write `{name} = np.zeros({shape})`.",
        joined=True,
        runs=False,
        meant=True,
    ),
}

DOES_NOT_RUN = frozenset(code for code, words in NOTES.items() if not words.runs)
"""The kinds of notes on code that Python would not run as it is."""

MEANT = frozenset(code for code, words in NOTES.items() if words.meant)
"""The kinds of notes on code about whose meaning there is no doubt."""

MAX_NOTES = 100
MAX_JOINED = 8
"""Further sentences are only counted."""


class Notes:
    """Collects the notes on one source, up to a limit; equal notes count once."""

    def __init__(self) -> None:
        self._notes: dict[Problem, None] = {}
        self._joined: dict[str, dict[Problem, None]] = {}

    def add(self, code: str, line: int | None, layer: str | None = None, **particulars: object) -> None:
        """Add a note of the kind `code`, a key of NOTES, with the particulars that its sentences need."""
        words = NOTES[code]
        notes = self._joined.setdefault(code, {}) if words.joined else self._notes
        if len(notes) >= MAX_NOTES:
            return
        note = Problem(
            code=code,
            severity="warning",
            layer=layer,
            line=line,
            happened=words.happened.format(**particulars).strip(),
            expected=words.expected.format(**particulars),
            fix=words.fix.format(**particulars),
        )
        notes.setdefault(note)

    def extend(self, other: "Notes") -> None:
        """Add all notes of another collection."""
        self._notes |= other._notes
        for code, notes in other._joined.items():
            self._joined.setdefault(code, {}).update(notes)

    def all(self) -> tuple[Problem, ...]:
        """The notes in the order of their lines; notes of a kind that is told as one are joined."""
        joined = [_join(list(notes)) for notes in self._joined.values()]
        return tuple(sorted([*self._notes, *joined][:MAX_NOTES], key=lambda note: note.line or 0))


def _join(notes: list[Problem]) -> Problem:
    """Several notes of a kind as one, at the line of the first."""
    return notes[0].model_copy(
        update={
            "layer": notes[0].layer if len({note.layer for note in notes}) == 1 else None,
            "line": min((note.line for note in notes if note.line), default=None),
            "happened": _say_once(note.happened for note in notes),
            "fix": _say_once(note.fix for note in notes),
        }
    )


def _say_once(sentences: Iterable[str]) -> str:
    different = list(dict.fromkeys(sentences))
    rest = len(different) - MAX_JOINED
    return " ".join(different[:MAX_JOINED] + [f"({rest} more like these.)"] * (rest > 0))


def list_words(words: list[str]) -> str:
    """`a`, `b and c`: words for a sentence, up to a limit."""
    shown = words[:MAX_JOINED]
    if len(words) > MAX_JOINED:
        shown.append(f"{len(words) - MAX_JOINED} more")
    return " and ".join(filter(None, [", ".join(shown[:-1]), shown[-1]]))
