"""Brackets that are open, and closing those that a paste left so."""

import re

CLOSERS = {"(": ")", "[": "]", "{": "}"}
TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)"""
    r"""|(?P<text>'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<bracket>[()\[\]{}])""",
    re.DOTALL,
)


def is_open(text: str) -> bool:
    """Whether more brackets are opened in the text than closed."""
    brackets = [token["bracket"] for token in TOKEN.finditer(text) if token["bracket"]]
    return 2 * sum(bracket in CLOSERS for bracket in brackets) > len(brackets)


def close_brackets(lines: list[str], line: int) -> list[str] | None:
    """The lines, with every bracket that is open at the end of `line` closed there; None if none is open."""
    head = "\n".join(lines[:line])
    stack: list[str] = []
    end = len(head)
    for token in TOKEN.finditer(head):
        if token["comment"] and token.end() == len(head):
            end = token.start()
        elif bracket := token["bracket"]:
            if bracket in CLOSERS:
                stack.append(CLOSERS[bracket])
            elif not stack or stack.pop() != bracket:
                return None
    if not stack:
        return None
    code = head[:end].rstrip()
    return [*(code + "".join(reversed(stack)) + head[len(code) :]).split("\n"), *lines[line:]]
