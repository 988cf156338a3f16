"""describe_errors(): pydantic's validation errors in plain words that name the field."""

from collections.abc import Sequence
from typing import Any

MOST = 3
"""How many errors are described at most; more tend to have one cause."""

SOURCES = ("body", "query", "path")
"""The framework's words for where a value came from, which are not part of its name."""

WORDS = {"missing": "is missing", "extra_forbidden": "is not known here"}


def describe_errors(errors: Sequence[Any]) -> str:
    """One sentence for each of the first errors; `errors` is what pydantic's `errors()` returns."""
    sentences = [_describe(error) for error in errors[:MOST]]
    if len(errors) > MOST:
        sentences.append(f"And {len(errors) - MOST} more.")
    return " ".join(sentences)


def _describe(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"] if step not in SOURCES)
    if error["type"] == "json_invalid":
        return f"The body is not JSON: {error['ctx']['error']}."
    if not place and error["type"] in ("missing", "model_attributes_type"):
        return "The body is not a JSON object, or not sent with `Content-Type: application/json`."
    message = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    # JSON has no tuples, so the message says lists.
    message = message.replace("tuple", "list").replace("Tuple", "List")
    if not place:
        return f"{message}."
    # A word in capitals stays as it is: EOF.
    first = message[:1].lower() if message[1:2].islower() else message[:1]
    return f"`{place}` {WORDS.get(error['type'], f'is not right: {first}{message[1:]}')}."
