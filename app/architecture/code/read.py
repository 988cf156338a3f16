"""read_code(): Keras source, walked and never run."""

from app.architecture.code.assemble import assemble
from app.architecture.code.assumed import note_assumed, note_names
from app.architecture.code.budget import Budget
from app.architecture.code.expressions import EXPRESSIONS
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.notes import Notes
from app.architecture.code.passages import MAX_PASSAGES, Passage, find_fenced, find_unfenced, has_prose
from app.architecture.code.refusal import Refusal
from app.architecture.code.statements import STATEMENTS, run_module
from app.architecture.code.syntax import check_characters, is_python, parse_source
from app.architecture.question import Reading
from app.architecture.spec import Architecture
from app.problems import ArchitectureError, CodeError, CodeSyntaxError, CodeTooComplex, NoModelFound

PAGE = "This looks like a page of text, and no model was found in it. Paste only the lines of code."


def read_code(source: str) -> Reading:
    """The last complete model in the source, and what was understood otherwise than it was written.

    Of a page of text the first piece of code that makes a model is read; lines keep their numbers.
    Raises CodeError or one of its kin, UnknownLayer or TooLarge, with the line and column where there is one.
    """
    check_characters(source)
    notes = Notes()
    fenced = find_fenced(source) if "```" in source or "~~~" in source else []
    if fenced and not is_python(source):
        architecture = _read_first(fenced, notes)
    else:
        try:
            architecture = _read_whole(source, notes, Budget())
        except CodeSyntaxError as error:
            notes = Notes()
            architecture = _read_page(source, notes, error)
    return Reading(architecture=architecture, notes=notes.all(), code=source)


def _read_whole(source: str, notes: Notes, budget: Budget) -> Architecture:
    try:
        parsed = parse_source(source, notes)
        interpreter = Interpreter(parsed, notes, budget, EXPRESSIONS, STATEMENTS)
        run_module(interpreter, parsed.tree)
        architecture = assemble(interpreter)
    except Refusal as refusal:
        raise refusal.error(refusal.detail) from None
    starred = any(module.startswith("keras") for module in interpreter.starred)
    note_names(notes, interpreter.unimported, starred)
    note_assumed(notes, interpreter.assumed)
    return architecture


def _read_page(source: str, notes: Notes, error: CodeSyntaxError) -> Architecture:
    """The first model in a text whose lines of code are among sentences; the error where there are none."""
    if not has_prose(source):
        raise error
    try:
        if passages := find_unfenced(source):
            return _read_first(passages, notes)
    except (CodeSyntaxError, NoModelFound):
        pass
    raise CodeSyntaxError(PAGE, error.line, error.column)


def _read_first(passages: list[Passage], notes: Notes) -> Architecture:
    """The first model in any of the passages; where there is none, the reason that says most."""
    budget = Budget()
    reasons: list[CodeError | ArchitectureError] = []
    for number, passage in enumerate(passages[:MAX_PASSAGES], 1):
        found = Notes()
        try:
            architecture = _read_whole(passage.source, found, budget)
        except CodeTooComplex:
            raise
        except (CodeError, ArchitectureError) as error:
            reasons.append(error)
            continue
        if len(passages) > 1:
            line = passage.line
            notes.add("block-chosen", line, count=len(passages), number=number, first=line)
        notes.extend(found)
        return architecture
    raise next((reason for reason in reasons if not isinstance(reason, NoModelFound)), reasons[0])
