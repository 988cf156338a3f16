"""load_explanations(): the pages that explain kinds of problems, one Markdown file each."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.frozen import Frozen
from app.problems import AppError, ArchitectureError, CodeError
from app.web.openable import list_blocks

PAGES = Path(__file__).parents[2] / "templates" / "problems"

QUOTE = re.compile(r"^(> .*\n)+", re.MULTILINE)

MET = (
    "missing-return-sequences",
    "missing-timesteps",
    "wrong-ndim",
    "shapes-do-not-concatenate",
    "shapes-do-not-merge",
    "reshape-size",
    "output-size-negative",
    "undefined-last-dimension",
    "unknown-argument",
    "missing-argument",
    "invalid-argument",
    "mask-dropped",
    "stateful-without-batch-size",
    "too-many-inputs",
    "too-few-inputs",
    "tensor-or-list",
)
"""The problems that people meet, the most frequent first: those that Keras itself has messages for."""


class Explanation(Frozen):
    """One kind of problem: its code, the title of its page, and the page in Markdown."""

    code: str
    title: str
    prose: str
    message: str
    """Keras' message, word for word; empty if it has none."""
    model: str
    """The address of a model that has the problem; empty if the page shows none."""
    of_service: bool
    """Whether it is about a link, a file, a request or the server, and not about a model or its code."""


@cache
def load_explanations() -> Mapping[str, Explanation]:
    """Every explanation by its code: the most frequent problems first, the others in alphabetical order."""
    found = {path.stem: _read_explanation(path) for path in sorted(PAGES.glob("*.md"))}
    return {code: found[code] for code in (*MET, *(code for code in found if code not in MET))}


def _read_explanation(path: Path) -> Explanation:
    prose = path.read_text(encoding="utf-8")
    title = prose.partition("\n")[0].removeprefix("# ").replace("`", "")
    quote = QUOTE.search(prose)
    lines = quote[0].splitlines() if quote else []
    message = " ".join(line.removeprefix("> ") for line in lines).removeprefix("``").removesuffix("``")
    model = next((block.href for block in list_blocks(prose) if block.has_problem), "")
    return Explanation(
        code=path.stem,
        title=title,
        prose=prose,
        message=message,
        model=model,
        of_service=path.stem in _list_codes(AppError),
    )


def _list_codes(kind: type[AppError]) -> frozenset[str]:
    """The codes of the errors that are neither of code nor of an architecture."""
    if issubclass(kind, CodeError | ArchitectureError):
        return frozenset()
    return frozenset({kind.code}).union(*map(_list_codes, kind.__subclasses__()))
