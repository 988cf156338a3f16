"""LinkStore: questions under short ids. An id is a hash of the content, so nobody can overwrite one."""

import logging
import string
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from app import __version__
from app.architecture.question import Question
from app.architecture.spec import Architecture
from app.frozen import Frozen
from app.links.content import SealedQuestion, read_canonical
from app.links.database import open_database
from app.links.tables import links
from app.problems import LinkNotFound, TooBusy

LOG = logging.getLogger("uvicorn.error")
SHORTEST_ID = 11
ID_LENGTH = 43
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase


class StoredLink(Frozen):
    """What is stored under an id: the question and its architecture, never a drawing."""

    id: str
    question: Question
    architecture: Architecture
    kerascope: str


class LinkStore:
    """Links in SQLite or PostgreSQL. Every method blocks, so call it in a thread.

    Raises TooBusy if the database cannot be reached; the next call tries again.
    """

    def __init__(self, database_url: str) -> None:
        self.engine = open_database(database_url)

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    def save(self, question: Question, architecture: Architecture) -> str:
        """Store the question and return its id. Equal questions have the same id."""
        sealed = SealedQuestion(question)
        content, digest = sealed.content.decode(), write_base62(sealed.digest)
        # If another question has an id that begins alike, the id is made longer.
        for id in (digest[:length] for length in range(SHORTEST_ID, len(digest) + 1)):
            if self._keep(id, content, architecture) == content:
                return id
        raise AssertionError("Two questions have the same SHA-256.")

    def load(self, id: str) -> StoredLink:
        """What is stored under this id. Raises LinkNotFound."""
        # PostgreSQL refuses NUL characters even in a query.
        row = self._find(id) if id.isascii() and id.isalnum() else None
        if row is None:
            raise LinkNotFound(
                f"There is no link {id!r} here. Ids are {SHORTEST_ID} or more letters and digits."
            )
        return StoredLink(
            id=row.id,
            question=read_canonical(row.question),
            architecture=Architecture.model_validate_json(row.architecture),
            kerascope=row.kerascope,
        )

    def _find(self, id: str) -> Row[Any] | None:
        with _expect_answer(), self.engine.connect() as connection:
            return connection.execute(select(links).where(links.c.id == id)).one_or_none()

    def _keep(self, id: str, content: str, architecture: Architecture) -> str:
        """The content stored under the id: what is there already, or else this one, which is stored."""
        if (row := self._find(id)) is not None:
            return str(row.question)
        values = {
            "id": id,
            "question": content,
            "architecture": architecture.model_dump_json(exclude_defaults=True),
            "kerascope": __version__,
        }
        try:
            with _expect_answer(), self.engine.begin() as connection:
                connection.execute(insert(links).values(values))
        except IntegrityError:
            # Another request has stored something under this id since we looked.
            return self._keep(id, content, architecture)
        return content


@contextmanager
def _expect_answer() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        LOG.error("The links' database does not answer: %s", error.orig)
        raise TooBusy(
            "The links' database has gone away. Try again soon; all but short links works."
        ) from error


def write_base62(digest: bytes) -> str:
    """32 bytes as 43 digits and letters, which survive being pasted or read aloud."""
    number, written = int.from_bytes(digest), ""
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        written += ALPHABET[digit]
    return written
