"""Folded parts come when they are wanted, and never for a model that the page no longer shows."""

from playwright.sync_api import Page, Route, expect


def show_other_units(page: Page, units: str) -> None:
    page.locator("#n2-units").fill(units)
    expect(page.locator("#shapes")).to_contain_text(f"LSTM · {units} units")


def test_what_is_opened_after_a_change_is_of_the_changed_model(page: Page) -> None:
    page.goto("/")
    show_other_units(page, "7")
    page.locator("#cells > summary").click()
    expect(page.locator("#cells .ledger").first).to_be_visible()
    expect(page.locator("#cells .ledger-formula")).to_contain_text("(50 + 7)")


def test_what_is_folded_is_there_when_nothing_changes_for_a_moment(page: Page) -> None:
    page.goto("/")
    show_other_units(page, "7")
    expect(page.locator("#cells .ledger")).to_have_count(1)
    expect(page.locator("#table .layer-table").first).to_be_attached()
    expect(page.locator("#cells")).not_to_have_attribute("open", "")


def test_a_moment_without_a_change_asks_once_for_all_that_is_folded(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/parts/" in request.url else None)
    page.goto("/")
    show_other_units(page, "7")
    for part in ("#table .layer-table", "#cells .ledger", "#data .picture", "#files .downloads"):
        expect(page.locator(part).first).to_be_attached()
    assert len(asked) == 1


def test_what_was_brought_is_brought_again_for_the_same_model(page: Page) -> None:
    page.goto("/")
    show_other_units(page, "7")
    expect(page.locator("#cells .ledger")).to_have_count(1)
    page.locator("#n2-units").fill("07")
    expect(page.locator("#cells .ledger")).to_have_count(0)
    expect(page.locator("#cells .ledger")).to_have_count(1)


def test_what_did_not_come_is_asked_for_again_when_it_is_opened_again(page: Page) -> None:
    page.route("**/parts/**", lambda route: route.fulfill(status=503))
    page.goto("/")
    page.locator("#n2-units").fill("7")
    with page.expect_response("**/parts/table,*"):
        pass
    with page.expect_response("**/parts/cells?*"):
        page.locator("#cells > summary").click()
    expect(page.locator("#fault")).to_be_empty()
    page.unroute("**/parts/**")
    page.locator("#cells > summary").click()
    page.locator("#cells > summary").click()
    expect(page.locator("#cells .ledger-formula")).to_contain_text("(50 + 7)")


def test_what_is_open_never_goes_while_somebody_types(page: Page) -> None:
    page.goto("/")
    page.locator("#table > summary").click()
    page.evaluate(
        """() => {
          window.gone = 0;
          const look = () => {
            if (!document.querySelector("#table .layer-table")?.checkVisibility()) window.gone++;
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
        }"""
    )
    for units in ("7", "8", "9"):
        show_other_units(page, units)
    assert page.evaluate("window.gone") == 0


def test_a_part_that_comes_too_late_is_not_shown(page: Page) -> None:
    held: list[Route] = []
    page.route("**/parts/**", lambda route: route.continue_() if held else held.append(route))
    page.goto("/")
    # Asked for by a click, or by the page itself if that was sooner.
    with page.expect_request("**/parts/**"):
        show_other_units(page, "7")
        page.locator("#cells > summary").click()
    show_other_units(page, "8")
    expect(page.locator("#cells .ledger-formula")).to_contain_text("(50 + 8)")
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#cells .ledger-formula")).to_contain_text("(50 + 8)")
    expect(page.locator("#cells .ledger")).to_have_count(1)
