"""A number taken out of its field to write another asks for nothing, and a wrong one moves nothing."""

import pytest
from editing import FIRST, fact
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(
    ("field", "value", "shape"),
    [("#n2-units", "100", "(batch, 100 units)"), ("#n0-shape-1", "3", "(batch, 3 timesteps)")],
    ids=["a number that the layer needs", "the size of an axis"],
)
def test_an_emptied_field_waits_and_has_its_number_again_when_left(
    page: Page, field: str, value: str, shape: str
) -> None:
    page.goto(FIRST)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    number = page.locator(field)
    number.press("ControlOrMeta+a")
    number.press("Backspace")
    expect(number).to_have_value("")
    number.press("Tab")
    expect(number).to_have_value(value)
    expect(page.locator("#picture-shapes")).to_contain_text(shape)
    assert asked == []
    number.fill("7")
    expect(page.locator("#picture-shapes")).to_contain_text(shape.replace(value, "7"))
    assert len(asked) == 1


def test_what_is_wrong_with_a_number_is_below_its_field_which_stays_in_its_place(page: Page) -> None:
    page.goto(FIRST)
    number = page.locator("#n2-units")
    before = number.bounding_box()
    number.fill("0")
    said = page.locator("#n2 .card-problem")
    expect(said).to_have_text("lstm was given units=0.")
    assert before is not None
    assert number.bounding_box() == before
    below = said.bounding_box()
    assert below is not None
    assert below["y"] > before["y"] + before["height"]
    number.press("Backspace")
    expect(said).to_be_visible()
    number.press_sequentially("7")
    expect(said).to_have_count(0)
    expect(fact(page, "Out")).to_have_text("(None, 1)")
