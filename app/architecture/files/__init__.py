"""Files that hold a model, read for its architecture alone."""

from app.architecture.files.read import read_file, read_text

__all__ = ["read_file", "read_text"]
