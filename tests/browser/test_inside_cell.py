"""A block of the kernel says where its number comes from, in a browser without scripts as well."""

from playwright.sync_api import Browser, expect


def test_a_block_opens_and_closes_the_one_before(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/examples/embedding-to-lstm")
    page.locator("#cells > summary").click()
    ledger = page.locator(".ledger")
    expect(ledger.get_by_text("Choose a block")).to_be_visible()
    ledger.locator("#cells-1-block-1-1 > summary").click()
    said = ledger.locator(".block[open] .block-said")
    expect(said).to_contain_text("kernel[:, 0:100]")
    expect(said).to_contain_text("50 features × 100 units = 5,000")
    expect(ledger.get_by_text("Choose a block")).to_be_hidden()
    ledger.locator("#cells-1-block-2-2 > summary").click()
    expect(said).to_have_count(1)
    expect(said).to_contain_text("recurrent_kernel[:, 100:200]")
    context.close()
