"""Settings: each environment variable KERASCOPE_*, with its default and one sentence."""

import os

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def count_builders() -> int:
    """One per core, 8 at most."""
    return min(8, os.cpu_count() or 1)


class Settings(BaseSettings):
    """What an operator can configure. The table in the README is generated from these descriptions."""

    model_config = SettingsConfigDict(env_prefix="KERASCOPE_", frozen=True)

    database_url: str = Field(
        default="sqlite:///kerascope.db",
        description="Where short links are kept: SQLite, or PostgreSQL as `postgresql+psycopg://…`.",
    )
    public_url: str = Field(
        default="",
        description="Scheme and host that links begin with; empty takes them from each request.",
    )
    builders: int = Field(
        default_factory=count_builders,
        ge=1,
        description="Builder processes; each holds Keras (shared) and about 14 MB of its own.",
    )
    build_seconds: float = Field(
        default=20.0, gt=0, description="A build that takes longer is stopped and answered with 503."
    )
    max_body_bytes: int = Field(default=1_000_000, description="Larger request bodies are refused with 413.")
    max_file_bytes: int = Field(
        default=50_000_000, description="Larger requests with an uploaded file are refused with 413."
    )
    max_state_characters: int = Field(
        default=8_000, description="The longest `?s=` that is made or read; longer ones need a short link."
    )
    cached_layers: int = Field(
        default=5_000,
        description="Answers kept in the web process, counted in layers; a layer takes some 40 kB.",
    )
    memoised_layers: int = Field(default=20_000, description="Layer evaluations kept in each builder.")
