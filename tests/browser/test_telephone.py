"""What is to be read on a telephone is large enough for it, and what goes on beyond its edge says so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.architecture import Question
from app.links import encode_state

SMALL = encode_state(
    Question(
        code="model = keras.Sequential([keras.Input((6, 3)), keras.layers.LSTM(4), keras.layers.Dense(2)])"
    )
)
SMALLEST = 9.9
SIGN = "code => getComputedStyle(code.querySelector('code'), '::after').visibility"
TEXT_SIZES = """pictures => pictures.flatMap(picture => {
  const scale = picture.clientWidth / picture.viewBox.baseVal.width;
  const sizes = [...picture.querySelectorAll("text")].map(text => getComputedStyle(text).fontSize);
  return sizes.map(size => parseFloat(size) * scale);
})"""


@pytest.fixture
def telephone(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("slug", ["embedding-to-lstm", "stacked-lstm"])
def test_the_timesteps_are_large_enough_to_read(telephone: Page, slug: str) -> None:
    telephone.goto(f"/examples/{slug}")
    assert min(telephone.locator("#picture-time .picture:visible").evaluate_all(TEXT_SIZES)) >= SMALLEST


@pytest.mark.parametrize("part", ["cells", "units", "data", "values"])
def test_what_was_folded_is_drawn_hardly_smaller_than_on_a_desk(telephone: Page, part: str) -> None:
    telephone.goto(f"/?s={SMALL}")
    telephone.locator(f"#{part} > summary").click()
    picture = telephone.locator(f"#{part} .picture:visible").first
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.clientWidth / picture.viewBox.baseVal.width") > 0.83


def test_no_size_is_cut_off_beside_a_few_timesteps(telephone: Page) -> None:
    telephone.goto("/examples/embedding-to-lstm")
    words = telephone.locator("#picture-time").get_by_text("100 units", exact=True).bounding_box()
    assert words and words["x"] + words["width"] <= 390 - 16


def test_the_names_of_the_layers_stay_while_the_timesteps_scroll(telephone: Page) -> None:
    telephone.goto("/examples/stacked-lstm")
    telephone.locator("#n1-body > summary").click()
    telephone.locator("#n1-units").fill("9")
    expect(telephone.locator("#picture-time")).to_contain_text("9 units")
    telephone.locator("#picture-time .scroll").evaluate("scroll => scroll.scrollTo(scroll.scrollWidth, 0)")
    drawn, pinned = telephone.locator("#picture-time").get_by_text("lstm_1", exact=True).all()
    gone, there = drawn.bounding_box(), pinned.bounding_box()
    assert gone and there
    assert gone["x"] < 0 < there["x"]
    assert gone["y"] == pytest.approx(there["y"], abs=1)


def test_what_is_said_of_masks_is_in_sight_at_once(telephone: Page) -> None:
    telephone.goto("/examples/concatenate-with-mask")
    telephone.locator("#masks textarea").first.fill("5 9 2\n3 4 5 6 7")
    picture = telephone.locator("#picture-masks .picture:visible")
    expect(picture).to_have_count(1)
    for words in picture.get_by_text("change nothing").all():
        box = words.bounding_box()
        assert box and box["x"] + box["width"] <= 390
    assert min(picture.evaluate_all(TEXT_SIZES)) >= SMALLEST


def test_code_that_goes_on_says_so_until_it_is_moved(telephone: Page) -> None:
    telephone.goto("/problems/missing-return-sequences")
    code = telephone.locator(".prose pre").first
    assert code.evaluate("code => code.scrollWidth > code.clientWidth")
    assert code.evaluate(SIGN) == "visible"
    code.evaluate("code => code.scrollTo(code.scrollWidth, 0)")
    # The sign follows with the next frame.
    code.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert code.evaluate(SIGN) == "hidden"


@pytest.mark.parametrize("part", ["time", "units", "data", "values"])
def test_a_legend_is_in_sight_however_wide_its_picture_is(telephone: Page, part: str) -> None:
    telephone.goto("/examples/two-layers-two-units")
    telephone.locator(f"#{part}").evaluate("part => { part.open = true; part.scrollIntoView(); }")
    lines = telephone.locator(f"#{part} .legend").first.locator("li")
    expect(lines.first).to_be_visible()
    for line in lines.all():
        box = line.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    assert lines.first.evaluate("line => line.closest('.scroll')") is None
