"""What people paste: code, JSON or a notebook, but also error messages of Keras and questions in prose."""

from app.architecture.pasted.message import recognise_message
from app.architecture.pasted.question import recognise_question
from app.architecture.pasted.read import read_pasted

__all__ = ["read_pasted", "recognise_message", "recognise_question"]
