"""rewrite_code(): changes the visitor's code as little as possible, so that it makes another architecture."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from time import monotonic
from typing import NamedTuple

from app.architecture.code.notes import Notes, list_words
from app.architecture.code.rewriting.changes import NAME, Change, find_changes, is_reordered, sort_layers
from app.architecture.code.rewriting.layers import propose_input, propose_layers
from app.architecture.code.rewriting.text import Text
from app.architecture.code.rewriting.trace import Proposal
from app.architecture.code.rewriting.values import propose_values
from app.architecture.hole import HoleValue
from app.architecture.question import Reading
from app.architecture.spec import Architecture
from app.problems import AppError, Problem

Holes = Mapping[str, HoleValue]
Read = Callable[[str, Holes], Reading]

REMARK = re.compile(r"\s#.*")
"""A comment at the end of a line of code."""

TOLD = frozenset({"changed-together", "code-written-anew", "counted-anew"})
"""The kinds of notes about changes made in the visitor's own code."""

MOST_READINGS = 24
"""How many changed sources are read at most in one rewriting."""

MOST_CHARACTERS_READ = 100_000
"""How many characters are read at most in one rewriting; so for a long source fewer places are tried."""

SECONDS = 3
"""The time limit of one rewriting, as the visitor waits. After it, the code is written anew."""


class Shared(NamedTuple):
    """A change of the code that also changed layers it was not meant for."""

    line: int | None
    written: str
    """The text of the literal, or the name of the hole."""
    layer: str
    others: tuple[Change, ...]


class Rewritten(NamedTuple):
    """The changed code, and what is read from it."""

    code: str
    holes: Holes
    reading: Reading
    shared: tuple[Shared, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    """The old and new name of each layer that Keras names differently now."""
    waits: bool = False
    """Whether a required argument was emptied, and the code still has its old value."""


def rewrite_code(code: str, holes: Holes, after: Architecture, read: Read) -> Rewritten | None:
    """The code and the values of its holes, changed so that they make `after`; None if no way is found.

    Each change is tried by reading the changed code, and kept only if that gives what it should. A number
    that several layers share changes all of them; what `after` says of the others is then not made, and is
    listed in `shared`. Layers named by Keras may get other names than in `after`.
    """
    rewriting = _Rewriting(code, after, read)
    return rewriting.finish(Rewritten(code, holes, read(code, holes)))


class _Rewriting:
    """The goal of one rewriting, and how many readings may still be tried for it."""

    def __init__(self, code: str, after: Architecture, read: Read) -> None:
        self._after = after
        self._read = read
        self._until = monotonic() + SECONDS
        self._readings = max(3, min(MOST_READINGS, MOST_CHARACTERS_READ // (len(code) + 1)))

    def finish(self, made: Rewritten) -> Rewritten | None:
        """Change the layers first, and then one value after the other."""
        before = made.reading.architecture
        if not is_reordered(before, self._after):
            self._after = sort_layers(self._after)
        changes = find_changes(before, self._after)
        if changes is None or is_reordered(before, self._after):
            step = self._change_layers(made)
            if step is None:
                return None
            made = step
            # Keras counts layer names anew if a layer is added, removed or moved.
            changes = self._list_other(made)
        wanted = {change.where for change in changes if not change.is_emptied}
        while still_open := self._list_open(made, wanted):
            step = self._change_value(made, still_open[0], wanted)
            if step is None:
                return None
            made = step
        return made._replace(
            waits=any(change.is_emptied for change in changes),
            renamed=tuple(self._list_renamed(before, made)),
        )

    def _list_renamed(self, before: Architecture, made: Rewritten) -> Iterable[tuple[str, str]]:
        known = {node.name for node in before.nodes}
        for change in find_changes(made.reading.architecture, self._after) or ():
            if change.argument == NAME and change.after in known:
                yield str(change.after), str(change.before)

    def _change_layers(self, made: Rewritten) -> Rewritten | None:
        """The code with one layer added, removed or moved, chosen so that the fewest values are left to
        change.
        """
        text = Text(made.code)
        proposals = (
            Proposal(edits) for edits in propose_layers(text, made.reading.architecture, self._after)
        )
        found: list[tuple[int, Rewritten]] = []
        for tried, _ in self._try_each(made, text, proposals):
            if find_changes(tried.reading.architecture, self._after) is not None:
                found.append((len(self._list_other(tried)), tried))
                if not found[-1][0]:
                    break
        return min(found, key=lambda one: one[0])[1] if found else None

    def _list_other(self, made: Rewritten) -> tuple[Change, ...]:
        changes = find_changes(made.reading.architecture, self._after) or ()
        return tuple(change for change in changes if not change.is_usual)

    def _list_open(self, made: Rewritten, wanted: set[tuple[str | int, ...]]) -> list[Change]:
        changes = find_changes(made.reading.architecture, self._after) or ()
        return [change for change in changes if change.where in wanted]

    def _change_value(
        self, made: Rewritten, change: Change, wanted: set[tuple[str | int, ...]]
    ) -> Rewritten | None:
        """The code with one value changed, and with others only if they come from the same place."""
        text = Text(made.code)
        before = find_changes(made.reading.architecture, self._after) or ()
        others = {other.where for other in before} - wanted
        proposals = chain(
            propose_values(text, change, made.reading.holes),
            map(Proposal, propose_input(text, made.reading.architecture, self._after, change)),
        )
        for tried, proposal in self._try_each(made, text, proposals):
            left = find_changes(tried.reading.architecture, self._after)
            if left is None or change.where in (other.where for other in left):
                continue
            if sum(other.where in wanted for other in left) >= sum(other.where in wanted for other in before):
                continue
            new = tuple(other for other in left if other.where not in wanted | others and not other.is_usual)
            if not new:
                return tried
            if not proposal.alone:
                return tried._replace(
                    shared=(*made.shared, _describe(tried.code, text, proposal, change, new))
                )
        return None

    def _try_each(
        self, made: Rewritten, text: Text, proposals: Iterable[Proposal]
    ) -> Iterable[tuple[Rewritten, Proposal]]:
        """Each proposal whose code is read with no more faults than before."""
        faults, asked = _count_faults(made.reading), _list_asked(made.reading)
        for proposal in proposals:
            if not self._readings or monotonic() > self._until:
                return
            self._readings -= 1
            code = text.apply(proposal.edits)
            holes = {**made.holes, **dict([proposal.hole] if proposal.hole else [])}
            try:
                reading = self._read(code, holes)
            except AppError:
                continue
            # A line moved above the names it uses would make them holes.
            if _count_faults(reading) <= faults and _list_asked(reading) <= asked:
                yield made._replace(code=code, holes=holes, reading=reading), proposal


def note_effects(rewritten: Rewritten) -> tuple[Problem, ...]:
    """A note for each change that affected other layers too, and for names that Keras counts anew."""
    notes = Notes()
    if rewritten.renamed:
        kept, _ = rewritten.renamed[0]
        names = list_words([f"`{old}` is now `{new}`" for old, new in rewritten.renamed])
        notes.add("counted-anew", None, names=names, kept=kept)
    for one in rewritten.shared:
        layers = list(dict.fromkeys([one.layer, *(other.layer for other in one.others)]))
        place = f"`{one.written}`" + ("" if one.line else ", which is not in your code,")
        notes.add(
            "changed-together", one.line, one.layer, place=place, meant=one.layer, layers=list_words(layers)
        )
    return notes.all()


def _count_faults(reading: Reading) -> int:
    return sum(note.severity == "error" for note in reading.notes)


def _list_asked(reading: Reading) -> set[str]:
    return {hole.name for hole in reading.holes}


def _describe(
    code: str, text: Text, proposal: Proposal, change: Change, others: tuple[Change, ...]
) -> Shared:
    if proposal.hole:
        return Shared(None, proposal.hole[0], change.layer, others)
    line = text.line_number(proposal.edits[0].start)
    written = REMARK.sub("", code.split("\n")[line - 1]).strip()
    return Shared(line, written, change.layer, others)
