"""What people paste: code, JSON or a notebook; but also messages of Keras, prose, and code for PyTorch."""

from app.architecture.pasted.message import recognise_message
from app.architecture.pasted.pytorch import recognise_pytorch
from app.architecture.pasted.question import recognise_question, recognise_text
from app.architecture.pasted.read import read_pasted

__all__ = ["read_pasted", "recognise_message", "recognise_pytorch", "recognise_question", "recognise_text"]
