"""What was typed as sequences and is none is said beside the box, and no longer than it is true."""

from playwright.sync_api import Page, expect


def test_words_are_answered_beside_the_box(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    page.locator("#masks > summary").click()
    box, said = page.locator("#sequences"), page.locator("#sequences-fault p")
    box.fill("the cat sat")
    expect(said).to_contain_text("the is no whole number")
    expect(page.get_by_text("Whole numbers, one sequence a line: Keras pads them")).to_be_hidden()
    box.fill("1 2 2")
    expect(page.locator("#picture-masks").first).to_be_visible()
    expect(said).to_have_count(0)


def test_tokens_that_no_layer_knows_are_told_beside_the_box_and_the_pictures_stay(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    for part in ("#masks", "#values"):
        page.locator(f"{part} > summary").click()
    box, said = page.locator("#sequences"), page.locator("#sequences-fault .field-fault")
    box.fill("2 1 0")
    picture, values = page.locator("#picture-masks"), page.locator("#values .picture").first
    expect(picture.first).to_contain_text("Sequence 1")
    page.locator("#values").scroll_into_view_if_needed()
    expect(values).to_be_visible()
    box.evaluate("box => box.scrollIntoView({ block: 'center' })")
    scrolled = page.evaluate("scrollY")
    box.fill("0 5 9")
    expect(said).to_contain_text("5 and 9 are no tokens of embedding")
    assert abs(page.evaluate("scrollY") - scrolled) < 5
    expect(picture.first).to_be_visible()
    expect(values).to_be_visible()
    box.fill("2 2 2")
    expect(said).to_have_count(0)
    expect(picture).to_contain_text("2")


def test_nothing_old_is_said_beside_the_box_when_the_server_is_busy(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    page.locator("#masks > summary").click()
    box, said = page.locator("#sequences"), page.locator("#sequences-fault p")
    box.fill("the cat sat")
    expect(said).to_be_visible()
    page.route(lambda url: url.endswith("/"), lambda route: route.fulfill(status=503), times=1)
    box.fill("1 2 2")
    expect(page.locator("#fault")).to_contain_text("The server is busy")
    expect(said).to_have_count(0)
    box.fill("1 2 1")
    expect(page.locator("#picture-masks").first).to_be_visible()
    expect(page.locator("#fault")).to_be_empty()


def test_a_run_that_was_stopped_is_tried_again(page: Page) -> None:
    stopped = """<div class="values" id="values-drawn"><p role="alert">The run took more than 5 seconds.</p>
        <a href="{0}" hx-get="{0}" hx-target="#values-drawn" hx-swap="outerHTML">Try again</a></div>"""
    page.route(
        "**/values?*",
        lambda route: route.fulfill(body=stopped.format(route.request.url), content_type="text/html"),
        times=1,
    )
    page.goto("/examples/embedding-to-lstm")
    page.locator("#values > summary").click()
    page.get_by_role("link", name="Try again").click()
    expect(page.locator("#values").get_by_text("forget gate").first).to_be_visible()
    expect(page.get_by_role("link", name="Try again")).to_have_count(0)
