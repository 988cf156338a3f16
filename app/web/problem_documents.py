"""Errors for programs: problem+json documents (RFC 9457), and their description in OpenAPI."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pydantic import Field

from app.frozen import Frozen
from app.problems import AppError, Repair, UnknownLayer

MEDIA_TYPE = "application/problem+json"


class ProblemDocument(Frozen):
    """Why a request cannot be answered (RFC 9457).

    A model that does not build is answered with status 200.
    """

    type: str = Field(description="Address of the page that explains this kind of problem.")
    title: str = Field(description="The kind of problem, in a few words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened this time, and what to do, in whole sentences.")
    code: str = Field(description="The kind of problem, for programs.")
    line: int | None = Field(default=None, description="Where the source is at fault, counted from 1.")
    column: int | None = Field(default=None, description="Where the line is at fault, counted from 1.")
    repairs: tuple[Repair, ...] | None = Field(
        default=None, description="The source with another name for one that nothing has; each was rebuilt."
    )


def write_document(error: AppError) -> ProblemDocument:
    """The document for an error."""
    return ProblemDocument(
        type=f"/problems/{error.code}",
        title=error.title,
        status=error.status,
        detail=error.detail,
        code=error.code,
        line=error.line,
        column=error.column,
        repairs=(error.repairs or None) if isinstance(error, UnknownLayer) else None,
    )


def document_errors(*errors: type[AppError], also: Iterable[str] = ()) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's `responses` for a route that may raise these errors; those of one status share an entry.

    `also` names the media types in which the route answers errors besides problem+json.
    """
    by_status = groupby(sorted(errors, key=_status), key=_status)
    words: dict[int | str, str] = {
        status: " ".join(f"`{error.code}`: {error.__doc__}" for error in group) for status, group in by_status
    }
    words["default"] = "Any other failure."
    return {status: _describe(description, also) for status, description in words.items()}


def _status(error: type[AppError]) -> int:
    return error.status


def _describe(description: str, also: Iterable[str]) -> dict[str, Any]:
    document = {MEDIA_TYPE: {"schema": ProblemDocument.model_json_schema()}}
    others = {media_type: {"schema": {"type": "string"}} for media_type in also}
    return {"description": description, "content": document | others}
