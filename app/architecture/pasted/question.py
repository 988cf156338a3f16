"""recognise_question(): recognises a question in prose that was pasted in place of code."""

import re

from app.problems import QuestionPasted

LONGEST_QUESTION = 400

BEGINNING = re.compile(
    r"(what|why|how|when|where|which|who|can|could|should|would|do|does|did|are|is|i|my|please|help)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"[={}]|^\s*(import|from|def|class)\b", re.MULTILINE)


def recognise_question(text: str) -> QuestionPasted | None:
    """The error that the text is a question, not code; None if it is no question, or contains code."""
    words = text.strip()
    is_asked = words.endswith("?") or BEGINNING.match(words)
    if not is_asked or " " not in words or len(words) > LONGEST_QUESTION or CODE.search(words):
        return None
    return QuestionPasted(
        "Kerascope shows what a model does, and reads no questions. Open one of the examples, or paste the "
        "code that the question is about."
    )
