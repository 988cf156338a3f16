"""An estimate of how wide a text will be, to leave room for it.

Which font `system-ui` is depends on the reader's machine. The table has the advance widths of DejaVu Sans,
rounded up by class of character. It is the widest of the usual fonts (Segoe UI, San Francisco, Roboto and
Liberation Sans are 5 to 15 % narrower), so a text that fits here fits everywhere.
"""

import unicodedata
from functools import lru_cache

from app.drawing.scene import Span
from app.drawing.theme import TEXT_LOOKS

CLASSES = {
    0.30: "'ijlIJ",
    0.36: " ,.·:;/\\|f-",
    0.42: "()[]t!r₀₁₂₃₄₅₆₇₈₉",
    0.56: '"*_`–szc?L',
    0.62: "FkvxyPTYaoe",
    0.65: "ESbdghnpqu0123456789$σ{}",
    0.71: "KAVBRXZC",
    0.79: "UHNDG&OQ",
    0.85: "w#+<=>~^→×⊙−",
}
WIDTHS = {character: width for width, characters in CLASSES.items() for character in characters}
BOLD = 1.1
EVEN_WIDTHS = dict.fromkeys(WIDTHS, 0.61)
"""Those of DejaVu Sans Mono, for code."""
ELLIPSIS = "…"


def _measure_rare(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    return 1.4 if ord(character) >= 0x1F000 else 1.02


@lru_cache(4096)
def text_width(text: str | tuple[Span, ...], look: str) -> float:
    """The width of the text with this look, in px."""
    if not isinstance(text, str):
        return sum(text_width(span.text, span.look or look) for span in text)
    style = TEXT_LOOKS[look]
    widths = EVEN_WIDTHS if style.even else WIDTHS
    width = sum(widths[character] if character in widths else _measure_rare(character) for character in text)
    return width * style.size * (BOLD if style.weight >= 500 else 1)


def fit_text(text: str, look: str, width: float) -> str:
    """The text, or as much of its beginning as fits into `width` px, with an ellipsis."""
    most = _bound(look, width)
    if len(text) <= most and text_width(text, look) <= width:
        return text
    text = text[:most]
    while text and text_width(text + ELLIPSIS, look) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS


def fit_name(name: str, look: str, width: float) -> str:
    """The name, or as much of its beginning and end as fits: names that begin alike differ at their ends."""
    most = _bound(look, width)
    if len(name) <= most and text_width(name, look) <= width:
        return name
    beginning, end = name[:most], name[-most:]
    while beginning and text_width(beginning + ELLIPSIS + end, look) > width:
        if len(end) >= len(beginning):
            end = end[1:]
        else:
            beginning = beginning[:-1]
    return beginning + ELLIPSIS + end


def _bound(look: str, width: float) -> int:
    # As many of the narrowest characters as fit: a very long name costs no more to measure than a line.
    return int(width / (TEXT_LOOKS[look].size * 0.3)) + 1


def wrap_text(text: str, look: str, width: float, lines: int) -> list[str]:
    """The text on at most `lines` lines of `width` px; the rest is cut off with an ellipsis."""
    words, wrapped = text.split(), [""]
    for place, word in enumerate(words):
        longer = f"{wrapped[-1]} {word}".strip()
        if text_width(longer, look) <= width:
            wrapped[-1] = longer
        elif len(wrapped) == lines:
            rest = " ".join([wrapped[-1], *words[place:]])
            wrapped[-1] = fit_text(rest.strip(), look, width)
            break
        elif wrapped[-1]:
            wrapped.append(fit_text(word, look, width))
        else:
            wrapped[-1] = fit_text(word, look, width)
    return wrapped
