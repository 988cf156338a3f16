"""read_code(): Keras source, interpreted without running it."""

from collections.abc import Mapping
from typing import NamedTuple

from app.architecture.code.assemble import assemble, assemble_model
from app.architecture.code.budget import Budget
from app.architecture.code.choosing import choose_model
from app.architecture.code.custom.subclassed_models import make_models
from app.architecture.code.data.tokens import find_tokens
from app.architecture.code.faults import Faults
from app.architecture.code.holes.assumed import note_assumed, note_names
from app.architecture.code.holes.holes import Holes
from app.architecture.code.holes.open_inputs import settle_open_inputs
from app.architecture.code.interpreter import FindApplication, Grammar, Interpreter, Keras, Measure
from app.architecture.code.notes import Notes
from app.architecture.code.python.expressions import EXPRESSIONS
from app.architecture.code.python.statements import STATEMENTS, run_module
from app.architecture.code.refusal import Refusal
from app.architecture.code.source.passage import Passage
from app.architecture.code.source.passages import find_fenced, find_listed, find_unfenced, has_prose
from app.architecture.code.source.sentences import find_sentences
from app.architecture.code.source.syntax import check_characters, is_python, parse_source, split_lines
from app.architecture.code.source.uncalled import call_uncalled
from app.architecture.feed import Feed
from app.architecture.hole import Hole, HoleValue
from app.architecture.made import MadeModel
from app.architecture.question import MAX_PIECES, Reading
from app.architecture.sequences import Sequences
from app.architecture.spec import Architecture
from app.problems import ArchitectureError, CodeError, CodeSyntaxError, CodeTooComplex, NoModelFound

GRAMMAR = Grammar(EXPRESSIONS, STATEMENTS, assemble_model)

PAGE = "This looks like a page of text, and no model was found in it. Paste only the lines of code."


def read_code(
    source: str,
    holes: Mapping[str, HoleValue] | None = None,
    measure: Measure | None = None,
    find_application: FindApplication | None = None,
    piece: int | None = None,
    shown_model: int | None = None,
) -> Reading:
    """The architecture of the model that the source makes, with notes on what was read otherwise.

    `holes` are values for names that the code needs and does not set; the others get usual values. `measure`
    asks Keras for output shapes, for code such as `x.shape[1]`; `find_application` asks it for a model of
    keras.applications.

    If the source is a page of text, the `piece` of code with that number (from 1) is read; by default the
    first that makes a model. Line numbers are those of the page. Of several models in the code, the
    `shown_model` with that number (from 1) is read; by default the one that is trained, else the last.

    Raises CodeError or a subclass, UnknownLayer or TooLarge, with line and column where there is one.
    """
    check_characters(source)
    notes = Notes()
    given = Given(holes or {}, Keras(measure, find_application), piece, shown_model)
    marked = find_fenced(source) if "```" in source or "~~~" in source else find_listed(source)
    if marked and not is_python(source):
        read = _read_first(marked, notes, given)
    else:
        try:
            read = _read_whole(source, notes, Budget(), given)
        except CodeSyntaxError as error:
            notes = Notes()
            read = _read_page(source, notes, error, given)
    # If part of the model is lost, the note that a model was assumed would mislead.
    told = [note for note in notes.all() if not (read.faults.incomplete and note.code == "model-assumed")]
    # Its parts are validated already, and validating a long architecture again is slow.
    return Reading.model_construct(
        architecture=read.architecture,
        notes=(*read.faults.describe(), *told),
        code=source,
        holes=read.holes,
        made=read.made,
        feeds=read.feeds,
        data=read.data,
        misspelt=read.faults.misspelt,
    )


class Given(NamedTuple):
    """What is known besides the source."""

    holes: Mapping[str, HoleValue]
    keras: Keras
    piece: int | None
    shown_model: int | None


class _Read(NamedTuple):
    architecture: Architecture
    made: tuple[MadeModel, ...]
    holes: tuple[Hole, ...]
    feeds: tuple[Feed, ...]
    data: Sequences | None
    faults: Faults


def _read_whole(source: str, notes: Notes, budget: Budget, given: Given, opens_data: bool = False) -> _Read:
    """The model of one source, and its notes added to `notes`.

    If it makes no model and calls layers on data, it is read again, with the data as inputs.
    """
    holes, faults, found = Holes(given.holes), Faults(), Notes()
    try:
        parsed = parse_source(source, found)
        interpreter = Interpreter(parsed, GRAMMAR, given.keras, found, budget, holes, faults.recover)
        interpreter.opens_data = opens_data
        run_module(interpreter, parsed.tree)
        call_uncalled(interpreter)
        make_models(interpreter)
        settle_open_inputs(interpreter)
        if interpreter.called_on_data and not interpreter.models and not opens_data:
            return _read_whole(source, notes, budget, given, opens_data=True)
        chosen = choose_model(interpreter, given.shown_model)
        architecture = assemble(interpreter, chosen.model)
    except Refusal as refusal:
        raise faults.first or refusal.locate() from None
    except (ArchitectureError, NoModelFound) as error:
        raise faults.first or _find_long_loop(found) or error from None
    starred = any(module.startswith("keras") for module in interpreter.starred)
    note_names(found, interpreter.unimported, starred)
    needed = holes.needed_by([node.name for node in architecture.nodes])
    note_assumed(found, needed)
    feeds = tuple(feed for model, feed in interpreter.feeds if model is interpreter.shown)
    inputs = sum(node.is_input for node in architecture.nodes)
    data = find_tokens(interpreter) if inputs == 1 else None
    notes.extend(found)
    return _Read(architecture, chosen.made, needed, feeds, data, faults)


def _find_long_loop(notes: Notes) -> CodeTooComplex | None:
    """The error that a loop takes too many steps, if one was left before its end, and there is no model."""
    line = next((note.line for note in notes.all() if note.code == "loop-left"), None)
    said = "This loop takes more steps than are read, and there is no model beside it."
    return CodeTooComplex(said, line, 1) if line else None


def _read_page(source: str, notes: Notes, error: CodeSyntaxError, given: Given) -> _Read:
    """The first model in a text that mixes code and prose.

    Raises the error if there is no prose or no model; the error of the code, if there is prose beside it.
    """
    is_page = has_prose(source)
    sentences = () if is_page else find_sentences(split_lines(source))
    passages = find_unfenced(source) if is_page or sentences else []
    try:
        if passages:
            for line in [sentence.line for sentence in sentences if not sentence.sure]:
                notes.add("source-repaired", line, repair=f"Line {line}, which is not Python, was left out")
            return _read_first(passages, notes, given)
    except CodeSyntaxError:
        if any(passage.names_layers for passage in passages):
            raise
    except NoModelFound:
        pass
    raise CodeSyntaxError(PAGE, error.line, error.column) if is_page else error


def _read_first(passages: list[Passage], notes: Notes, given: Given) -> _Read:
    """The model in the chosen passage; else the first that is read as a whole, else the first read in part.

    If there is none, the most informative error is raised.
    """
    budget = Budget()
    reasons: list[CodeError | ArchitectureError] = []
    partly: tuple[int, _Read, Notes] | None = None
    numbered = list(enumerate(passages[:MAX_PIECES], 1))
    for number, passage in [place for place in numbered if place[0] == given.piece] or numbered:
        found = Notes()
        try:
            read = _read_whole(passage.source, found, budget, given)
        except CodeTooComplex:
            raise
        except (CodeError, ArchitectureError) as error:
            reasons.append(error)
            continue
        partly = partly if partly and read.faults.incomplete else (number, read, found)
        if not read.faults.incomplete:
            break
    if partly:
        number, read, found = partly
        if len(passages) > 1:
            line = passages[number - 1].line
            notes.add("block-chosen", line, count=len(passages), number=number, first=line)
        notes.extend(found)
        return read
    raise next((reason for reason in reasons if not isinstance(reason, NoModelFound)), reasons[0])
