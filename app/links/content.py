"""A question as canonical JSON: equal questions are equal bytes, and so have the same hash, state and id."""

import json
from collections.abc import Callable
from hashlib import sha256

from pydantic_core import from_json

from app.architecture.question import Question
from app.problems import BadRequest

VERSION = 1


def write_canonical(question: Question) -> bytes:
    """The question with its version as UTF-8 JSON, without default values, keys sorted.

    Raises BadRequest for a number that JSON cannot hold.
    """
    content = {"v": VERSION, **question.model_dump(mode="json", exclude_defaults=True)}
    try:
        return json.dumps(
            content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
        ).encode()
    except ValueError as error:
        raise BadRequest(f"The question holds a value that JSON cannot carry: {error}.") from error


def read_canonical(content: bytes | str) -> Question:
    """The inverse of `write_canonical`. Raises ValueError (pydantic's ValidationError is one)."""
    fields = from_json(content, allow_inf_nan=False)
    if not isinstance(fields, dict) or fields.pop("v", None) != VERSION:
        raise ValueError(f'it is not of version {VERSION} (`{{"v": {VERSION}, …}}`)')
    return Question.model_validate(fields)


class SealedQuestion:
    """A question serialised once, for its hash and for the builder process, where it arrives as a
    Question.
    """

    def __init__(self, question: Question) -> None:
        self.content = write_canonical(question)
        self.digest = sha256(b"%d:" % VERSION + self.content).digest()
        """The SHA-256 hash of the content, 32 bytes."""

    def __reduce__(self) -> tuple[Callable[[bytes], Question], tuple[bytes]]:
        return read_canonical, (self.content,)
