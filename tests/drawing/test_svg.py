"""Nothing that a visitor names can become markup, and every picture is well-formed XML."""

from xml.etree import ElementTree

import pytest
from samples import SAMPLES, flow_of, report_on
from scenes import ALL_SCENES

from app.drawing import FORMATS, draw_error_svg, draw_pictures
from app.drawing.scene import Arrow, Box, Group, Line, Scene, Span, Text
from app.drawing.svg import write_svg

SVG = "{http://www.w3.org/2000/svg}"


def write(*marks: Text | Box | Arrow | Line | Group) -> str:
    return write_svg(Scene(100, 50, marks, "a title"))


def test_a_box_is_a_rectangle_of_its_look() -> None:
    assert '<rect class="card" x="1" y="2.5" width="30" height="4" rx="8"/>' in write(
        Box(1, 2.5, 30, 4, "card", 8)
    )


def test_a_port_is_a_place_and_not_drawn() -> None:
    assert "<rect" not in write(Box(0, 0, 10, 10, "port", 0, "lstm@0"))


def test_neighbouring_arrows_of_one_look_are_one_path() -> None:
    arrows = (Arrow(((0, 0), (0, 20)), "wire", "a", "b"), Arrow(((9, 0), (9, 20)), "wire", "a", "b"))
    assert write(*arrows).count("<path") == 1


def test_the_heads_of_dashed_arrows_are_drawn_whole() -> None:
    svg = write(Arrow(((0, 0), (0, 20)), "wire-dashed", "a", "b"))
    assert 'class="wire-dashed head"' in svg


def test_a_subscript_goes_down_and_the_text_after_it_comes_back() -> None:
    svg = write(Text(0, 0, (Span("h"), Span("t", "sub"), Span(" = z")), "formula"))
    assert 'h<tspan class="sub" dy="3">t</tspan><tspan dy="-3"> = z</tspan>' in svg


def test_a_step_carries_its_layer_and_its_number() -> None:
    assert '<g class="step" data-layer="a&quot;b" data-step="2">' in write(Group((), "step", 'a"b', 2))


def test_text_that_was_cut_is_whole_in_its_tooltip() -> None:
    assert "<title>embedding</title>emb…</text>" in write(Text(0, 0, "emb…", "name", full="embedding"))


@pytest.mark.parametrize("slug", SAMPLES)
def test_pictures_are_well_formed_and_have_no_ids(slug: str) -> None:
    pictures = draw_pictures(report_on(slug), flow_of(slug))
    everything = [pictures.shapes, pictures.time, *pictures.cells.values(), *pictures.units.values()]
    for picture in filter(None, everything):
        root = ElementTree.fromstring(picture.svg)
        assert not [element for element in root.iter() if "id" in element.attrib]
        assert float(root.attrib["width"]) == pytest.approx(picture.width, abs=0.1)
        assert root.attrib["aria-label"]


PICTURES = [name for name in FORMATS if name.endswith("svg")]


def read_file(name: str, slug: str) -> ElementTree.Element:
    return ElementTree.fromstring(FORMATS[name].write(report_on(slug), flow_of(slug), ""))


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("slug", SAMPLES)
def test_a_file_stands_alone_with_title_and_description(slug: str, name: str) -> None:
    root = read_file(name, slug)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert len(root.findtext(f"{SVG}desc") or "") > 40


def test_the_title_says_what_the_model_is() -> None:
    title = "Embedding → LSTM → Dense: (None, 3) → (None, 1)"
    assert read_file("svg", "embedding-to-lstm").findtext(f"{SVG}title") == title
    assert read_file("svg", "stacked-without-sequences").findtext(f"{SVG}title") == (
        "LSTM → LSTM → Dense: does not build"
    )
    assert (
        read_file("svg", "long").findtext(f"{SVG}title") == "A model of 131 layers: (None, 8) → (None, 137)"
    )


def list_headings(name: str, slug: str) -> list[str | None]:
    return [text.text for text in read_file(name, slug).iter(f"{SVG}text") if text.get("class") == "title"]


def test_each_picture_is_a_file_of_its_own() -> None:
    slug = "two-layers-two-units"
    assert list_headings("svg", slug) == ["Shapes", "Through time"]
    assert list_headings("shapes.svg", slug) == ["Shapes"]
    assert list_headings("time.svg", slug) == ["Through time"]
    assert list_headings("units.svg", slug) == ["The units of lstm → lstm_1"]
    # Both layers read two features and have two units: what is inside is the same.
    assert list_headings("cells.svg", slug) == ["Inside lstm, lstm_1"]


def test_a_picture_that_there_is_none_of_says_why() -> None:
    said = ElementTree.tostring(read_file("units.svg", "convolution"), "unicode", "text")
    assert "Unit by unit are drawn LSTM, GRU and SimpleRNN layers. This model has none." in said
    assert "No layer of this model has a timesteps axis." in ElementTree.tostring(
        read_file("time.svg", "skips"), "unicode", "text"
    )


@pytest.mark.parametrize("name", [name for name in FORMATS if name.endswith(".svg")])
def test_a_picture_has_no_backticks_for_it_has_no_code_in_its_sentences(name: str) -> None:
    for slug in ("embedding-to-lstm", "skips"):
        assert "`" not in FORMATS[name].write(report_on(slug), flow_of(slug), "")


@pytest.mark.parametrize("slug", ["hostile-names", "refused-names"])
def test_a_hostile_name_stays_text(slug: str) -> None:
    pictures = draw_pictures(report_on(slug), flow_of(slug))
    for svg in (pictures.shapes.svg, FORMATS["svg"].write(report_on(slug), flow_of(slug), "")):
        assert "<script" not in svg
        assert not set(svg) & {"\x00", "\x1b", "\u202e"}
        tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
        assert tags <= {"svg", "title", "desc", "style", "g", "rect", "path", "text", "tspan", "circle"}


def test_an_error_is_a_picture_that_says_why() -> None:
    svg = draw_error_svg("This link is damaged", "The state <b>ends</b> too early. " * 400)
    root = ElementTree.fromstring(svg)
    said = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert said[0] == "This link is damaged"
    assert said[1].startswith("The state <b>ends</b>")
    assert len(said) <= 22
    assert said[-1].endswith("…")


def test_typical_pictures_are_small() -> None:
    sizes = {
        name: write_svg(scene).count("<") - write_svg(scene).count("</")
        for slug, name, scene in ALL_SCENES
        if slug in ("embedding-to-lstm", "stacked-lstm", "concatenate-with-mask")
    }
    data = {name for name in sizes if name.startswith("data")}
    assert max(size for name, size in sizes.items() if name not in data) < 400
    # A cell for each number that is followed, and the number in it.
    assert max(sizes[name] for name in data) < 500


def test_a_million_timesteps_are_drawn_as_easily_as_nine() -> None:
    pictures = draw_pictures(report_on("million-timesteps"), flow_of("million-timesteps"))
    assert pictures.time is not None
    assert len(pictures.time.svg) < 10_000
