"""Whatever was done to the layers can be undone and done again, by keys and by a button."""

import re

import pytest
from editing import FIRST, fact, names
from playwright.sync_api import Page, expect

UNDO, REDO = "ControlOrMeta+z", "ControlOrMeta+Shift+z"


def expect_units(page: Page, units: str) -> None:
    expect(page.get_by_label("units").first).to_have_value(units)
    expect(page.locator("#picture-shapes")).to_contain_text(f"{units} units")


def test_what_was_typed_is_undone_and_done_again(page: Page) -> None:
    page.goto(FIRST)
    units = page.get_by_label("units").first
    units.press("ControlOrMeta+a")
    units.press_sequentially("27")
    expect_units(page, "27")
    units.press(UNDO)
    expect_units(page, "100")
    expect(units).to_be_focused()
    expect(page).to_have_url(re.compile(f"{FIRST}$"))
    units.press(REDO)
    expect_units(page, "27")


def test_a_number_that_was_dragged_is_one_step(page: Page) -> None:
    page.goto(FIRST)
    box = page.locator("label", has_text="units").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 64, box["y"] + 4, steps=8)
    page.mouse.up()
    expect(fact(page, "Parameters")).not_to_have_text("60,651")
    page.keyboard.press(UNDO)
    expect_units(page, "100")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_layer_that_was_removed_comes_back_before_the_number_that_was_changed_first(page: Page) -> None:
    page.goto(FIRST)
    before = names(page)
    page.get_by_label("units").first.press("ArrowUp")
    expect_units(page, "101")
    page.get_by_role("button", name="Remove dense").click()
    expect(page.locator(".card-name")).to_have_text(before[:-1])
    page.keyboard.press(UNDO)
    expect(page.locator(".card-name")).to_have_text(before)
    expect_units(page, "101")
    page.keyboard.press(UNDO)
    expect_units(page, "100")
    page.keyboard.press(REDO)
    page.keyboard.press(REDO)
    expect(page.locator(".card-name")).to_have_text(before[:-1])


def test_the_button_can_be_pressed_from_the_first_change_to_the_last_step_back(page: Page) -> None:
    page.goto("/examples/stacked-lstm")
    before = names(page)
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    expect(undo).to_be_disabled()
    page.get_by_role("button", name=f"Move {before[-1]} up").click()
    expect(page.locator(".card-name").nth(-2)).to_have_text(before[-1])
    expect(undo).to_be_in_viewport()
    undo.press("Enter")
    expect(page.locator(".card-name")).to_have_text(before)
    expect(undo).to_be_disabled()
    expect(redo).to_be_focused()


def test_a_change_after_undo_leaves_nothing_to_do_again(page: Page) -> None:
    page.goto(FIRST)
    units = page.get_by_label("units").first
    units.fill("7")
    expect_units(page, "7")
    units.press(UNDO)
    expect_units(page, "100")
    units.fill("8")
    expect_units(page, "8")
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()
    units.press(UNDO)
    expect_units(page, "100")


def test_text_that_is_no_part_of_a_layer_has_its_own_undo(page: Page) -> None:
    page.goto(FIRST)
    page.get_by_label("units").first.fill("7")
    expect_units(page, "7")
    page.get_by_text("add a layer", exact=True).click()
    search = page.get_by_label("Any layer or operation, to stand after dense")
    search.press_sequentially("soft")
    search.press(UNDO)
    # How many letters one step takes back is the browser's own affair.
    expect(search).not_to_have_value("soft")
    expect_units(page, "7")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_buttons_are_in_sight_and_lie_over_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/examples/stacked-lstm")
    for remove in page.locator(".card-actions button:enabled").all():
        remove.scroll_into_view_if_needed()
        expect(page.get_by_role("button", name="Undo")).to_be_in_viewport()
        # What another element lies over cannot be tried.
        remove.click(trial=True)
