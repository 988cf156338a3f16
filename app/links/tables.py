"""The one table. `migrations/` has its history; a test compares the two."""

from sqlalchemy import Column, DateTime, MetaData, String, Table, Text, func

metadata = MetaData()

links = Table(
    "links",
    metadata,
    # Eleven to forty-three characters of base62: the start of a hash of the question.
    Column("id", String(43), primary_key=True),
    # Canonical JSON, byte for byte what the id was made from.
    Column("question", Text, nullable=False),
    # Its architecture as JSON, so that the code need not be read again.
    Column("architecture", Text, nullable=False),
    Column("kerascope", String(40), nullable=False),
    Column("created", DateTime(timezone=True), nullable=False, server_default=func.now()),
)
