"""The palette and the looks, as data; every colour of every picture is defined here.

The hues are those of Okabe and Ito, which colour-blind readers can tell apart. Each has an `ink` (text, at
least 4.5:1 on its tint and on the page), an `edge` (outlines and wires, at least 3:1 on the page) and a
`tint` (areas). Nothing is said by colour alone: an axis always has its name beside it.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

FONT = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", '
    '"Liberation Sans", Arial, sans-serif'
)
MONOSPACE = 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace'


class Colour(NamedTuple):
    """A colour in both themes."""

    light: str
    dark: str


BELOW = (
    ("#cfe2f3", "#1a3550"),
    ("#a3c8e8", "#1d4a73"),
    ("#6ea8d8", "#256399"),
    ("#3a85c0", "#3a85c0"),
    ("#0b5f9e", "#6bb3ea"),
)
ABOVE = (
    ("#fbe3c5", "#45310f"),
    ("#f5c486", "#664410"),
    ("#e9a043", "#8f5c0c"),
    ("#cf7c0f", "#c47e14"),
    ("#a35a00", "#f5ae45"),
)

PALETTE: Mapping[str, Colour] = {
    "surface": Colour("#ffffff", "#0d1117"),
    "card": Colour("#f6f8fa", "#161b22"),
    "rule": Colour("#d0d7de", "#30363d"),
    "wire": Colour("#6e7781", "#8b949e"),
    "ink": Colour("#1f2328", "#e6edf3"),
    "muted": Colour("#57606a", "#9da7b3"),
    "batch-ink": Colour("#57606a", "#b1bac4"),
    "batch-edge": Colour("#838c95", "#6e7681"),
    "batch-tint": Colour("#eaeef2", "#2a313a"),
    "timesteps-ink": Colour("#00558a", "#79c0f2"),
    "timesteps-edge": Colour("#0072b2", "#3c9bdb"),
    "timesteps-tint": Colour("#ddeffa", "#0b2b42"),
    "features-ink": Colour("#7d4e00", "#f2b84b"),
    "features-edge": Colour("#b97700", "#cf921f"),
    "features-tint": Colour("#fdeed0", "#45320c"),
    "units-ink": Colour("#8b3370", "#eea5d0"),
    "units-edge": Colour("#b4558f", "#cc79a7"),
    "units-tint": Colour("#f9e4f0", "#48243c"),
    "filters-ink": Colour("#00614a", "#5fd3ae"),
    "filters-edge": Colour("#009068", "#2fae86"),
    "filters-tint": Colour("#d9f2e9", "#0c3a2d"),
    # From early to late, for numbers that a picture follows; `ink` is legible on each.
    "shade-1": Colour("#eaf5fc", "#0f2233"),
    "shade-2": Colour("#cfe8f8", "#122f46"),
    "shade-3": Colour("#b0d8f2", "#163d5b"),
    "shade-4": Colour("#8fc6ec", "#1a4b70"),
    "shade-5": Colour("#6cb2e4", "#1d5983"),
    "shade-6": Colour("#489dd9", "#206796"),
    # From far below the middle to far above it: blue and orange, which differ to every eye, and the lighter
    # or darker, the further from the page.
    "value-0": Colour("#f0f2f4", "#21272e"),
    **{f"below-{far}": Colour(*pair) for far, pair in enumerate(BELOW, 1)},
    **{f"above-{far}": Colour(*pair) for far, pair in enumerate(ABOVE, 1)},
    "error-ink": Colour("#a40e26", "#ff9a92"),
    "error-edge": Colour("#d1242f", "#f0514a"),
    "error-tint": Colour("#ffebe9", "#3a1214"),
    "warning-ink": Colour("#8a3a00", "#ffb385"),
    "warning-edge": Colour("#d55e00", "#e8762c"),
    "warning-tint": Colour("#fff0e3", "#3a1e0a"),
}

FURTHEST = 5
"""How many colours there are for values below the middle of a scale, and as many above."""

SHADES = 6
"""How many shades there are from early to late."""

HUES: Mapping[str, str] = {
    "batch": "batch",
    "timesteps": "timesteps",
    "features": "features",
    "units": "units",
    "filters": "filters",
    "channels": "filters",
}
"""The hue of each axis name; other axes are grey, like the batch."""


def hue_of(axis: str) -> str:
    """The hue of an axis: a prefix of names in PALETTE and of looks."""
    return HUES.get(axis, "batch")


class TextLook(NamedTuple):
    """The size of a text in px, its weight and so on; weights above 500 are bold in fonts without them.

    `even` is the font of code, in which all letters are equally wide.
    """

    size: float
    weight: int
    colour: str
    style: str = "normal"
    even: bool = False


TEXT_LOOKS: Mapping[str, TextLook] = {
    "name": TextLook(14, 600, "ink"),
    "kind": TextLook(12.5, 400, "muted"),
    "row": TextLook(13, 600, "ink"),
    "fold-text": TextLook(14, 600, "muted"),
    "count": TextLook(12.5, 400, "ink"),
    "chip": TextLook(13, 400, "muted"),
    "tick": TextLook(12.5, 400, "timesteps-ink"),
    "small": TextLook(11.5, 400, "muted"),
    "state": TextLook(11.5, 600, "units-ink", "italic"),
    "padded": TextLook(12.5, 400, "muted"),
    "code": TextLook(12, 400, "muted", even=True),
    "formula": TextLook(13.5, 400, "ink"),
    "operator": TextLook(12.5, 500, "ink"),
    "letter": TextLook(12.5, 600, "ink", "italic"),
    "sub": TextLook(10, 400, "ink"),
    "title": TextLook(15, 600, "ink"),
    "said": TextLook(12.5, 400, "error-ink"),
    "lost": TextLook(11.5, 400, "warning-ink"),
    "masked": TextLook(11.5, 400, "muted"),
    **{f"{hue}-text": TextLook(13, 600, f"{hue}-ink") for hue in dict.fromkeys(HUES.values())},
    "batch-text": TextLook(13, 400, "batch-ink"),
    **{f"{hue}-small": TextLook(11.5, 400, f"{hue}-ink") for hue in dict.fromkeys(HUES.values())},
}

Declarations = Mapping[str, str]

DENSE: Declarations = {"stroke-width": "0.75", "stroke-opacity": "0.6"}

SHAPE_LOOKS: Mapping[str, Declarations] = {
    "page": {"fill": "surface"},
    "card": {"fill": "card", "stroke": "rule"},
    "chip-box": {"fill": "surface", "stroke": "rule"},
    "operation": {"fill": "surface", "stroke": "rule"},
    "opaque": {"fill": "card", "stroke": "wire", "stroke-dasharray": "6 4"},
    "frame": {"fill": "none", "stroke": "wire"},
    "fold": {"fill": "none", "stroke": "wire", "stroke-dasharray": "2 4"},
    "failed": {"fill": "error-tint", "stroke": "error-edge", "stroke-width": "1.5"},
    "blocked": {"fill": "none", "stroke": "wire", "stroke-dasharray": "5 4"},
    "port": {"fill": "none", "stroke": "none"},
    "wire": {"fill": "none", "stroke": "wire", "stroke-width": "1.25"},
    "wire-dashed": {"fill": "none", "stroke": "wire", "stroke-dasharray": "4 4"},
    "dropped": {"fill": "none", "stroke": "wire", "stroke-width": "1.25", "stroke-opacity": "0.6"},
    "rule": {"fill": "none", "stroke": "rule"},
    "state-h": {"fill": "none", "stroke": "units-edge", "stroke-width": "1.5"},
    "state-c": {"fill": "none", "stroke": "units-edge", "stroke-width": "1.5", "stroke-dasharray": "1 3.5"},
    "input-wire": {"fill": "none", "stroke": "features-edge", "stroke-width": "1.25"},
    "layer-wire": {"fill": "none", "stroke": "wire", "stroke-width": "1.25"},
    "recurrent-wire": {
        "fill": "none",
        "stroke": "units-edge",
        "stroke-width": "1.25",
        "stroke-dasharray": "5 3",
    },
    "cell": {"fill": "units-tint", "stroke": "units-edge", "stroke-width": "1.5"},
    "leaked": {"fill": "warning-tint", "stroke": "warning-edge"},
    "padding": {"fill": "none", "stroke": "wire", "stroke-dasharray": "2 3"},
    **{
        f"shade-{number}": {
            "fill": f"shade-{number}",
            "stroke": "timesteps-edge",
            "stroke-width": "0.75",
            "stroke-opacity": "0.55",
        }
        for number in range(1, SHADES + 1)
    },
    **{name: {"fill": name} for name in PALETTE if name.startswith(("value-", "below-", "above-"))},
    "gate": {"fill": "surface", "stroke": "wire"},
    "error-sign": {"fill": "none", "stroke": "error-edge", "stroke-width": "1.5"},
    "warning-sign": {"fill": "none", "stroke": "warning-edge", "stroke-width": "1.5"},
    "mask-sign": {"fill": "none", "stroke": "wire", "stroke-width": "1.25"},
    "input-wire-dense": {"fill": "none", "stroke": "features-edge", **DENSE},
    "layer-wire-dense": {"fill": "none", "stroke": "wire", **DENSE},
    "recurrent-wire-dense": {"fill": "none", "stroke": "units-edge", "stroke-dasharray": "5 3", **DENSE},
    **{hue: {"fill": f"{hue}-tint", "stroke": f"{hue}-edge"} for hue in dict.fromkeys(HUES.values())},
}

DASHED = frozenset(name for name, look in SHAPE_LOOKS.items() if "stroke-dasharray" in look)
"""Looks whose arrow heads need the class `head`, so as not to be dashed."""

GLYPHS: Mapping[str, str] = {
    # Path data in a square of 12 px.
    "mask": "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10M1.8 8.6L8.6 1.8M3.4 10.2L10.2 3.4",
    "failed": "M6 .5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M4 4l4 4M8 4l-4 4",
    "warning": "M6 1L11.5 11H.5zM6 4.5v3M6 9v.6",
}


def _rules(colour: Callable[[str], str], prefix: str) -> str:
    lines = [f"{prefix}text{{font-family:{FONT};font-variant-numeric:tabular-nums}}"]
    for name, text in TEXT_LOOKS.items():
        slant = ";font-style:italic" if text.style == "italic" else ""
        slant += f";font-family:{MONOSPACE}" if text.even else ""
        lines.append(
            f"{prefix}.{name}{{font-size:{text.size:g}px;font-weight:{text.weight}{slant};fill:{colour(text.colour)}}}"
        )
    for name, declarations in SHAPE_LOOKS.items():
        body = ";".join(
            f"{key}:{colour(value) if value in PALETTE else value}" for key, value in declarations.items()
        )
        lines.append(f"{prefix}.{name}{{{body};stroke-linecap:round;stroke-linejoin:round}}")
    lines.append(f"{prefix}.state{{paint-order:stroke;stroke:{colour('surface')};stroke-width:3}}")
    return "\n".join([*lines, f"{prefix}.head{{stroke-dasharray:none}}"])


def stylesheet() -> str:
    """CSS for pages: the palette as custom properties `--k-…`, and the looks of inline pictures.

    The reader's system chooses the theme, unless `data-theme` on the root element does; print is light.
    Groups of class `step` or `result` that are also `now` are at the time cursor; the others are then dimmed.
    """
    light = ";".join(f"--k-{name}:{colour.light}" for name, colour in PALETTE.items())
    dark = ";".join(f"--k-{name}:{colour.dark}" for name, colour in PALETTE.items())
    return "\n".join(
        [
            f":root{{{light}}}",
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}",
            f"@media screen{{:root[data-theme=dark]{{{dark}}}}}",
            _rules(lambda name: f"var(--k-{name})", ":is(.picture,.legend) "),
            # A click on a line of code selects it, to be copied.
            ".picture .code{user-select:all;-webkit-user-select:all;cursor:text}",
            ".picture :is(.step,.folded,.result){transition:opacity .15s}",
            ".picture .now :is(rect,circle,path){stroke-width:2.25}",
            ".picture:has(.now) :is(.step,.folded,.result):not(.now){opacity:.35}",
            "",
        ]
    )


@cache
def standalone_style() -> str:
    """CSS for a standalone file: literal colours, with the dark ones in a media query."""
    light = _rules(lambda name: PALETTE[name].light, "")
    dark = _rules(lambda name: PALETTE[name].dark, "")
    return f"{light}\n@media (prefers-color-scheme:dark){{\n{dark}\n}}"
