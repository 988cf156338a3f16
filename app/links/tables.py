"""The one table. `migrations/` has its history; a test compares the two."""

from sqlalchemy import Column, DateTime, MetaData, String, Table, Text, func

metadata = MetaData()

links = Table(
    "links",
    metadata,
    # Eleven to forty-three characters of base62: a hash of the question, cut short.
    Column("id", String(43), primary_key=True),
    # Canonical JSON, byte for byte what the id was made from.
    Column("question", Text, nullable=False),
    # What was understood of it, in JSON, so that the link can be read without reading the code again.
    Column("architecture", Text, nullable=False),
    Column("kerascope", String(40), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
