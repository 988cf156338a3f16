"""On a telephone, what became of a change is in sight wherever it was made, and nothing moves for it."""

from collections.abc import Iterator

import pytest
from editing import EMBEDDED
from playwright.sync_api import Browser, Page, expect

PASTE = """([place, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const part = document.querySelector(place);
  const options = { clipboardData, bubbles: true, cancelable: true, composed: true };
  (part.shadowRoot?.querySelector(".cm-content") ?? part).dispatchEvent(new ClipboardEvent("paste", options));
}"""


@pytest.fixture
def telephone(browser: Browser, url: str) -> Iterator[Page]:
    context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto("/examples/stacked-lstm")
    yield page
    context.close()


def find_top(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("part => part.getBoundingClientRect().top"))


def test_pasted_code_is_answered_beside_the_code_box(telephone: Page) -> None:
    telephone.locator("label[for=tab-code]").click()
    expect(telephone.locator("#code-editor")).to_be_visible()
    telephone.locator("#editor").evaluate("editor => editor.scrollIntoView()")
    outcome, before = telephone.locator("#outcome"), find_top(telephone, "#code-editor")
    for code, said in (
        (EMBEDDED, "(None, 3) → (None, 20), 6,030 params"),
        (EMBEDDED.replace("]", ""), "Line 2:"),
        (EMBEDDED.replace("LSTM(20)", "LSTM(20), keras.layers.LSTM(4)"), "lstm_1 does not build."),
    ):
        telephone.locator(".cm-content").press("ControlOrMeta+a")
        telephone.evaluate(PASTE, ["#code-editor", code])
        expect(outcome).to_contain_text(said)
        expect(outcome).to_be_in_viewport(ratio=1)
        assert find_top(telephone, "#code-editor") == pytest.approx(before, abs=1)


def test_code_that_is_pasted_elsewhere_is_answered_there(telephone: Page) -> None:
    telephone.locator("#details").evaluate("details => details.scrollIntoView()")
    telephone.evaluate(PASTE, ["#details", EMBEDDED])
    outcome = telephone.locator("#outcome")
    expect(outcome).to_contain_text("(None, 3) → (None, 20)")
    expect(outcome).to_be_in_viewport(ratio=1)
    expect(telephone.locator("#details")).to_be_in_viewport()


def test_the_line_leads_to_what_it_is_about(telephone: Page) -> None:
    telephone.locator("#details").evaluate("details => details.scrollIntoView()")
    telephone.locator("#outcome").get_by_role("link", name="Show").click()
    expect(telephone.locator("#headline")).to_be_in_viewport(ratio=1)


def test_the_tabs_stay_in_sight_when_one_is_chosen_far_below_them(telephone: Page) -> None:
    telephone.locator("#n1-body > summary").click()
    telephone.locator(".card").last.evaluate("card => card.scrollIntoView()")
    before = find_top(telephone, "#tabs")
    telephone.locator("label[for=tab-code]").click()
    expect(telephone.locator("#code-editor")).to_be_visible()
    assert find_top(telephone, "#tabs") == pytest.approx(before, abs=1)
