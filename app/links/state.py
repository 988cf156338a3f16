"""The state of a link: `/?s=<base64url(deflate(canonical JSON))>` holds the whole question.

The recipe is public (`docs/links.md`) and does not change, so that old links stay valid.
"""

import zlib
from base64 import b64decode, urlsafe_b64encode

from pydantic import ValidationError

from app.architecture.question import Question
from app.frozen import Frozen
from app.links.content import read_canonical, write_canonical
from app.problems import StateUnreadable
from app.validation import describe_errors

MAX_CHARACTERS = 8_000
MAX_BYTES = 1_000_000
"""The largest decompressed state, as 8,000 characters of deflate can hold six million bytes."""

ADVICE = "Copy the link again, whole, or start from an example."


class PageLinks(Frozen):
    """Links that hold the whole question; both are null if it is too long for a link."""

    page: str | None
    state: str | None


def encode_state(question: Question) -> str:
    """The question as the text after `?s=`. Equal questions give equal text."""
    return urlsafe_b64encode(zlib.compress(write_canonical(question), 9)).decode().rstrip("=")


def link_state(state: str, max_characters: int = MAX_CHARACTERS) -> PageLinks:
    """The links to a question, given its encoded state."""
    if len(state) > max_characters:
        return PageLinks(page=None, state=None)
    return PageLinks(page=f"/?s={state}", state=state)


def decode_state(text: str, max_characters: int = MAX_CHARACTERS) -> Question:
    """The question in the text after `?s=`.

    Raises StateUnreadable if it is no question, ArchitectureError if its graph is invalid.
    """
    if len(text) > max_characters:
        raise StateUnreadable(
            f"The link's state has {len(text):,} characters, and at most {max_characters:,} are read. "
            "Make a short link of it instead."
        )
    return _read_question(_unfold(_read_base64(text)))


def _read_base64(text: str) -> bytes:
    unpadded = text.rstrip("=")
    try:
        return b64decode(unpadded + "=" * (-len(unpadded) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise StateUnreadable(
            f"The link's state lacks its end, or has a character that no link has. {ADVICE}"
        ) from error


def _unfold(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        unfolded = unpacker.decompress(packed, MAX_BYTES + 1)
    except zlib.error as error:
        raise StateUnreadable(f"The link's state is damaged: it does not unpack. {ADVICE}") from error
    if len(unfolded) > MAX_BYTES:
        raise StateUnreadable(f"The link's state unpacks to more than {MAX_BYTES:,} bytes.")
    if not unpacker.eof or unpacker.unused_data:
        raise StateUnreadable(f"The link's state is cut off, or has something added to it. {ADVICE}")
    return unfolded


def _read_question(canonical: bytes) -> Question:
    try:
        return read_canonical(canonical)
    except ValidationError as error:
        raise StateUnreadable(
            f"The link's state is no question. {describe_errors(error.errors())}"
        ) from error
    except ValueError as error:
        raise StateUnreadable(f"The link's state is not what Kerascope writes: {error}. {ADVICE}") from error
