"""Files that hold a model, read for its architecture alone."""

from app.architecture.files.limits import MAX_CONFIG_BYTES
from app.architecture.files.read import read_file, read_text

__all__ = ["MAX_CONFIG_BYTES", "read_file", "read_text"]
