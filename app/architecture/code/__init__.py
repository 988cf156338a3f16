"""Keras source code: read_code() interprets it without running it, write_code() writes it."""

from app.architecture.code.read import read_code
from app.architecture.code.write import write_code, write_numbered

__all__ = ["read_code", "write_code", "write_numbered"]
