"""What people paste: code, JSON, a notebook; in their place also messages of Keras and plain questions."""

from app.architecture.pasted.message import explain_message
from app.architecture.pasted.question import explain_question
from app.architecture.pasted.read import read_pasted

__all__ = ["explain_message", "explain_question", "read_pasted"]
