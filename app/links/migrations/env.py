"""Alembic's entry: run the migrations on the connection that `links.database` holds, in its transaction."""

from alembic import context

from app.links.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
