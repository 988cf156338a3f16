"""read_pasted(): text that was pasted or uploaded, read as a Question."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from app.architecture.pasted.notebook import is_notebook, join_cells
from app.architecture.question import Question
from app.problems import BadRequest
from app.validation import describe_errors

WRITTEN_TWICE = '"{\\"'
"""How a file begins into which `json.dump(model.to_json(), file)` has put the text as one more text."""


def read_pasted(text: str) -> Question:
    """The question in a text: JSON is `model.to_json()`, a notebook or Kerascope's own form, else it is code.

    Raises BadRequest for any other JSON, FileError for a notebook without code, ArchitectureError for an
    invalid graph.
    """
    beginning = text.lstrip()[: len(WRITTEN_TWICE)]
    if beginning == WRITTEN_TWICE:
        return read_pasted(_parse(text))
    if not beginning.startswith("{"):
        return Question(code=text.replace("\r\n", "\n"))
    content = _parse(text)
    if is_notebook(content):
        return Question(code=join_cells(content))
    try:
        if "class_name" in content and "nodes" not in content:
            # Kerascope's own form has nodes, and may have a class_name too.
            return Question(keras=content)
        if "architecture" in content and "kerascope" in content:
            # A report or a link's content, as the API gives it: the model is what can be opened.
            return Question(architecture=content["architecture"])
        return Question.model_validate({"architecture": content} if "nodes" in content else content)
    except ValidationError as error:
        raise BadRequest(f"This JSON is no model. {describe_errors(error.errors())}") from error


def _parse(text: str) -> Any:
    try:
        return from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise BadRequest(f"This begins like JSON and is none: {error}.") from error
