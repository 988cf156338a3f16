"""Configurations: what `model.to_json()` returns, read as an Architecture."""

from app.architecture.config.model import read_config

__all__ = ["read_config"]
