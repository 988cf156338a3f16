"""What the user means: code, a configuration, a file or the page's form, each read into one Architecture."""

from app.architecture.question import Question, Reading
from app.architecture.read import read_question
from app.architecture.spec import Architecture, Node, Source

__all__ = ["Architecture", "Node", "Question", "Reading", "Source", "read_question"]
