"""Every page has a context that says what it shows, every fragment one root under its own name."""

import re
from pathlib import Path

import pytest

from app.web import contexts
from app.web.contexts import Context
from app.web.render import TEMPLATES

CONTEXTS = [
    value for value in vars(contexts).values() if isinstance(value, type) and issubclass(value, Context)
]


@pytest.mark.parametrize("context", [context for context in CONTEXTS if context is not Context])
def test_every_page_has_a_documented_context_and_a_template(context: type[Context]) -> None:
    assert context.__doc__
    assert (TEMPLATES / context.template).is_file()


@pytest.mark.parametrize("path", sorted((TEMPLATES / "fragments").glob("*.html")), ids=lambda path: path.stem)
def test_a_fragment_has_one_root_whose_id_is_its_name(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL).strip()
    root = re.match(r'<(\w+)[^>]*\sid="([^"]+)"', source)
    assert root is not None
    assert root[2] == path.stem
    assert source.endswith(f"</{root[1]}>")
