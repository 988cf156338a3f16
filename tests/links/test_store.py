"""Short links: the same content has the same id, for ever, and nobody can put anything else under it."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, insert, select

from app import __version__
from app.architecture import Architecture, Question
from app.links.store import LinkStore
from app.links.tables import links, metadata
from app.problems import LinkNotFound, TooBusy

ARCHITECTURE = Architecture.model_validate(
    {
        "nodes": [
            {"kind": "InputLayer", "name": "tokens", "arguments": {"batch_shape": [None, None]}},
            {
                "kind": "Embedding",
                "name": "e",
                "arguments": {"input_dim": 3, "output_dim": 5},
                "inbound": ["tokens"],
            },
        ]
    }
)


def ask(number: int) -> Question:
    return Question(code=f"# question {number}\n")


def count_rows(store: LinkStore) -> int:
    with store.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(links)).scalar_one()


def test_what_is_kept_can_be_read_back(store: LinkStore) -> None:
    link = store.load(store.save(ask(1), ARCHITECTURE))
    assert (link.question, link.architecture, link.kerascope) == (ask(1), ARCHITECTURE, __version__)


@pytest.mark.parametrize("id", ["", "none", "\0", "né", "0" * 100_000])
def test_what_is_no_id_has_nothing_kept_under_it(store: LinkStore, id: str) -> None:
    with pytest.raises(LinkNotFound):
        store.load(id)


def test_a_database_that_has_gone_away_is_asked_again_at_the_next_call(tmp_path: Path) -> None:
    file, away = tmp_path / "links.db", tmp_path / "away.db"
    store = LinkStore(f"sqlite:///{file}")
    id = store.save(ask(1), ARCHITECTURE)
    store.engine.dispose()
    file.rename(away)
    file.mkdir()
    for call in (lambda: store.load(id), lambda: store.save(ask(2), ARCHITECTURE)):
        with pytest.raises(TooBusy) as caught:
            call()
        assert caught.value.retry_seconds
    file.rmdir()
    away.rename(file)
    assert store.load(id).question == ask(1)
    store.close()


def test_an_id_is_short_and_survives_being_pasted(store: LinkStore) -> None:
    id = store.save(ask(1), ARCHITECTURE)
    assert len(id) == 11
    assert id.isalnum() and id.isascii()


def test_an_id_never_changes(store: LinkStore) -> None:
    """Links are out in the world: this id was given by the first version."""
    assert store.save(Question(code="x = 1\n"), ARCHITECTURE) == "GcSYjcc87xq"


def test_the_same_content_has_the_same_id(store: LinkStore) -> None:
    assert store.save(ask(1), ARCHITECTURE) == store.save(ask(1), ARCHITECTURE)
    assert count_rows(store) == 1


def test_other_content_has_another_id(store: LinkStore) -> None:
    assert store.save(ask(1), ARCHITECTURE) != store.save(ask(2), ARCHITECTURE)


def test_an_unknown_id_is_said_to_be_unknown(store: LinkStore) -> None:
    with pytest.raises(LinkNotFound, match="There is no link 'nobody' here"):
        store.load("nobody")


def test_two_ids_that_begin_alike_are_told_apart(store: LinkStore) -> None:
    """Eleven characters are taken by something else: the link gets twelve, and both stay readable."""
    id = store.save(ask(1), ARCHITECTURE)
    with store.engine.begin() as connection:
        row = connection.execute(links.delete().where(links.c.id == id).returning(links)).one()
        connection.execute(insert(links).values({**row._mapping, "question": '{"code":"other","v":1}'}))
    longer = store.save(ask(1), ARCHITECTURE)
    assert len(longer) == 12 and longer.startswith(id)
    assert store.save(ask(1), ARCHITECTURE) == longer
    assert store.load(id).question == Question(code="other")
    assert store.load(longer).question == ask(1)


def test_many_at_once_lose_nothing(store: LinkStore) -> None:
    numbers = [number % 10 for number in range(80)]
    with ThreadPoolExecutor(16) as threads:
        ids = list(threads.map(lambda number: store.save(ask(number), ARCHITECTURE), numbers))
    assert count_rows(store) == 10
    for number, id in zip(numbers, ids, strict=True):
        assert store.load(id).question == ask(number)


def test_a_link_outlives_the_process_that_made_it(store: LinkStore, database_url: str) -> None:
    id = store.save(ask(1), ARCHITECTURE)
    store.close()
    later = LinkStore(database_url)
    assert later.load(id).question == ask(1)
    later.close()


def test_replicas_may_start_at_the_same_moment(database_url: str) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as replicas:
        ids = list(replicas.map(save_from_a_new_replica, [database_url] * 4))
    assert len(set(ids)) == 1


def save_from_a_new_replica(database_url: str) -> str:
    store = LinkStore(database_url)
    id = store.save(ask(1), ARCHITECTURE)
    store.close()
    return id


def test_the_migrations_make_the_tables_that_the_code_expects(store: LinkStore) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
