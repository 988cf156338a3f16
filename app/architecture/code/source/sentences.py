"""find_sentences(): the lines between lines of code that are words, such as "Why does this fail?"."""

import re
from difflib import get_close_matches
from keyword import iskeyword, kwlist
from typing import NamedTuple

from app.architecture.code.source.brackets import CLOSERS, TOKEN
from app.architecture.code.source.syntax import is_python

LINE = re.compile(
    r"""(?:[^\w()\[\]{}@\#'"\\=+/.]|\d+[.)]\s|\w\)\s)*   # The mark of a list or a citation.
        (?P<word>[^\W\d_][\w'’-]*)
        (?P<rest>.*?)\s*""",
    re.VERBOSE,
)
RULE = re.compile(r"\s*(?:([-=*_~—–])\s*){3,}")
"""A line drawn between two parts of a text."""

SECOND_WORD = re.compile(r"[,;:…]?\s+[^\w\s)\[\]{}=]*\w")
THREE_WORDS = re.compile(r"(?:\w['’\w-]*[,:;]?\s+){3}")
END = re.compile(r"[?!.:…。？！：](?:[\s\"'”’)*_`\u2600-\u27bf\U0001f300-\U0001faff]|:-?[)(])*$")
"""The end of a sentence, or of words that announce code."""

ASSIGNMENT = re.compile(r"\w+\s*[-+*/]?=(?!=)|\w+\s+\w+(?:\s+[-+*/]?=|=\s)(?!=)")
CALL = re.compile(r"\w+\s+\w+(?:\.\w|[(\[])")
"""What may be a line of code with a fault, if it does not end as a sentence does: `model Sequential([`."""

SIGN = re.compile(r"[=()\[\]{}]")
QUOTES = re.compile(r"\"\"\"|'''")
SPOKEN = {"None", "and", "as", "for", "from", "if", "in", "is", "not", "or", "while", "with"}
CLAUSES = frozenset(kwlist) - SPOKEN
"""Keywords with which a line of code begins, and few sentences do."""

LIKENESS = 0.75
"""How like a keyword a word is that is one misspelt: `improt`, `form`."""


class Sentence(NamedTuple):
    """A line of words, from 1."""

    line: int
    sure: bool
    """Whether it ends as a sentence does, or is in other letters than code is."""


def find_sentences(lines: list[str]) -> list[Sentence]:
    """The lines that are words: they are no Python by themselves, and not inside of a bracket or a text.

    A line that may be code with a fault in it is none of them.
    """
    words = {at: sentence for at in range(len(lines)) if (sentence := _read_sentence(lines, at))}
    code = [line for at, line in enumerate(lines) if at not in words and line.strip()]
    margin = min(map(_indent, code), default=0)
    found: list[Sentence] = []
    opened: list[str] = []
    for at, line in enumerate(lines):
        sentence = words.get(at)
        if sentence and _indent(line) <= margin and not _is_inside(opened, sentence):
            found.append(sentence)
            opened = []
        else:
            opened.append(line)
    return found


def _read_sentence(lines: list[str], at: int) -> Sentence | None:
    """The line as a sentence; None if it is code, or may be meant as such."""
    line = lines[at]
    found = LINE.fullmatch(line)
    if found is None:
        return Sentence(at + 1, sure=True) if RULE.fullmatch(line) and not is_python(line) else None
    word, rest = found["word"], found["rest"]
    if word in CLAUSES or ASSIGNMENT.match(word + rest) or is_python(line.strip()):
        return None
    if not word.isascii():
        return Sentence(at + 1, sure=True)
    goes_on = SECOND_WORD.match(rest) is not None
    if not END.search(rest):
        is_alone = not "".join(lines[at + 1 : at + 2]).strip()
        is_written = word[0].isupper() or is_alone or THREE_WORDS.match(line.lstrip())
        is_words = goes_on and (not SIGN.search(rest) or THREE_WORDS.match(word + rest))
        is_faulty = CALL.match(word + rest) or _is_like_keyword(word)
        return Sentence(at + 1, sure=False) if is_words and is_written and not is_faulty else None
    if rest.endswith(":") and _may_open_block(word, rest, *lines[at : at + 2]):
        return None
    is_one_word = END.fullmatch(rest) is not None and not rest.startswith(".")
    return Sentence(at + 1, sure=True) if goes_on or is_one_word else None


def _may_open_block(word: str, rest: str, line: str, after: str = "") -> bool:
    if is_python(f"{line.strip()} pass") or (word == "for" and " in " in rest):
        return True
    has_sign = SIGN.search(rest) is not None
    is_followed = _indent(after) > _indent(line)
    return (is_followed and (has_sign or _is_like_keyword(word))) or (has_sign and iskeyword(word))


def _is_like_keyword(word: str) -> bool:
    near = get_close_matches(word, kwlist, cutoff=LIKENESS)
    return any(abs(len(word) - len(keyword)) <= 1 for keyword in near)


def _is_inside(opened: list[str], sentence: Sentence) -> bool:
    """Whether the sentence is inside of a text, or of a bracket, which may also be one that was left open."""
    depth, end = 0, 0
    text = "\n".join(opened)
    for token in TOKEN.finditer(text):
        end = token.end()
        if bracket := token["bracket"]:
            depth += 1 if bracket in CLOSERS else -1
    return (depth > 0 and not sentence.sure) or QUOTES.search(text[end:]) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
