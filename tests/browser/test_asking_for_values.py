"""The model is run when a visitor opens the section of its values, and not before."""

from playwright.sync_api import Browser, Page, expect


def test_opening_the_section_asks_for_the_numbers(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/values?" in request.url else None)
    page.goto("/examples/embedding-to-lstm")
    section = page.locator("#values")
    expect(section).to_be_attached()
    assert asked == []
    section.locator("summary").first.click()
    expect(section.get_by_text("forget gate").first).to_be_visible()
    assert len(asked) == 1


def test_without_scripts_a_link_leads_there(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/examples/embedding-to-lstm")
    section = page.locator("#values")
    section.locator("summary").click()
    section.get_by_role("link").click()
    expect(page.get_by_role("heading", name="The numbers of a model")).to_be_visible()
    expect(page.get_by_text("forget gate").first).to_be_visible()
    page.get_by_role("link", name="Back to the model").click()
    expect(page.locator("#values")).to_be_attached()
    context.close()
