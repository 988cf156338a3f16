"""Alembic's entry point: runs the migrations on the connection, and in the transaction, of
`links.database`.
"""

from alembic import context

from app.links.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
