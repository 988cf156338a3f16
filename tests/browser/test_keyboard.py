"""The way to a number by keys alone is short."""

from editing import FIRST
from playwright.sync_api import Browser, Page, expect


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_layers_are_two_keys_away_from_the_top(page: Page) -> None:
    page.goto(FIRST)
    press(page, "Tab", "Tab")
    expect(page.get_by_role("link", name="To the layers")).to_be_focused()
    expect(page.get_by_role("link", name="To the layers")).to_be_in_viewport()
    press(page, "Enter")
    expect(page.locator("#tab-layers")).to_be_focused()


def test_the_arrow_keys_go_from_layer_to_layer(page: Page) -> None:
    page.goto(FIRST)
    press(page, "Tab", "Tab", "Enter", "Tab")
    expect(page.locator("summary:focus")).to_contain_text("input_layer")
    press(page, "ArrowUp")
    expect(page.locator("summary:focus")).to_contain_text("input_layer")
    press(page, "ArrowDown", "ArrowDown")
    expect(page.locator("summary:focus")).to_contain_text("lstm")
    press(page, "Tab", "Tab")
    expect(page.get_by_label("units").first).to_be_focused()
    press(page, "ArrowUp")
    expect(page.locator("#table")).to_contain_text("(None, 101)")


def test_names_that_begin_alike_are_told_apart_on_a_telephone(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/examples/concatenate-different-embeddings")
    for name in page.locator(".card-name").all():
        assert name.evaluate("name => name.scrollWidth <= name.clientWidth")
    expect(page.locator(".card-kind").first).to_be_visible()
    context.close()
