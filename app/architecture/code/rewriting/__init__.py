"""Rewriting: changes in the page's cards are made in the visitor's own code."""

from app.architecture.code.rewriting.changes import sort_layers
from app.architecture.code.rewriting.rewrite import TOLD, Holes, Read, Rewritten, note_effects, rewrite_code

__all__ = ["TOLD", "Holes", "Read", "Rewritten", "note_effects", "rewrite_code", "sort_layers"]
