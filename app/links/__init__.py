"""Sharing a question: as text inside a link, and under a short id."""

from app.links.content import hash_question
from app.links.state import decode_state, encode_state
from app.links.store import LinkStore, StoredLink

__all__ = ["LinkStore", "StoredLink", "decode_state", "encode_state", "hash_question"]
