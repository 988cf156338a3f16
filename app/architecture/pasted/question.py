"""Recognises prose that was pasted in place of code: a question, or any other text without code."""

import re

from app.architecture.code.source.passages import is_words
from app.problems import QuestionPasted, TextPasted

LONGEST_QUESTION = 400
LEAST_WORDS = 2

BEGINNING = re.compile(
    r"(what|why|how|when|where|which|who|can|could|should|would|do|does|did|are|is|i|my|please|help)\b",
    re.IGNORECASE,
)
ASKING = re.compile(r"\b(how (do|does|can|could|should|would|to)|why|what (is|are|does))\b", re.IGNORECASE)
"""What asks inside a text that begins otherwise."""

SIGN = re.compile(r"[={}]|\w[(\[]|:\s*$|^\s*(import|from|def|class)\b", re.MULTILINE)
"""What any code has, and prose seldom."""

CODE = re.compile(r"[={}]|\(\[|\.add\(|^\s*(import|from|def|class)\b", re.MULTILINE)


def recognise_question(text: str) -> QuestionPasted | None:
    """The error that the text is a question, not code; None if it is no question, or contains code."""
    words = text.strip()
    is_asked = words.endswith("?") or BEGINNING.match(words) or ASKING.search(words)
    if not is_asked or " " not in words or len(words) > LONGEST_QUESTION or CODE.search(words):
        return None
    return QuestionPasted(
        "Kerascope shows what a model does, and reads no questions. Open one of the examples, or paste the "
        "code that the question is about."
    )


def recognise_text(text: str) -> TextPasted | None:
    """The error that there is no code in the text; None if there is a sign of code, or only one word."""
    if (SIGN.search(text) and not is_words(text)) or len(text.split()) < LEAST_WORDS:
        return None
    return TextPasted(
        "Paste the lines of Python that make a Keras model, for instance "
        "`model = keras.Sequential([keras.Input((10, 4)), layers.LSTM(32)])`, or open one of the examples."
    )
