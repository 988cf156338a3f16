"""Golden pictures and files, reviewed by eye: `make contact-sheet` shows them all on one page.

A change that is meant is written with `pytest tests/drawing --update-golden`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graphs import GRAPHS, report_on_graph
from samples import SAMPLES, flow_of, report_on
from scenes import MASKED, VALUED, invent_values, masked_flow_of, masks_inside, trace_of, typed_flow_of

from app.drawing import FORMATS, draw_pictures, draw_values
from app.drawing.boxes.shapes import place_shapes
from app.drawing.numbers.masks import TELEPHONE, place_masks
from app.drawing.svg import write_svg

GOLDEN = Path(__file__).parent / "golden"
SLUGS = [slug for slug in SAMPLES if slug not in ("long", "deep")]
WRITTEN = ("embedding-to-lstm", "concatenate-fails", "concatenate-with-mask", "hostile-names")

INSIDE = {"inside.masks.svg": None, "inside.slender-masks.svg": TELEPHONE}
"""The masks of models in a model, on a desk and on a telephone."""

FOLLOWED = ("three-timesteps", "one-timestep", "ragged-sequences", "permute", "cut-anew", "turned-over")
OPENED = (
    "conv-lstm",
    "reset-before",
    "two-ways",
    "stacked-cells",
    "embedding-to-lstm",
    "encoder-decoder",
    "bidirectional",
    "two-layers-two-units",
    "eight-units",
)


def draw(slug: str) -> Iterator[tuple[str, str]]:
    pictures = draw_pictures(report_on(slug), flow_of(slug))
    drawn = {"shapes": pictures.shapes, "slender": pictures.slender, "time": pictures.time}
    if slug in OPENED:
        drawn |= {f"cell-{place}": picture for place, picture in enumerate(pictures.cells.values())}
        drawn |= {f"units-{place}": picture for place, picture in enumerate(pictures.units.values())}
    if slug in FOLLOWED:
        drawn |= {f"data-{place}": picture for place, picture in enumerate(pictures.data.values())}
    if slug in MASKED:
        masked = draw_pictures(report_on(slug), masked_flow_of(slug))
        drawn |= {"masks": masked.masks, "slender-masks": masked.slender_masks}
        drawn["typed"] = draw_pictures(report_on(slug), typed_flow_of(slug)).time
    if slug in VALUED:
        (first, *_) = draw_values(report_on(slug), invent_values(trace_of(slug)))
        drawn["values"] = first
    for name, picture in drawn.items():
        if picture:
            yield f"{slug}.{name}.svg", spread(picture.svg)
    if slug in WRITTEN:
        for name in ("txt", "md", "mmd"):
            yield f"{slug}.{name}", FORMATS[name].write(report_on(slug), flow_of(slug), "")


def spread(svg: str) -> str:
    """One element a line, so that a difference can be read."""
    return svg.replace("><", ">\n<") + "\n"


def compare(name: str, text: str, update_golden: bool) -> None:
    path = GOLDEN / name
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{name} has changed; look, then --update-golden"


@pytest.mark.parametrize("slug", SLUGS)
def test_pictures_are_the_golden_ones(slug: str, update_golden: bool) -> None:
    for name, text in draw(slug):
        compare(name, text, update_golden)


@pytest.mark.parametrize("slug", GRAPHS)
def test_graphs_are_the_golden_ones(slug: str, update_golden: bool) -> None:
    svg = spread(write_svg(place_shapes(report_on_graph(slug))))
    compare(f"{slug}.graph.svg", svg, update_golden)


@pytest.mark.parametrize(("name", "room"), INSIDE.items())
def test_masks_inside_of_models_are_the_golden_ones(
    name: str, room: float | None, update_golden: bool
) -> None:
    compare(name, spread(write_svg(place_masks(*masks_inside(), room))), update_golden)


def test_no_golden_file_is_left_over() -> None:
    drawn = {name for slug in SLUGS for name, _ in draw(slug)} | {f"{slug}.graph.svg" for slug in GRAPHS}
    drawn |= INSIDE.keys()
    assert {path.name for path in GOLDEN.iterdir()} == drawn
