"""Fault: why a request could not be answered, for the page."""

from app.architecture.gallery import Example, find_answers
from app.frozen import Frozen, Shape
from app.problems import AppError, MessagePasted, QuestionPasted

LONGEST_LINE = 200
"""The rest of a longer line is not shown."""


class RepairLink(Frozen):
    """A repair that was rebuilt, and the link to its page (None if it is too long for a link)."""

    title: str
    href: str | None
    card: str
    """The id of the changed layer's card on that page; empty if it is not known."""
    output_shapes: tuple[Shape, ...]
    writes_anew: bool
    """Whether the visitor's own code is replaced by code written for the repaired layers."""


class Fault(Frozen):
    """Why a request could not be answered."""

    title: str
    detail: str
    code: str
    line: int | None = None
    column: int | None = None
    about: tuple[str, ...]
    """The codes of the pages that explain it, likeliest first."""
    repairs: tuple[RepairLink, ...] = ()
    source: str = ""
    """The line of code at fault, if it is known."""
    answers: tuple[Example, ...] = ()
    """Examples that may answer the question."""

    @classmethod
    def of(cls, error: AppError, repairs: tuple[RepairLink, ...] = (), code: str | None = None) -> "Fault":
        """The fault for an error; `code` is the source that it is in, if known."""
        return cls(
            title=error.title,
            detail=error.detail,
            code=error.code,
            line=error.line,
            column=error.column,
            about=error.about if isinstance(error, MessagePasted) else (error.code,),
            repairs=repairs,
            source=_read_line(code or "", error.line or 0),
            answers=find_answers(code or "") if isinstance(error, QuestionPasted) else (),
        )


def _read_line(code: str, number: int) -> str:
    """The line of that number, from 1; empty if there is none."""
    lines = ["", *code.split("\n")]
    return lines[number].strip()[:LONGEST_LINE] if number < len(lines) else ""
