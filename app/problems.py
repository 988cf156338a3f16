"""What can go wrong, in two families.

A `Problem` is data: the model does not fit (or fits suspiciously), and that *is* the answer.
An `AppError` is raised: the request cannot be answered at all. One handler, `web/errors.py`,
turns it into problem+json, a page, a fragment or an SVG.

AppError                    status
├── BadRequest              400  the request does not have the form that the API describes
│   └── SequencesUnreadable 400  what was typed as sequences is not numbers
├── StateUnreadable         400  ?s= is damaged or truncated
├── CodeError               422  the source is not understood, at a line and column
│   ├── CodeSyntaxError     422  not Python
│   ├── CodeTooComplex      422  a budget ran out: steps, depth, size
│   ├── NoModelFound        422  Python, but nothing in it is a Keras model
│   ├── MessagePasted       422  not code, but an error message of Keras
│   ├── QuestionPasted      422  not code, but a question
│   └── TextPasted          422  not code, but other text
├── ArchitectureError       422  not a graph: dangling references, duplicates, cycles
│   ├── UnknownLayer        422  no such layer kind
│   └── ConfigError         422  to_json() that is not a model, or holds code
│       └── LambdaBytecode  422  to_json() that holds compiled Python
├── FileError               422  a file from which no model can be read
│   └── WeightsOnly         422  a file with weights, but no architecture
├── NotFound                404  no page, file or format at this address
├── LinkNotFound            404
├── WrongMethod             405
├── TooLarge                413
├── TooSlow                 503  a build took too long
├── RunStopped              503  a run of the model on data took too long
├── TooBusy                 503  no builder was free
└── BuilderLost             503  two builders in a row died
"""

from typing import ClassVar, Literal

from app.frozen import Frozen, JsonObject, Shape


class Repair(Frozen):
    """A changed architecture that was rebuilt, and does build."""

    title: str
    architecture: JsonObject
    code: str | None = None
    keeps_code: bool = False
    """Whether `code` is the visitor's own with one change in it, rather than newly written."""
    output_shapes: tuple[Shape, ...]
    verified: Literal[True] = True


class Problem(Frozen):
    """What happened, what was expected, how to fix it: three fields, so that none can be missing."""

    code: str
    severity: Literal["error", "warning"] = "error"
    layer: str | None = None
    line: int | None = None
    column: int | None = None
    happened: str
    expected: str
    fix: str
    keras_message: str | None = None
    repairs: tuple[Repair, ...] = ()


class Misspelling(Frozen):
    """A name that does not exist, and names that may be meant, the nearest first."""

    word: str
    near: tuple[str, ...]


class AppError(Exception):
    """A request that cannot be answered. `detail` says what happened and what to do, in whole sentences."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Kerascope failed"
    retry_seconds: int | None = None
    """After how many seconds the same request may have another answer."""

    def __init__(self, detail: str, line: int | None = None, column: int | None = None) -> None:
        # All of it is passed to Exception, so that the error can be pickled in a builder process.
        super().__init__(detail, line, column)
        self.detail = detail
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return self.detail


class BadRequest(AppError):
    """The request does not have the form that the API describes."""

    status, code, title = 400, "bad-request", "This request is not understood"


class SequencesUnreadable(BadRequest):
    """What was typed as sequences is not numbers, or too many of them."""

    code, title = "sequences-not-understood", "These are no sequences of numbers"


class StateUnreadable(AppError):
    """The state in the link is damaged or truncated."""

    status, code, title = 400, "state-unreadable", "This link is damaged"


class CodeError(AppError):
    """The source is not understood, at a line and column (both counted from 1)."""

    status, code, title = 422, "code-not-understood", "This code is not understood"


class CodeSyntaxError(CodeError):
    """The source is not Python."""

    code, title = "code-syntax", "This is not Python"


class CodeTooComplex(CodeError):
    """Reading the source took too many steps, too much depth or too much memory."""

    code, title = "code-too-complex", "This code does too much to be read"


class NoModelFound(CodeError):
    """The source is Python, but nothing in it is a Keras model."""

    code, title = "no-model-found", "There is no model in this code"


class MessagePasted(CodeError):
    """The text is not code, but an error message of Keras; `about` lists the problems it may be about."""

    code, title = "message-pasted", "This is a message of Keras, and no code"
    about: tuple[str, ...] = ()


class QuestionPasted(CodeError):
    """The text is not code, but a question in prose."""

    code, title = "question-pasted", "This is a question, and no code"


class TextPasted(CodeError):
    """There is no sign of code in the text."""

    code, title = "text-pasted", "There is no code in this text"


class ArchitectureError(AppError):
    """The nodes are not a valid graph: a dangling reference, a duplicate name, a cycle."""

    status, code, title = 422, "architecture-invalid", "This architecture does not hold together"


class UnknownLayer(ArchitectureError):
    """There is no layer of this kind."""

    code, title = "unknown-layer", "No such layer"
    misspelling: Misspelling | None = None
    repairs: tuple[Repair, ...] = ()
    """Corrected code, if it builds."""


class ConfigError(ArchitectureError):
    """The JSON is not the configuration of a Keras model, or it holds code."""

    code, title = "config-not-understood", "This is not a Keras model configuration"


class LambdaBytecode(ConfigError):
    """The configuration holds compiled Python, which would have to be run to know what it does."""

    code, title = "lambda-bytecode", "This model holds compiled Python"


class FileError(AppError):
    """No model can be read from this file: it is of another kind, damaged or encrypted."""

    status, code, title = 422, "file-not-understood", "No model can be read from this file"


class WeightsOnly(FileError):
    """The file holds weights, but not the architecture that they belong to."""

    code, title = "weights-without-architecture", "Weights, but no architecture"


class NotFound(AppError):
    """There is no page, file or format at this address."""

    status, code, title = 404, "not-found", "There is nothing here"


class LinkNotFound(AppError):
    """Nothing is stored under this id."""

    status, code, title = 404, "link-not-found", "No such link"


class WrongMethod(AppError):
    """The address exists, but not for this HTTP method."""

    status, code, title = 405, "wrong-method", "This address answers another method"


class TooLarge(AppError):
    """The request is larger than allowed."""

    status, code, title = 413, "too-large", "This is too large"


class TooSlow(AppError):
    """The build was stopped at its time limit."""

    status, code, title = 503, "too-slow", "This took too long to build"
    retry_seconds = 60


class RunStopped(AppError):
    """A run of the model was stopped at its time limit; on a less busy machine it may finish."""

    status, code, title = 503, "run-stopped", "The run took too long"
    retry_seconds = 5


class TooBusy(AppError):
    """Too many requests at once: no builder was free in time."""

    status, code, title = 503, "too-busy", "Kerascope is busy just now"
    retry_seconds = 5


class BuilderLost(AppError):
    """The builder process died during this request, and so did its replacement."""

    status, code, title = 503, "builder-lost", "The builder was lost"
    retry_seconds = 5
