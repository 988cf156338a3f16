"""What people paste: code, JSON or a notebook, but also error messages of Keras and questions in prose."""

from app.architecture.pasted.message import explain_message
from app.architecture.pasted.question import explain_question
from app.architecture.pasted.read import read_pasted

__all__ = ["explain_message", "explain_question", "read_pasted"]
