"""What pydantic found wrong, in plain words that name the field."""

from collections.abc import Sequence
from typing import Any

MOST = 3
"""More mistakes than these help nobody: they tend to have one cause."""

WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not known here",
    "json_invalid": "is not JSON",
}


def describe_errors(errors: Sequence[Any]) -> str:
    """One sentence for each of the first mistakes; `errors` is what pydantic's `errors()` gives."""
    sentences = [_describe(error) for error in errors[:MOST]]
    if len(errors) > MOST:
        sentences.append(f"And {len(errors) - MOST} more.")
    return " ".join(sentences)


def _describe(error: Any) -> str:
    place = [str(step) for step in error["loc"] if step not in ("body", "query", "path", "header")]
    if error["type"] == "json_invalid":
        return f"The body is not JSON: {error['ctx']['error']}."
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    if not place:
        return f"{message}."
    said = WORDS.get(error["type"], f"is not right: {message[:1].lower()}{message[1:]}")
    return f"`{'.'.join(place)}` {said}."
