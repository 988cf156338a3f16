"""write_svg(): the only file that writes SVG tags, so that all text is escaped in one place."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any, cast

from app.drawing.scene import Arrow, Box, Dot, Glyph, Group, Line, Mark, Path, Point, Scene, Sign, Span, Text
from app.drawing.theme import DASHED, GLYPHS, standalone_style
from app.drawing.words import UNSAFE, clean_text

SPECIAL = re.compile(f"{UNSAFE.pattern}|[\n\t&<>\"']")

REMEMBERED_GROUPS = 4096
"""How many layers and timesteps are cached as text: when a number is changed, most of a picture stays."""

BEND = 6.0
HEAD_LENGTH, HEAD_HALF = 5.0, 3.2
SUBSCRIPT_DROP = 3
SAMPLE = 18


def write_text(text: str) -> str:
    """Text, escaped for an element or an attribute."""
    return escape(clean_text(text)) if SPECIAL.search(text) else text


@lru_cache(16384)
def write_number(value: float) -> str:
    """A number with one decimal, or none if that is zero."""
    text = f"{value:.1f}"
    return text[:-2] if text[-1] == "0" else text


def _toward(start: Point, end: Point, distance: float) -> Point:
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    if length == 0:
        return start
    part = min(distance, length / 2) / length
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def _pair(point: Point) -> str:
    return f"{write_number(point[0])} {write_number(point[1])}"


def _line(start: Point, end: Point) -> str:
    if start[0] == end[0]:
        return f"V{write_number(end[1])}"
    return f"H{write_number(end[0])}" if start[1] == end[1] else f"L{_pair(end)}"


def _polyline(points: tuple[Point, ...]) -> str:
    """Path data along the points, with rounded bends."""
    if len(points) == 2:
        return f"M{_pair(points[0])}{_line(*points)}"
    parts = [f"M{_pair(points[0])}"]
    for before, bend, after in zip(points, points[1:], points[2:], strict=False):
        parts.append(
            f"L{_pair(_toward(bend, before, BEND))}Q{_pair(bend)} {_pair(_toward(bend, after, BEND))}"
        )
    parts.append(f"L{_pair(points[-1])}")
    return "".join(parts)


def _head(points: tuple[Point, ...]) -> str:
    """An open arrow head at the last point. Not an SVG marker: these need ids, and paths are merged."""
    (bx, by), (x, y) = points[-2:]
    left, top, barbs = _find_barbs(x - bx, y - by)
    return f"M{write_number(x + left)} {write_number(y + top)}{barbs}"


@lru_cache(1024)
def _find_barbs(dx: float, dy: float) -> tuple[float, float, str]:
    """For an arrow in this direction: the start of its head's first barb relative to the tip, and the
    path.
    """
    length = (dx**2 + dy**2) ** 0.5 or 1
    ux, uy = dx / length * HEAD_LENGTH, dy / length * HEAD_LENGTH
    px, py = dx / length * HEAD_HALF, dy / length * HEAD_HALF
    return -ux - py, -uy + px, f"l{_pair((ux + py, uy - px))}l{_pair((-ux + py, -uy - px))}"


def _write_span(span: Span) -> str:
    if span.look == "sub":
        # The next span has to return to the baseline, which takes another dy.
        return f'<tspan class="sub" dy="{SUBSCRIPT_DROP}">{write_text(span.text)}</tspan>'
    return (
        f'<tspan class="{span.look}">{write_text(span.text)}</tspan>' if span.look else write_text(span.text)
    )


def _write_spans(spans: tuple[Span, ...]) -> str:
    written, dropped = [], False
    for span in spans:
        if dropped and span.look != "sub":
            look = f' class="{span.look}"' if span.look else ""
            written.append(f'<tspan{look} dy="-{SUBSCRIPT_DROP}">{write_text(span.text)}</tspan>')
        else:
            written.append(_write_span(span))
        dropped = span.look == "sub"
    return "".join(written)


def _write_text_mark(mark: Text) -> str:
    body = write_text(mark.text) if isinstance(mark.text, str) else _write_spans(mark.text)
    anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
    full = f"<title>{write_text(mark.full)}</title>" if mark.full else ""
    x, y = write_number(mark.x), write_number(mark.y)
    return f'<text class="{mark.look}" x="{x}" y="{y}"{anchor}>{full}{body}</text>'


def _write_box(mark: Box) -> str:
    if mark.look == "port":
        return ""
    x, y, width, height = map(write_number, mark[:4])
    radius = f' rx="{write_number(mark.radius)}"' if mark.radius else ""
    start = f'<rect class="{mark.look}" x="{x}" y="{y}" width="{width}" height="{height}"{radius}'
    return f"{start}><title>{write_text(mark.full)}</title></rect>" if mark.full else f"{start}/>"


def _write_dot(mark: Dot) -> str:
    x, y, radius = map(write_number, mark[:3])
    return f'<circle class="{mark.look}" cx="{x}" cy="{y}" r="{radius}"/>'


def _write_glyph(mark: Glyph) -> str:
    x, y = write_number(mark.x), write_number(mark.y)
    return f'<path class="{mark.look}" transform="translate({x} {y})" d="{GLYPHS[mark.name]}"/>'


@lru_cache(REMEMBERED_GROUPS)
def _write_once(mark: Group) -> str:
    return _write_group(mark)


def _write_group(mark: Group) -> str:
    attributes = f' id="{write_text(mark.anchor)}"' if mark.anchor else ""
    attributes += f' class="{mark.kind}"' if mark.kind else ""
    if mark.layer:
        attributes += f' data-layer="{write_text(mark.layer)}"'
    if mark.step is not None:
        attributes += f' data-step="{mark.step}"'
    if mark.x or mark.y:
        attributes += f' transform="translate({write_number(mark.x)} {write_number(mark.y)})"'
    return f"<g{attributes}>{write_marks(mark.marks)}</g>"


WRITERS: dict[type[Mark], Callable[[Any], str]] = {
    Text: _write_text_mark,
    Box: _write_box,
    Dot: _write_dot,
    Glyph: _write_glyph,
    # Groups of several layers are not cached: they are as large as the picture.
    Group: lambda mark: _write_once(mark) if mark.layer else _write_group(mark),
}


PATHS = (Line, Arrow)
"""The kinds of `Path` as a tuple, in which Python looks them up three times as fast as in a union."""


def _path_look(mark: Mark) -> str:
    return mark.look if isinstance(mark, PATHS) else ""


def _write_run(look: str, run: Iterable[Path]) -> str:
    body = heads = ""
    for mark in run:
        body += _polyline(mark.points)
        if isinstance(mark, Arrow) and mark.head:
            heads += _head(mark.points)
    if heads and look in DASHED:
        return f'<path class="{look}" d="{body}"/><path class="{look} head" d="{heads}"/>'
    return f'<path class="{look}" d="{body}{heads}"/>'


def write_marks(marks: Iterable[Mark]) -> str:
    """The marks in order; neighbouring lines and arrows with the same look become one path."""
    written = []
    for look, run in groupby(marks, _path_look):
        if look:
            written.append(_write_run(look, cast("Iterator[Path]", run)))
        else:
            written += [WRITERS[type(mark)](mark) for mark in run]
    return "".join(written)


def _opening(scene: Scene, attributes: str, cut: float = 0) -> str:
    left, width, height = map(write_number, (cut, scene.width - 2 * cut, scene.height))
    view = f"{left} 0 {width} {height}"
    return f'<svg class="picture" width="{width}" height="{height}" viewBox="{view}"{attributes}>'


def write_svg(scene: Scene, cut: float = 0) -> str:
    """An element for a page with `theme.stylesheet`. Without anchors it has no ids and may be used twice.

    `cut` px are taken off at both sides, so that the picture is aligned with the text of the page.
    """
    opening = _opening(scene, f' role="img" aria-label="{write_text(scene.title)}"', cut)
    return f"{opening}{write_marks(scene.marks)}</svg>"


def write_sample(sign: Sign) -> str:
    """The sample of a sign in a legend as an element for a page; empty if it has none."""
    if not sign.sample:
        return ""
    width = write_number(sign.width + 2)
    view = f'width="{width}" height="{SAMPLE}" viewBox="-1 {-SAMPLE / 2:g} {width} {SAMPLE}"'
    return f'<svg {view} aria-hidden="true">{write_marks(sign.sample)}</svg>'


def write_svg_file(scene: Scene, description: str) -> str:
    """A standalone file for both themes, with its description inside."""
    opening = _opening(
        scene,
        ' xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title" aria-describedby="desc"',
    )
    ground = _write_box(Box(0, 0, scene.width, scene.height, "page", 0))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n'
        f'<title id="title">{write_text(scene.title)}</title>\n'
        f'<desc id="desc">{write_text(description)}</desc>\n<style>\n{standalone_style()}\n</style>\n'
        f"{ground}{write_marks(scene.marks)}</svg>\n"
    )
