"""list_pieces(): links to each piece of code in a page of text, of which one is shown."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from fastapi import Request

from app.architecture import Question
from app.architecture.code import read_code
from app.architecture.code.source.passages import Passage, find_pieces
from app.drawing.words import write_shape
from app.frozen import Frozen, read_shape
from app.problems import AppError, Problem
from app.web.addresses import write_links

CHOSEN = "block-chosen"
"""The code of the note that one piece of several was read."""

MOST_NAMED = 3
"""How many layers are in the name of a piece."""


class Piece(Frozen):
    """One piece of code: its number, its first line in the text, and the page that shows it."""

    number: int
    line: int
    name: str
    """Its input shapes and layers; with the line if another piece has the same ones."""
    shown: bool
    href: str | None
    """None if even the piece alone is too long for a link."""
    state: str | None
    """The whole text with this piece shown; None if it is too long for a link."""


def list_pieces(
    request: Request, question: Question, notes: Sequence[Problem] | None = None
) -> tuple[Piece, ...]:
    """The pieces that name layers, if the notes say that one of several was read; else none.

    `notes` is None if nothing could be read: a visitor who chose a piece then sees the others too.
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
    offered = [(number, found) for number, found in numbered if found.names_layers or found.line == line]
    names = [_name(passage) for _, passage in offered]
    return tuple(
        _describe(
            request,
            question,
            number,
            passage,
            name if names.count(name) == 1 else f"{name} · line {passage.line}",
            passage.line == line,
        )
        for (number, passage), name in zip(offered, names, strict=True)
    )


def _describe(
    request: Request, question: Question, number: int, passage: Passage, name: str, shown: bool
) -> Piece:
    alike = Question(code=question.code, piece=number, timesteps=question.timesteps, stride=question.stride)
    whole = write_links(request, alike)
    # If the text is too long for a link, the piece alone may be short enough.
    alone = alike.model_copy(update={"code": passage.alone, "piece": None})
    return Piece(
        number=number,
        line=passage.line,
        name=name,
        shown=shown,
        href=whole.page or write_links(request, alone).page,
        state=whole.state,
    )


def _name(passage: Passage) -> str:
    """For example "(8, 4) → LSTM ×3 → Dense": repeated kinds are counted, and long names are cut."""
    runs = [(kind, len(list(run))) for kind, run in groupby(passage.kinds)]
    words = [f"{kind} ×{count}" if count > 1 else kind for kind, count in runs]
    return " → ".join([*_list_inputs(passage.source), *words[:MOST_NAMED], *["…"][: len(words) - MOST_NAMED]])


@lru_cache(maxsize=200)
def _list_inputs(source: str) -> tuple[str, ...]:
    """The input shapes of a piece's model, without the batch axis; none if it cannot be read."""
    try:
        nodes = read_code(source).architecture.nodes
    except AppError:
        return ()
    shapes = [read_shape(node.arguments.get("batch_shape")) for node in nodes if node.is_input]
    written = dict.fromkeys(write_shape(shape[1:]) for shape in shapes if shape)
    return (" and ".join(written),) if written else ()
