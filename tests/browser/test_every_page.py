"""Every page, in both themes, on a desk and on a telephone: readable, reachable by keys, nothing cut off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.architecture import Question
from app.links import encode_state

LAYERS = encode_state(
    Question(code="model = keras.Sequential([keras.Input((8,)), *[layers.Dense(8) for i in range(70)]])")
)
PAGES = {
    "first": "/",
    "fails": "/examples/concatenate-embeddings",
    "masked": "/examples/concatenate-with-mask",
    "units": "/examples/two-layers-two-units",
    "ragged": "/examples/ragged-sequences",
    "examples": "/examples",
    "open": "/open",
    "compare": "/compare",
    "all layers": f"/layers?s={LAYERS}",
    "missing": "/examples/nothing",
    "damaged": "/?s=damaged",
    "problems": "/problems",
    "problem": "/problems/link-not-found",
}
EVERY_PAGE = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


def unfold(page: Page) -> None:
    """Opens all that is folded, but for the menus."""
    page.evaluate("for (const folded of document.querySelectorAll('details:not(.menu)')) folded.open = true")


@EVERY_PAGE
def test_axe_finds_nothing_in_either_theme(page: Page, path: str) -> None:
    page.goto(path)
    unfold(page)
    found = [Axe().run(page)]
    page.emulate_media(color_scheme="dark")
    found.append(Axe().run(page))
    assert all(results.violations_count == 0 for results in found), [
        results.generate_report() for results in found
    ]


@EVERY_PAGE
def test_nothing_overflows_a_telephone(browser: Browser, url: str, path: str) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(path)
    unfold(page)
    widest = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((element) => !element.closest(".scroll, .unseen, svg, .skip, [hidden], .menu-sheet"))
            .filter((element) => element.getBoundingClientRect().right > document.body.clientWidth + 1)
            .map((element) => element.outerHTML.slice(0, 120))"""
    )
    context.close()
    assert widest == []


def test_a_telephone_shows_the_shapes_first_and_the_layers_folded(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/")
    shapes, layers, time = (
        page.locator(selector).bounding_box() or {"y": 0}
        for selector in ("#picture-shapes", "#layers", "#time")
    )
    assert shapes["y"] < 844 / 2
    assert shapes["y"] < layers["y"] < time["y"]
    expect(page.get_by_label("units").first).to_be_hidden()
    page.locator("#n2-body > summary").click()
    page.get_by_label("units").first.fill("7")
    expect(page.locator("#table")).to_contain_text("(None, 7)")
    expect(page.get_by_label("units").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("path", ["/examples/concatenate-with-mask", "/compare"])
def test_a_telephone_hides_no_column_and_shrinks_a_picture_before_it_scrolls(
    browser: Browser, url: str, path: str
) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(path)
    for table in page.locator("table:visible").all():
        assert table.evaluate("table => table.scrollWidth <= table.closest('.scroll').clientWidth")
    for picture in page.locator("svg.picture:visible").all():
        own, shown, room = picture.evaluate(
            "svg => [svg.viewBox.baseVal.width, svg.clientWidth, svg.closest('.scroll').clientWidth]"
        )
        is_legible = picture.locator("xpath=..").get_attribute("data-legible")
        least, given = (own, 60) if is_legible else (own * 0.7, 16)
        # A few px more than that, before it scrolls for them.
        assert shown <= max(room, least) + 1
        assert shown >= least - given - 1
        assert shown <= room + 1 or shown - room > given - 1
    context.close()


@pytest.mark.parametrize(
    "slug", ["concatenate-embeddings", "concatenate-different-embeddings", "concatenate-with-mask"]
)
def test_two_branches_are_seen_at_once_on_a_telephone(browser: Browser, url: str, slug: str) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"/examples/{slug}")
    shown = page.locator("#picture-shapes > .scroll:visible")
    expect(shown).to_have_count(1)
    assert shown.evaluate("view => view.scrollWidth <= view.clientWidth")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(shown).to_have_count(1)
    assert page.locator("#picture-shapes .picture:visible").evaluate("it => it.clientWidth") > 600
    context.close()


def test_a_telephone_shows_the_answer_below_the_shapes(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/")
    shapes = page.locator("#picture-shapes").bounding_box() or {"y": 0}
    answer = page.locator("#lesson .prose").bounding_box() or {"y": 0}
    assert shapes["y"] < answer["y"]
    context.close()


def test_a_problem_beside_code_breaks_no_word(page: Page) -> None:
    page.goto("/examples/concatenate-embeddings")
    page.get_by_text("Code", exact=True).click()
    words = page.locator(".problem > p").first.bounding_box() or {"width": 0}
    assert words["width"] > 400


def test_nothing_on_the_page_moves_when_a_number_changes(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    places = (
        "() => ['h1', '.facts', '#picture-shapes', '#picture-time', '#lesson', '#n3'].map(selector => "
        "Math.round(document.querySelector(selector).getBoundingClientRect().top))"
    )
    before = page.evaluate(places)
    page.get_by_label("units").first.fill("101")
    expect(page.locator("#table")).to_contain_text("(None, 101)")
    assert page.evaluate(places) == before


def test_the_theme_is_a_choice_that_is_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/examples")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 17, 23)"


def test_a_short_link_is_made_copied_and_opened(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/examples/embedding-to-lstm")
    page.get_by_label("units").first.fill("9")
    expect(page.locator("#table")).to_contain_text("(None, 9)")
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#share-link")).to_contain_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/a/\w{11}\?example=embedding-to-lstm$", link)
    page.keyboard.press("Escape")
    expect(page.locator("#share-link")).to_be_empty()
    page.goto(link)
    expect(page.locator("#table")).to_contain_text("(None, 9)")


def test_the_same_data_in_two_readings_is_compared(page: Page) -> None:
    page.goto("/compare")
    expect(page.locator(".pairs")).to_contain_text("(None, 3, 1)")
    expect(page.locator(".pairs")).to_contain_text("(None, 1, 3)")
    expect(page.locator(".differs")).to_have_count(2)
    page.locator("#side-b").fill("stacked-lstm")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".summary")).to_contain_text("(None, 10)")


def test_a_link_can_be_compared_by_pasting_it(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    page.get_by_label("units").first.fill("9")
    expect(page).to_have_url(re.compile("s="))
    link = page.url
    page.goto("/compare")
    page.locator("#side-a").fill(link)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".pairs")).to_contain_text("(None, 9)")


def test_compare_takes_the_model_as_it_is_now_beside_what_it_was(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    page.get_by_label("units").first.fill("9")
    expect(page.locator("#table")).to_contain_text("(None, 9)")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".compare-now")).to_have_text(
        [
            "A: Your model: Embedding → LSTM → Dense",
            "B: How can a 3×50 embedding be connected to an LSTM?",
        ]
    )
    expect(page.locator(".summary")).to_contain_text("Gives 9 units in A, 100 in B.")


def test_a_model_is_opened_from_its_json_and_from_a_file(page: Page) -> None:
    page.goto("/open")
    page.get_by_label("Code or JSON").fill('{"class_name": "nothing"}')
    page.get_by_role("button", name="Show its shapes").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Code or JSON")).to_have_value('{"class_name": "nothing"}')
    code = b"import keras\nmodel = keras.Sequential([keras.Input((3, 2)), keras.layers.GRU(5)])\n"
    page.get_by_label("Code or JSON").fill("")
    # A chosen file is sent by a script, once that is loaded.
    page.wait_for_load_state()
    page.locator("#file").set_input_files({"name": "model.py", "mimeType": "text/x-python", "buffer": code})
    expect(page.locator("h1")).to_have_text("GRU")
    expect(page).to_have_url(re.compile("s="))


def test_everything_can_be_done_by_keys(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    page.get_by_text("Examples", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="All examples, with their shapes")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="All examples, with their shapes")).to_be_hidden()
    page.get_by_label("units").first.focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.get_by_label("units").first).to_be_focused()


def test_names_that_look_like_tags_are_text(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    page.locator("#n2-more > summary").click()
    page.locator("#n2-name").fill("</svg><script>document.title='gone'</script>")
    expect(page.locator("#table")).to_contain_text("</svg><script>")
    expect(page).not_to_have_title("gone")
