"""render(): pages from contexts, with Jinja; also the page for a request that cannot be answered."""

import hashlib
import re
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from app import __version__
from app.architecture.gallery import load_gallery
from app.drawing.boxes.kinds import tell_kind
from app.drawing.formats.nesting import list_nested
from app.drawing.formats.work_words import write_types
from app.drawing.theme import hue_of, stylesheet
from app.drawing.words import (
    write_axis,
    write_bytes,
    write_count,
    write_mask,
    write_name,
    write_plural,
    write_shape,
    write_uncounted,
)
from app.flow.entries import list_entries
from app.problems import AppError
from app.web.contexts import Context, FailurePage, FaultFragment
from app.web.explanations import load_explanations
from app.web.faults import Fault
from app.web.openable import add_links

TEMPLATES = Path(__file__).parents[2] / "templates"

MARKDOWN = add_links(
    MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])
)

REMEMBERED_PROSE = 256
"""How many of our own texts are cached as HTML; every answer beside a lesson has one."""

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
MARKDOWN_CODE = re.compile(r"`([^`]+)`")


@lru_cache(REMEMBERED_PROSE)
def write_markdown(text: str) -> Markup:
    """Our own prose as HTML, with typographic quotation marks; HTML tags in it are escaped."""
    return Markup(MARKDOWN.render(text))


def write_prose(text: str) -> Markup:
    """A sentence as HTML, with words in backticks as code."""
    return Markup(MARKDOWN_CODE.sub(r"<code>\1</code>", str(escape(text))))


@cache
def theme_url() -> str:
    """The address of /theme.css. It changes with the content, so browsers may cache it for ever."""
    return f"/theme.css?v={hashlib.sha256(stylesheet().encode()).hexdigest()[:12]}"


class WithoutIndentation(Extension):
    """Removes indentation from templates: a sixth of what would be sent and parsed at every keystroke."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The template with one space in place of every indentation, so that words stay apart."""
        return INDENTATION.sub(" ", source)


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates, kept between starts: compiling those of a page takes a quarter of a second."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, unless the disk is full: the page is shown all the same."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled() -> CompiledTemplates | None:
    """In this user's part of the folder for temporary files; nowhere, where that cannot be written."""
    with suppress(OSError, RuntimeError):
        # How templates are compiled may change with each version.
        return CompiledTemplates(pattern=f"kerascope-{__version__}-%s.cache")
    return None


def make_environment() -> Environment:
    """The template environment: everything is escaped, and an undefined name is an error."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=keep_compiled(),
        autoescape=True,
        # New templates go with new code: a running server keeps those that it began with.
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[WithoutIndentation],
    )
    environment.filters |= {
        "axis": write_axis,
        "bytes": write_bytes,
        "uncounted": write_uncounted,
        "count": write_count,
        "entries": list_entries,
        "hue": hue_of,
        "kind": lambda node: tell_kind(node)[0],
        "mask": write_mask,
        "name": write_name,
        "nested": lambda report: list_nested(report.rows, report.architecture),
        "markdown": write_markdown,
        "plural": write_plural,
        "prose": write_prose,
        "shape": write_shape,
        "types": write_types,
    }
    environment.globals |= {
        "explanations": load_explanations,
        "gallery": load_gallery,
        "theme_url": theme_url,
        "version": __version__,
    }
    return environment


templates = Jinja2Templates(env=make_environment())


def render(
    request: Request, context: Context, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """The page or fragment of a context."""
    values: dict[str, Any] = dict(context)
    return templates.TemplateResponse(request, context.template, values, status, headers)


def is_fragment_wanted(request: Request) -> bool:
    """Whether a script asks for a part of the page that it already shows."""
    return "HX-Request" in request.headers


def render_fault(
    request: Request, fault: Fault, status: int, headers: dict[str, str] | None = None
) -> Response:
    """An error as the one part of the page that changes; everything else on the page stays."""
    swap = {"HX-Retarget": "#fault", "HX-Reswap": "outerMorph", **(headers or {})}
    return render(request, FaultFragment(fault=fault, has_pictures=True), status, swap)


def render_problem_page(request: Request, error: AppError) -> Response:
    """The error as a page, or as a fragment for a script."""
    if is_fragment_wanted(request):
        return render_fault(request, Fault.of(error), error.status)
    return render(request, FailurePage(fault=Fault.of(error)), error.status)
