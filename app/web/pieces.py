"""list_pieces(): the way to each piece of code in a page of text, of which one is shown."""

from collections.abc import Sequence
from itertools import groupby

from fastapi import Request

from app.architecture import Question
from app.architecture.code.passages import Passage, find_pieces
from app.frozen import Frozen
from app.problems import Problem
from app.web.addresses import write_links

CHOSEN = "block-chosen"
"""The code of the note that one piece of several was read."""

MOST_NAMED = 3
"""The layers of a piece that stand in its name."""


class Piece(Frozen):
    """One piece: its number and its first line in the text, and the page on which it is shown."""

    number: int
    line: int
    name: str
    """The layers that it makes."""
    shown: bool
    href: str | None
    """None where the piece alone is too long for a link."""
    state: str | None
    """The whole text with this piece shown; None where it is too long for a link."""


def list_pieces(
    request: Request, question: Question, notes: Sequence[Problem] | None = None
) -> tuple[Piece, ...]:
    """The pieces that name layers, where the notes tell that one of several was read; else none.

    Without notes, which is where nothing could be read, those of a text of which the visitor chose one.
    """
    if question.code is None or (notes is None and question.piece is None):
        return ()
    numbered = list(enumerate(find_pieces(question.code), 1))
    if notes is None:
        line = next((passage.line for number, passage in numbered if number == question.piece), None)
    else:
        line = next((note.line for note in notes if note.code == CHOSEN), None)
    if line is None:
        return ()
    return tuple(
        _describe(request, question, number, passage, passage.line == line)
        for number, passage in numbered
        if passage.names_layers or passage.line == line
    )


def _describe(request: Request, question: Question, number: int, passage: Passage, shown: bool) -> Piece:
    alike = Question(code=question.code, piece=number, timesteps=question.timesteps, stride=question.stride)
    whole = write_links(request, alike)
    # A text that is too long for a link is left behind: its pieces may be short enough.
    alone = alike.model_copy(update={"code": passage.alone, "piece": None})
    return Piece(
        number=number,
        line=passage.line,
        name=_name(passage.kinds),
        shown=shown,
        href=whole.page or write_links(request, alone).page,
        state=whole.state,
    )


def _name(kinds: Sequence[str]) -> str:
    """ "LSTM ×3 → Dense": what is repeated is counted, and what is much is cut."""
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    words = [f"{kind} ×{count}" if count > 1 else kind for kind, count in runs]
    return " → ".join(words[:MOST_NAMED] + ["…"] * (len(words) > MOST_NAMED))
