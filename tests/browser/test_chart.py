"""A large model in the browser: searched, dragged and zoomed; its map shows and chooses the place."""

import re

from playwright.sync_api import Page, expect

from app.architecture import Question
from app.links import encode_state

CODE = (
    "model = keras.Sequential([keras.Input((8,)), "
    "*[layers.Dense(8 + i) for i in range(90)], layers.Dropout(0.5)])"
)
STATE = encode_state(Question(code=CODE))


def open_chart(page: Page) -> None:
    page.goto(f"/?s={STATE}")
    expect(page.locator("#picture-shapes.chart .picture").first).to_be_visible()


def scrolled(page: Page) -> float:
    return float(page.locator("#picture-shapes .scroll").evaluate("view => view.scrollTop"))


def test_a_layer_is_found_by_its_name_and_outlined(page: Page) -> None:
    open_chart(page)
    page.get_by_role("searchbox", name="Find a layer").fill("dense_70")
    expect(page.locator(".found")).to_have_attribute("data-layer", "dense_70")
    expect(page.locator(".found")).to_be_in_viewport()
    expect(page.locator("#picture-shapes output")).to_have_text("1 of 1")


def test_enter_goes_from_one_to_the_next_and_back(page: Page) -> None:
    open_chart(page)
    search = page.get_by_role("searchbox", name="Find a layer")
    search.fill("dense_7")
    expect(page.locator("#picture-shapes output")).to_have_text("1 of 11")
    search.press("Enter")
    expect(page.locator(".found")).to_have_attribute("data-layer", "dense_70")
    search.press("Shift+Enter")
    expect(page.locator(".found")).to_have_attribute("data-layer", "dense_7")


def test_backwards_from_no_layer_is_the_last_one_and_nothing_found_stays_nothing(page: Page) -> None:
    open_chart(page)
    search = page.get_by_role("searchbox", name="Find a layer")
    search.fill("dense_7")
    page.locator(".found").evaluate("layer => layer.classList.remove('found')")
    search.press("Shift+Enter")
    expect(page.locator("#picture-shapes output")).to_have_text("11 of 11")
    search.fill("nothing like it")
    search.press("Shift+Enter")
    expect(page.locator("#picture-shapes output")).to_have_text("not drawn here")
    search.fill("")
    search.press("Shift+Enter")
    expect(page.locator("#picture-shapes output")).to_be_empty()
    expect(page.locator(".found")).to_have_count(0)


def test_a_layer_is_found_by_its_kind(page: Page) -> None:
    open_chart(page)
    page.get_by_role("searchbox", name="Find a layer").fill("DROPOUT")
    expect(page.locator(".found")).to_have_attribute("data-layer", "dropout")
    page.get_by_role("searchbox", name="Find a layer").fill("LSTM")
    expect(page.locator("#picture-shapes output")).to_have_text("not drawn here")
    expect(page.locator(".found")).to_have_count(0)


def test_the_map_follows_the_window_and_leads_it(page: Page) -> None:
    open_chart(page)
    page.locator("#picture-shapes .scroll").evaluate("view => view.scrollTo(0, view.scrollHeight / 2)")
    here = page.locator(".chart-here")
    expect(here).to_have_css("top", re.compile(r"^\d{3}[.\d]*px$"))
    page.locator(".chart-overview").click(position={"x": 5, "y": 2})
    expect(here).to_have_css("top", "0px")
    assert scrolled(page) == 0


def test_the_picture_is_dragged_and_zoomed(page: Page) -> None:
    open_chart(page)
    picture = page.locator("#picture-shapes .scroll .picture")
    box = page.locator("#picture-shapes .scroll").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 50, steps=5)
    page.mouse.up()
    assert scrolled(page) > 100
    width = picture.evaluate("it => it.getBoundingClientRect().width")
    page.get_by_role("button", name="Smaller").click()
    assert picture.evaluate("it => it.getBoundingClientRect().width") < width * 0.9
