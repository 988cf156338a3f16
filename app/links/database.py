"""open_database(): connects to SQLite or PostgreSQL, and migrates the tables if they are old."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

MIGRATIONS = Path(__file__).parent / "migrations"

LOCKS = {
    "sqlite": "BEGIN IMMEDIATE",
    # Any number that nothing else in the database uses as a lock.
    "postgresql": "SELECT pg_advisory_xact_lock(5023846)",
}
"""The statement that lets one replica migrate while the others wait."""

PRAGMAS = (
    # busy_timeout first: switching to WAL takes a lock that another replica may hold.
    "PRAGMA busy_timeout = 30000",
    "PRAGMA journal_mode = WAL",
    # So that a link survives a power cut once it was answered with 201.
    "PRAGMA synchronous = FULL",
)


def open_database(url: str) -> Engine:
    """Connect, and migrate if necessary. Safe while other replicas do the same."""
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    with engine.begin() as connection:
        connection.exec_driver_sql(LOCKS[engine.dialect.name])
        _migrate(connection)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _migrate(connection: Connection) -> None:
    # Imported here: Alembic is needed once, and the first page should not wait for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
