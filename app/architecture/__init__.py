"""What the user means: code, a configuration, a file or the page's form, each read into one Architecture.

- The question: `question`, `read`, `sequences`, `hole`, `feed`, `made`, `gallery`.
- The model: `spec` (Architecture and Node), `chain`, `edit`, `freezing`, `order`, `calls`, `handed`,
  `slices`.
- What Keras offers: `catalogue`, `never_built`, `outputs`, `operands`, `operation_names`, `least_input`.
- Arguments: `activations`, `bytecode`, `declared`, `tidy`.
- Misspelt names: `respelling`.
"""

from app.architecture.question import Question, Reading
from app.architecture.read import read_question
from app.architecture.spec import Architecture, Node, Source

__all__ = ["Architecture", "Node", "Question", "Reading", "Source", "read_question"]
