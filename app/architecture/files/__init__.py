"""Model files, read for their architecture only; weights are never read."""

from app.architecture.files.limits import MAX_CONFIG_BYTES
from app.architecture.files.read import read_file, read_text

__all__ = ["MAX_CONFIG_BYTES", "read_file", "read_text"]
