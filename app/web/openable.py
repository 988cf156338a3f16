"""Openable code: code blocks in our own pages, with links to what Kerascope makes of them.

The fence says what that is: "```python problem" has the problem that its page is about, "```python builds"
builds. The tests check every block.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import escape

from app.architecture import Question
from app.frozen import Frozen
from app.links import encode_state

WORDS = {"problem": "Open this problem", "builds": "Open this model"}
"""For each kind of fence, what the block is, and the text of its link."""


class Block(Frozen):
    """A code block that can be opened."""

    code: str
    has_problem: bool

    @property
    def href(self) -> str:
        """The address of its page."""
        return f"/?s={encode_state(Question(code=self.code))}"


def list_blocks(text: str) -> Iterator[Block]:
    """The blocks of a Markdown text that can be opened, in order."""
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "fence" and (block := _read_block(token)):
            yield block


def add_links(markdown: MarkdownIt) -> MarkdownIt:
    """Makes the renderer write a link below each block that can be opened."""
    markdown.add_render_rule("fence", _render_fence)
    return markdown


def _read_block(fence: Token) -> Block | None:
    kind = fence.info.partition(" ")[2]
    return Block(code=fence.content, has_problem=kind == "problem") if kind in WORDS else None


def _render_fence(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    written = self.fence(tokens, index, options, env)
    block = _read_block(tokens[index])
    if block is None:
        return written
    words = WORDS["problem" if block.has_problem else "builds"]
    return (
        f'{written}<p class="open-code"><a class="button small" href="{escape(block.href)}">{words}</a></p>\n'
    )
