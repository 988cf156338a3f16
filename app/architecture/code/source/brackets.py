"""close_brackets(): closes brackets that a paste left open."""

import re

CLOSERS = {"(": ")", "[": "]", "{": "}"}
TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)"""
    r"""|(?P<text>'''.*?'''|\"\"\".*?\"\"\"|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<bracket>[()\[\]{}])""",
    re.DOTALL,
)


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
