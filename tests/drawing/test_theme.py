"""Contrast is arithmetic (WCAG 2): text at least 4.5:1 on whatever is behind it, outlines at least 3:1."""

import pytest
from scenes import ALL_SCENES, list_marks

from app.drawing.scene import Arrow, Box, Dot, Glyph, Line, Span, Text
from app.drawing.theme import HUES, PALETTE, SHAPE_LOOKS, TEXT_LOOKS, hue_of, standalone_style, stylesheet

HUE_NAMES = sorted(set(HUES.values()))
THEMES = ["light", "dark"]
GROUNDS = ["surface", "card"]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: str) -> float:
    light, dark = sorted((luminance(getattr(PALETTE[name], theme)) for name in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("look", TEXT_LOOKS)
def test_text_is_legible_on_the_page_and_on_cards(look: str, ground: str, theme: str) -> None:
    assert contrast(TEXT_LOOKS[look].colour, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("hue", [*HUE_NAMES, "error", "warning"])
def test_text_is_legible_on_tints(hue: str, theme: str) -> None:
    for ink in (f"{hue}-ink", "ink", "muted"):
        assert contrast(ink, f"{hue}-tint", theme) >= 4.5, ink


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("hue", [*HUE_NAMES, "error", "warning"])
def test_outlines_stand_out(hue: str, theme: str) -> None:
    assert contrast(f"{hue}-edge", "surface", theme) >= 3
    assert contrast("wire", "surface", theme) >= 3


def test_every_axis_has_a_colour_and_strangers_are_grey() -> None:
    assert [hue_of(name) for name in ("batch", "timesteps", "features", "units")] == [
        "batch",
        "timesteps",
        "features",
        "units",
    ]
    assert hue_of("axis 2") == "batch"


def test_every_look_on_a_picture_is_defined() -> None:
    for _, _, scene in ALL_SCENES:
        for mark in list_marks(scene):
            if isinstance(mark, Text):
                assert mark.look in TEXT_LOOKS
                spans = mark.text if not isinstance(mark.text, str) else ()
                assert all(
                    not span.look or span.look in TEXT_LOOKS for span in spans if isinstance(span, Span)
                )
            elif isinstance(mark, Box | Dot | Line | Arrow | Glyph):
                assert mark.look in SHAPE_LOOKS


def test_the_page_can_force_a_theme() -> None:
    css = stylesheet()
    assert ":root:not([data-theme=light])" in css
    assert ":root[data-theme=dark]" in css


def test_a_file_that_stands_alone_uses_no_variables() -> None:
    assert "var(" not in standalone_style()
    assert "prefers-color-scheme:dark" in standalone_style()
