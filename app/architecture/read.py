"""read_question(): a question in any form, read into one Architecture."""

from functools import lru_cache
from typing import Any

from app.architecture.code import read_code, write_numbered
from app.architecture.code.interpreter import FindApplication, Measure
from app.architecture.code.notes import Notes
from app.architecture.code.rewriting import Read, note_effects, rewrite_code
from app.architecture.config import read_config
from app.architecture.config.left_out import list_left_out
from app.architecture.hole import HoleValue
from app.architecture.pasted import (
    recognise_message,
    recognise_pytorch,
    recognise_question,
    recognise_text,
)
from app.architecture.question import Question, Reading
from app.architecture.respelling import Mend, add_spellings, respell
from app.architecture.spec import Architecture
from app.frozen import Shape
from app.problems import AppError, ArchitectureError, CodeError, CodeSyntaxError, UnknownLayer


def read_question(
    question: Question,
    measure: Measure | None = None,
    find_application: FindApplication | None = None,
    mend: Mend | None = None,
) -> Reading:
    """Read a question. The callables answer what only Keras can say; without them only the text is read.

    `measure` gives the output shapes of an architecture, for code that asks for shapes. `find_application`
    gives a model of keras.applications. `mend` gives repaired versions of an architecture that does not
    build. Raises CodeError, ConfigError or ArchitectureError if the question is not understood.
    """
    if question.code is not None:
        reading = _read_source(question, question.code, measure, find_application, mend)
        architecture = override_inputs(reading.architecture, question.inputs)
        return reading.model_copy(update={"architecture": architecture})
    architecture = question.architecture or read_config(question.keras or {})
    architecture = override_inputs(architecture, question.inputs)
    if question.own_code is not None:
        return _follow_change(
            question,
            architecture,
            lambda code, holes: _read_again(
                code,
                tuple(holes.items()),
                measure,
                find_application,
                question.piece,
                question.shown_model,
            ),
        )
    written = _note_left_out(question, _write_anew(architecture))
    has_lines = any(node.line is not None for node in architecture.nodes)
    # Its line numbers would be those of other code.
    return written.model_copy(update={"architecture": architecture}) if has_lines else written


def _read_source(
    question: Question,
    code: str,
    measure: Measure | None,
    find_application: FindApplication | None,
    mend: Mend | None,
) -> Reading:
    """Read code. If a name in it is misspelt, the reading comes with corrected code as repairs."""

    def read(source: str) -> Reading:
        return read_code(
            source, question.holes, measure, find_application, question.piece, question.shown_model
        )

    try:
        reading = read(code)
    except UnknownLayer as error:
        if mend and error.misspelling:
            error.repairs = respell(code, error.misspelling, read, mend)
        raise
    except CodeSyntaxError as error:
        raise recognise_message(code) or recognise_question(code) or recognise_text(code) or error from None
    except CodeError as error:
        raise recognise_message(code) or recognise_pytorch(code) or error from None
    return add_spellings(reading, read, mend) if mend else reading


@lru_cache(maxsize=8)
def _read_again(
    code: str,
    holes: tuple[tuple[str, HoleValue], ...],
    measure: Measure | None,
    find_application: FindApplication | None,
    piece: int | None,
    shown_model: int | None,
) -> Reading:
    """The same, cached: a change in the page's cards reads the code that the last answer ended with."""
    return read_code(code, dict(holes), measure, find_application, piece, shown_model)


def _follow_change(question: Question, architecture: Architecture, read: Read) -> Reading:
    """The question's own code, changed so that it makes the architecture; else newly written code."""
    try:
        rewritten = rewrite_code(question.own_code or "", question.holes, architecture, read)
    except AppError:
        rewritten = None
    if rewritten is None:
        notes = Notes()
        notes.add("code-written-anew", None)
        return _write_anew(architecture).model_copy(update={"notes": notes.all()})
    reading, holes = rewritten.reading, dict(rewritten.holes)
    as_code: dict[str, Any] = {"code": rewritten.code, "architecture": None, "own_code": None, "inputs": {}}
    if rewritten.waits:
        as_code = {"own_code": rewritten.code}
        reading = reading.model_copy(update={"architecture": architecture})
    asked = question.model_copy(update={**as_code, "holes": holes})
    return reading.model_copy(
        update={"notes": (*reading.notes, *note_effects(rewritten)), "rewritten": asked}
    )


def _note_left_out(question: Question, reading: Reading) -> Reading:
    """The reading, with a note on what a configuration has as arguments and the architecture has not."""
    notes = Notes()
    for each in list_left_out(question.keras) if question.keras else question.left_out:
        reason = f"{each.name} is of your own and is not run here; the shapes are the same."
        argument = f"{each.argument}="
        notes.add("argument-ignored", None, each.layer, argument=argument, kind=each.layer, reason=reason)
    return reading.model_copy(update={"notes": notes.all()})


def _write_anew(architecture: Architecture) -> Reading:
    """Code for a model that was not given as code; each layer gets the line on which it is written."""
    written = write_numbered(architecture)
    return Reading(architecture=written.architecture, code=written.code)


def override_inputs(architecture: Architecture, inputs: dict[str, Shape]) -> Architecture:
    """The architecture with other input shapes, by input name.

    Raises ArchitectureError for an unknown input.
    """
    known = {node.name: node for node in architecture.nodes if node.is_input}
    for name, shape in inputs.items():
        if name not in known:
            raise ArchitectureError(
                f"`inputs` gives a shape to {name!r}, which is no input of this model. "
                f"Its inputs are {', '.join(known)}."
            )
        architecture = architecture.replace(name, known[name].with_arguments(batch_shape=list(shape)))
    return architecture
