"""list_pieces(): the way to each piece of code in a page of text, of which one is shown."""

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request

from app.architecture import Question
from app.architecture.code.passages import find_pieces
from app.frozen import Frozen
from app.problems import Problem
from app.web.addresses import write_links

CHOSEN = "block-chosen"
"""The code of the note that one piece of several was read."""


class Piece(Frozen):
    """One piece: its number and its first line in the text, and a page of its own (None: too long)."""

    number: int
    line: int
    shown: bool
    href: str | None
    state: str | None


def list_pieces(request: Request, question: Question, notes: Sequence[Problem]) -> tuple[Piece, ...]:
    """The pieces that name layers, where the notes tell that one of several was read; else none."""
    chosen = next((note.line for note in notes if note.code == CHOSEN), None)
    if question.code is None or chosen is None:
        return ()
    pieces = []
    for number, passage in enumerate(find_pieces(question.code), 1):
        if passage.names_layers or passage.line == chosen:
            links = write_links(
                request, Question(code=passage.alone, timesteps=question.timesteps, stride=question.stride)
            )
            pieces.append(
                Piece(
                    number=number,
                    line=passage.line,
                    shown=passage.line == chosen,
                    href=links.page,
                    state=links.state,
                )
            )
    return tuple(pieces)


def compare_pieces(pieces: Sequence[Piece]) -> str | None:
    """The page of the piece that is shown beside the next one; None where there is no other, or no link."""
    shown = next((place for place, piece in enumerate(pieces) if piece.shown), 0)
    pair = pieces[shown : shown + 2] if shown + 1 < len(pieces) else pieces[max(shown - 1, 0) : shown + 1]
    states = [piece.state for piece in pair if piece.state]
    return f"/compare?{urlencode({'a': states[0], 'b': states[1]})}" if len(states) == 2 else None
