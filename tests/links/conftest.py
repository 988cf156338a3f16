"""Stores to write to: SQLite always, and PostgreSQL where KERASCOPE_TEST_DATABASE_URL names an empty one."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.links.store import LinkStore
from app.links.tables import metadata

POSTGRES = os.environ.get("KERASCOPE_TEST_DATABASE_URL")


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'links.db'}"
        return
    assert POSTGRES
    yield POSTGRES
    store = LinkStore(POSTGRES)
    with store.engine.begin() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    store.close()


@pytest.fixture
def store(database_url: str) -> Iterator[LinkStore]:
    store = LinkStore(database_url)
    yield store
    store.close()
