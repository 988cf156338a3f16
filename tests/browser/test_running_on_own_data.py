"""The data in the code is run by a link, which leads to what comes of it and leaves the rest of the page."""

from playwright.sync_api import Page, expect


def test_the_run_is_shown_where_it_is_drawn_and_the_tab_stays(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    layers = page.locator("#tab-layers")
    expect(layers).to_be_checked()
    page.get_by_role("link", name="run the model on it").click()
    expect(page.locator("#masks > summary")).to_be_in_viewport()
    expect(page.locator("#masks > summary")).to_be_focused()
    expect(page.locator("#sequences")).to_have_value("0 1 2")
    expect(page.locator("#picture-masks").first).to_be_visible()
    expect(page.locator("#values").get_by_text("forget gate").first).to_be_visible()
    expect(layers).to_be_checked()
    expect(page.locator("#time .aside").first).to_contain_text("The model was run on the data in your code")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "How can a 3×50 embedding be connected to an LSTM?"
    )


def test_the_run_is_one_step_that_can_be_undone(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    run = page.get_by_role("link", name="run the model on it")
    run.click()
    expect(run).to_have_count(0)
    page.locator("#undo-step").click()
    expect(run).to_be_visible()
