"""In the browser: a number stepped in a card is another in the code box, with the comments around it."""

import pytest
from editing import editor, write_code
from playwright.sync_api import Page, expect

CODE = """units = 64  # try 32
model = keras.Sequential([
    keras.Input((3, 50)),  # what enters
    layers.LSTM(units, return_sequences=True),
    layers.LSTM(units),
    layers.Dense(1),
])
"""


def open_cards(page: Page) -> None:
    page.goto("/")
    write_code(page, CODE)
    expect(page.locator("#n2-units")).to_have_value("64")
    page.get_by_text("Layers", exact=True).first.click()


def test_a_number_is_stepped_in_the_code_and_the_note_moves_no_field(page: Page) -> None:
    open_cards(page)
    field = page.locator("#n1-units")
    field.focus()
    before = field.bounding_box()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#told")).to_contain_text("units = 65 is what lstm and lstm_1 take")
    expect(page.locator("#told")).to_be_in_viewport()
    expect(page.locator("#n2-units")).to_have_value("65")
    expect(field).to_be_focused()
    assert field.bounding_box() == before
    page.get_by_text("Code", exact=True).click()
    expect(editor(page)).to_contain_text("units = 65  # try 32")
    expect(editor(page)).to_contain_text("# what enters")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1440, 560), (390, 844)])
def test_the_note_is_in_sight_and_in_nobodys_way_and_goes_with_a_change_that_needs_none(
    page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_cards(page)
    page.locator(".card-body").evaluate_all("folded => folded.forEach(card => card.open = true)")
    field = page.locator("#n2-units")
    field.press("ArrowUp")
    expect(page.locator("#told")).to_be_in_viewport(ratio=1)
    expect(field).to_be_in_viewport(ratio=1)
    # What another element lies over cannot be tried.
    for control in [field, *page.locator(".card-actions button:enabled").all()]:
        control.click(trial=True)
    page.get_by_role("button", name="Share").click()
    expect(page.locator("#share-url")).to_be_focused()
    field.click(trial=True)
    page.locator("#n3-units").press("ArrowUp")
    expect(page.locator(".told")).to_have_count(0)


def test_the_caret_of_the_code_box_stays_where_it_was(page: Page) -> None:
    open_cards(page)
    page.get_by_text("Code", exact=True).click()
    editor(page).press("ControlOrMeta+Home")
    for _ in range(2):
        editor(page).press("ArrowDown")
    page.get_by_text("Layers", exact=True).first.click()
    page.locator("#n3-units").fill("20")
    expect(page.locator("#code")).to_have_value(CODE.replace("Dense(1)", "Dense(20)"))
    page.get_by_text("Code", exact=True).click()
    editor(page).focus()
    expect(page.locator(".cm-activeLine")).to_contain_text("# what enters")


def test_back_brings_the_layer_and_its_line_again(page: Page) -> None:
    open_cards(page)
    page.locator("#n1-remove").click()
    expect(page.locator("#code")).to_have_value(
        CODE.replace("    layers.LSTM(units, return_sequences=True),\n", "")
    )
    page.go_back()
    expect(page.locator("#code")).to_have_value(CODE)
