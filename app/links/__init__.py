"""Sharing a question: as text inside a link (`state.py`), and under a short id (`store.py`)."""

from app.links.content import SealedQuestion
from app.links.state import PageLinks, decode_state, encode_state, link_state

__all__ = ["PageLinks", "SealedQuestion", "decode_state", "encode_state", "link_state"]
