"""A desk's first screen: the shapes, the timesteps and the answer at once, and all the rest by its name."""

import pytest
from playwright.sync_api import FloatRect, Page, expect

PLACES = """() => [...document.querySelectorAll("#tabs, .head, #picture-shapes, #picture-time, .details")]
  .map(part => JSON.stringify(part.getBoundingClientRect()))"""


def find_box(page: Page, selector: str) -> FloatRect:
    box = page.locator(selector).bounding_box()
    assert box
    return box


def test_the_first_screen_has_the_shapes_beside_the_timesteps_and_begins_the_answer(page: Page) -> None:
    page.goto("/")
    shapes, time, answer = (
        find_box(page, selector) for selector in ("#picture-shapes", "#picture-time", "#lesson")
    )
    assert time["x"] > shapes["x"] + shapes["width"]
    assert abs(time["y"] - shapes["y"]) < 24
    assert answer["y"] < 900 - 100


def test_code_leaves_the_shapes_beside_the_timesteps(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Code", exact=True).click()
    shapes, time = find_box(page, "#picture-shapes"), find_box(page, "#picture-time")
    assert time["x"] > shapes["x"] + shapes["width"]


def test_what_is_folded_says_what_it_holds(page: Page) -> None:
    page.goto("/")
    names = page.locator(".part > summary h2").all_inner_texts()
    assert names == [
        "Table",
        "Inside the cell",
        "Units",
        "Data into shape",
        "Masks with your data",
        "Values",
        "Take it with you",
    ]
    for part in page.locator(".part").all():
        expect(part.locator(".gist")).to_be_visible()
        expect(part).not_to_have_attribute("open", "")
    expect(page.locator("#table .gist")).to_contain_text("4 layers, 60,651 parameters")


def test_a_part_that_was_opened_is_open_on_the_next_page(page: Page) -> None:
    page.goto("/")
    table = page.locator("#table .layer-table").first
    expect(table).to_be_hidden()
    page.locator("#table > summary").press("Enter")
    expect(table).to_be_visible()
    page.goto("/examples/stacked-lstm")
    expect(table).to_be_visible()
    page.get_by_label("units").first.fill("7")
    expect(page.locator("#table")).to_contain_text("(None, 8, 7)")
    expect(table).to_be_visible()
    page.locator("#table > summary").click()
    page.goto("/")
    expect(table).to_be_hidden()


@pytest.mark.parametrize("width", [1024, 1440, 1920])
def test_the_choice_of_a_tab_moves_nothing_beside_the_editor(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/examples/ragged-sequences")
    before = page.evaluate(PLACES)
    page.get_by_text("Code", exact=True).click()
    expect(page.locator("#code-editor")).to_be_visible()
    assert page.evaluate(PLACES) == before


def test_the_editor_stays_beside_a_long_page_and_a_low_window_reaches_its_end(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto("/examples/encoder-and-decoder")
    expect(page.locator("#picture-time")).to_be_visible()
    page.locator("#details").evaluate("details => details.scrollIntoView()")
    expect(page.locator("#tabs")).to_be_in_viewport(ratio=1)
    page.locator("#editing").evaluate("cards => cards.scrollTo(0, cards.scrollHeight)")
    expect(page.locator("#layers .hint").last).to_be_in_viewport(ratio=1)
