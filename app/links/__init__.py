"""Sharing a question: as text inside a link, and under a short id (`links.store`)."""

from app.links.content import hash_question
from app.links.state import decode_state, encode_state

__all__ = ["decode_state", "encode_state", "hash_question"]
