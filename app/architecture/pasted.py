"""read_pasted(): whatever somebody pastes or uploads, as a Question."""

import json

from pydantic import ValidationError

from app.architecture.question import Question
from app.problems import BadRequest
from app.validation import describe_errors


def read_pasted(text: str) -> Question:
    """JSON is `model.to_json()`, our own architecture or a whole question; everything else is Keras source.

    Raises BadRequest for JSON that is none of these, ArchitectureError for a graph that is none.
    """
    if not text.lstrip().startswith("{"):
        return Question(code=text.replace("\r\n", "\n"))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"This begins like JSON and is none: {error}.") from error
    try:
        if "class_name" in content:
            return Question(keras=content)
        return Question.model_validate({"architecture": content} if "nodes" in content else content)
    except ValidationError as error:
        raise BadRequest(f"This JSON is no model. {describe_errors(error.errors())}") from error
