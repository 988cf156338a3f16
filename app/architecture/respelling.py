"""respell(): corrects misspelt Keras names in the visitor's code, as repairs that have been tried out."""

import ast
from collections.abc import Callable, Iterator

from app.architecture.code.notes import list_words
from app.architecture.code.rewriting import rewrite_code
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.question import Reading
from app.architecture.spec import Architecture
from app.problems import AppError, Misspelling, Problem, Repair, UnknownLayer

MOST_WORDS = 4
"""How many misspelt names are corrected together."""

MOST_CHARACTERS = 20_000
"""A longer source is not corrected, as reading it again and again is slow."""

Read = Callable[[str], Reading]
Mend = Callable[[Architecture], tuple[Repair, ...]]
"""Gives the repaired versions of an architecture that build; the architecture itself, untitled, if it
does."""


def respell(code: str, misspelt: Misspelling, read: Read, mend: Mend) -> tuple[Repair, ...]:
    """Repairs of the code, one for each name that may be meant, if the corrected code is read and builds.

    Further misspelt names are corrected with it, each to its likeliest name; if a layer then does not fit, it
    is mended as well.
    """
    if len(code) > MOST_CHARACTERS:
        return ()
    return tuple(filter(None, (_respell(code, misspelt, name, read, mend) for name in misspelt.near)))


def add_spellings(reading: Reading, read: Read, mend: Mend) -> Reading:
    """The reading of code, with such repairs added for its first misspelt name."""
    if reading.misspelt is None:
        return reading
    repairs = respell(reading.code, reading.misspelt, read, mend)
    at = next(place for place, note in enumerate(reading.notes) if note.code == UnknownLayer.code)
    notes: list[Problem] = list(reading.notes)
    notes[at] = notes[at].model_copy(update={"repairs": repairs})
    return reading.model_copy(update={"notes": tuple(notes)})


def _respell(code: str, misspelt: Misspelling, name: str, read: Read, mend: Mend) -> Repair | None:
    written = []
    for _ in range(MOST_WORDS):
        before = code
        written.append(f"{name} instead of {misspelt.word}")
        try:
            code = _replace_name(code, misspelt.word, name)
            reading = read(code)
        except UnknownLayer as error:
            following = error.misspelling
        except AppError:
            return None
        else:
            following = reading.misspelt
            if all(note.severity == "warning" for note in reading.notes):
                return _verify(f"Write {list_words(written)}", reading, read, mend)
        if following is None or not following.near or code == before:
            return None
        misspelt, name = following, following.near[0]
    return None


def _verify(title: str, reading: Reading, read: Read, mend: Mend) -> Repair | None:
    """The first way in which the corrected model builds, in the visitor's own code if that can follow."""
    found = next(iter(mend(reading.architecture)), None)
    if found is None or not found.title:
        kept = {"title": title, "code": reading.code, "keeps_code": True}
        return found and found.model_copy(update=kept)
    mended = found.model_copy(update={"title": f"{title}. {found.title}"})
    repaired = Architecture.model_validate(found.architecture)
    try:
        rewritten = rewrite_code(reading.code, {}, repaired, lambda code, _: read(code))
    except AppError:
        return mended
    if rewritten is None or rewritten.shared or rewritten.waits or rewritten.holes:
        return mended
    return mended.model_copy(update={"code": rewritten.code, "keeps_code": True})


def _replace_name(code: str, word: str, name: str) -> str:
    """The code with one name replaced by another wherever it is used as a name."""
    text = Text(code)
    return text.apply(edit for part in ast.walk(text.tree) for edit in _edit(text, part, word, name))


def _edit(text: Text, part: ast.AST, word: str, name: str) -> Iterator[Edit]:
    if isinstance(part, ast.Name) and part.id == word:
        yield text.replace(part, name)
    elif isinstance(part, ast.Attribute) and part.attr == word:
        yield Edit(text.end(part) - len(word.encode()), text.end(part), name)
    elif isinstance(part, ast.alias) and part.name == word:
        start = text.start(part)
        yield Edit(start, start + len(word.encode()), name)
