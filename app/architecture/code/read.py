"""read_code(): Keras source, walked and never run."""

from app.architecture.code.assemble import assemble
from app.architecture.code.expressions import EXPRESSIONS
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.notes import Notes
from app.architecture.code.refusal import Refusal
from app.architecture.code.statements import STATEMENTS, run_module
from app.architecture.code.syntax import parse_source
from app.architecture.question import Reading


def read_code(source: str) -> Reading:
    """The last complete model in the source, and what was understood otherwise than it was written.

    Raises CodeError or one of its kin, UnknownLayer or TooLarge, with the line and column where there is one.
    """
    notes = Notes()
    try:
        parsed = parse_source(source, notes)
        interpreter = Interpreter(parsed, notes, EXPRESSIONS, STATEMENTS)
        run_module(interpreter, parsed.tree)
        _note_imports(interpreter)
        architecture = assemble(interpreter)
    except Refusal as refusal:
        raise refusal.error(refusal.detail) from None
    return Reading(architecture=architecture, notes=notes.all(), code=source)


def _note_imports(interpreter: Interpreter) -> None:
    """One note for all names that were known without an import."""
    if not interpreter.unimported or any(module.startswith("keras") for module in interpreter.starred):
        return
    names = [f"`{name}`" for name in interpreter.unimported]
    interpreter.notes.add(
        "import-assumed",
        min(interpreter.unimported.values()),
        names=", ".join(names[:-1]) + (" and " if names[1:] else "") + names[-1],
        verb="are" if names[1:] else "is",
    )
