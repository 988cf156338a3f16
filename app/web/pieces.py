"""Links to each of several models: the pieces of code in a page of text, and the models in one code."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from fastapi import Request

from app.architecture import Question
from app.architecture.code import read_code
from app.architecture.code.source.passage import Passage
from app.architecture.code.source.passages import find_pieces
from app.architecture.made import MadeModel
from app.drawing.words import write_shape
from app.frozen import Frozen, read_shape
from app.problems import AppError, Problem
from app.web.addresses import write_links

CHOSEN = "block-chosen"
"""The code of the note that one piece of several was read."""

MODEL = "model-"
"""What stands before the number of a model in one code, where a piece of a text is just a number."""

MOST_NAMED = 3
"""How many layers are in the name of a piece."""


class Choice(Frozen):
    """One of several models, and the page that shows it."""

    number: str
    """What /compare calls it."""
    place: int
    """Its place among the choices, from 1."""
    line: int
    name: str
    """The inputs and layers of a piece, or the variable of a model; with the line if another has the same."""
    shown: bool
    href: str | None
    """None if it is too long for a link."""
    state: str | None
    """The whole text with this model shown; None if it is too long for a link."""


def list_pieces(
    request: Request, question: Question, notes: Sequence[Problem] | None = None
) -> tuple[Choice, ...]:
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
    names = _tell_apart([(_name(passage), passage.line) for _, passage in offered])
    choices: list[Choice] = []
    for place, ((number, passage), name) in enumerate(zip(offered, names, strict=True), 1):
        alike = Question(
            code=question.code,
            piece=number,
            timesteps=question.timesteps,
            stride=question.stride,
            unfolded=question.unfolded,
        )
        whole = write_links(request, alike)
        # If the text is too long for a link, the piece alone may be short enough.
        alone = alike.model_copy(update={"code": passage.alone, "piece": None})
        choices.append(
            Choice(
                number=str(number),
                place=place,
                line=passage.line,
                name=name,
                shown=passage.line == line,
                href=whole.page or write_links(request, alone).page,
                state=whole.state,
            )
        )
    return tuple(choices)


def list_models(request: Request, question: Question, made: Sequence[MadeModel]) -> tuple[Choice, ...]:
    """The models that the code makes, by their variables."""
    if question.code is None:
        return ()
    names = _tell_apart([(model.name, model.line) for model in made])
    choices: list[Choice] = []
    for place, (model, name) in enumerate(zip(made, names, strict=True), 1):
        # Data and input shapes are those of the model that was shown.
        asked = question.model_copy(update={"shown_model": place, "sequences": None, "inputs": {}})
        links = write_links(request, asked)
        choices.append(
            Choice(
                number=f"{MODEL}{place}",
                place=place,
                line=model.line,
                name=name,
                shown=model.shown,
                href=links.page,
                state=links.state,
            )
        )
    return tuple(choices)


def place_piece(code: str, number: int) -> int:
    """The place of a piece among those that name layers, from 1."""
    return 1 + sum(passage.names_layers for passage in find_pieces(code)[: number - 1])


def _tell_apart(named: Sequence[tuple[str, int]]) -> list[str]:
    """The names; those that occur twice with their lines."""
    counts = Counter(name for name, _ in named)
    return [name if counts[name] == 1 else f"{name} · line {line}" for name, line in named]


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
