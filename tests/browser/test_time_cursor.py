"""The time cursor: by buttons, by hand, by keys and by itself; what it says, and its place in the link."""

import re

from playwright.sync_api import FloatRect, Locator, Page, expect


def test_the_time_cursor_walks(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    place = page.locator("#step-place")
    page.get_by_role("button", name="One timestep on").focus()
    page.keyboard.press("Enter")
    expect(place).to_have_text("t = 1 of 3")
    page.keyboard.press("Enter")
    expect(place).to_have_text("t = 2 of 3")
    assert {step.get_attribute("data-step") for step in page.locator("#picture-time .now").all()} == {"1"}
    page.keyboard.press("Enter")
    expect(place).to_have_text("t = 3 of 3")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="One timestep on")).to_be_focused()
    page.get_by_role("button", name="One timestep back").press("Enter")
    expect(place).to_have_text("t = 2 of 3")
    # A change of the model leaves the cursor where it is.
    page.get_by_label("units").first.fill("9")
    expect(page.locator("#table")).to_contain_text("(None, 9)")
    assert {step.get_attribute("data-step") for step in page.locator("#picture-time .now").all()} == {"1"}


def test_the_time_cursor_is_dragged_and_says_what_happens_there(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    lstm = page.locator("#moments li[data-layer=lstm]")
    expect(lstm).to_contain_text(re.compile("x\\s*t\\s+50 features"))
    page.locator("#picture-time").scroll_into_view_if_needed()
    cells = page.locator("#picture-time .step[data-layer=lstm] rect")
    middles = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in map(find_box, cells.all())
    ]
    page.mouse.move(*middles[0])
    page.mouse.down()
    page.mouse.move(*middles[1])
    expect(lstm).to_contain_text(
        re.compile("x\\s*2\\s+50 features.*h\\s*1\\s+100 units.*c\\s*1\\s+100 units", re.DOTALL)
    )
    assert page.locator("#picture-time .result.now").count() == 0
    page.mouse.move(*middles[2])
    page.mouse.up()
    expect(page.locator("#step-place")).to_have_text("t = 3 of 3")
    arrived = [mark.get_attribute("data-layer") for mark in page.locator("#picture-time .result.now").all()]
    assert arrived == ["lstm", "dense"]


def find_box(place: Locator) -> FloatRect:
    box = place.bounding_box()
    assert box
    return box


def test_the_time_cursor_obeys_arrow_keys_and_its_place_is_in_the_link(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm#t=2")
    place = page.locator("#step-place")
    expect(place).to_have_text("t = 2 of 3")
    page.get_by_label("Timestep", exact=True).press("ArrowRight")
    expect(place).to_have_text("t = 3 of 3")
    expect(page).to_have_url(re.compile("#t=3$"))
    page.get_by_role("button", name="One timestep back").click()
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text("t = 3 of 3")
    page.keyboard.press("Escape")
    expect(place).to_have_text("3 timesteps")
    expect(page.locator("#picture-time .now")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(place).to_have_text("t = 1 of 3")
    page.keyboard.press("ArrowLeft")
    expect(place).to_have_text("3 timesteps")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("#t=3$"))
    page.reload()
    expect(place).to_have_text("t = 3 of 3")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator("#share-url")).to_have_value(re.compile("/a/[^/]+#t=3$"))


def test_the_time_cursor_walks_by_itself_unless_less_motion_is_wanted(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    play = page.get_by_role("button", name="Walk through time")
    play.click()
    expect(page.get_by_role("button", name="Stand still")).to_be_visible()
    expect(page.locator("#step-place")).to_have_text("t = 3 of 3")
    expect(play).to_be_visible()
    page.emulate_media(reduced_motion="reduce")
    play.click()
    expect(page.locator("#step-place")).to_have_text("t = 1 of 3")
    expect(play).to_be_visible()
