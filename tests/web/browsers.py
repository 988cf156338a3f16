"""What a browser sends of itself, and what its address bar holds."""

from app.architecture import Question
from app.links import decode_state

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def read_address(address: str) -> Question:
    """The question in the address of a page."""
    return decode_state(address.removeprefix("/?s=").partition("&")[0])
