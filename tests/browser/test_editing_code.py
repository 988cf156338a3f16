"""Code and layers are the same model, and code that cannot be read loses nothing."""

import re

from editing import EMBEDDED, FIRST, editor, fact, write_code
from playwright.sync_api import Page, expect


def test_code_and_layers_are_the_same_model(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, EMBEDDED)
    expect(fact(page, "Out")).to_have_text("(None, 20)")
    page.get_by_text("Layers", exact=True).click()
    page.get_by_label("vocabulary").fill("9")
    expect(page.locator("#table")).to_contain_text("450")
    page.get_by_text("Code", exact=True).click()
    expect(page.locator("#code")).to_have_value(re.compile(r"Embedding\(9, 50"))


def test_code_that_cannot_be_read_says_where_and_loses_nothing(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, EMBEDDED)
    expect(fact(page, "Out")).to_have_text("(None, 20)")
    editor(page).press("ControlOrMeta+End")
    editor(page).press_sequentially("model.add(")
    expect(page.locator("#problems")).to_contain_text("line 3")
    expect(editor(page)).to_be_focused()
    expect(page.locator("#code")).to_have_value(f"{EMBEDDED}model.add(")
    expect(page.locator("#picture-shapes")).to_contain_text("20 units")
    editor(page).press_sequentially("keras.layers.Dense(4))")
    expect(page.locator("#problems article")).to_have_count(0)
    expect(fact(page, "Out")).to_have_text("(None, 4)")


def test_nothing_acts_on_the_model_before_while_code_cannot_be_read(page: Page) -> None:
    page.goto("/examples/concatenate-embeddings")
    own = page.locator("#code").input_value()
    repair = page.get_by_role("link", name=re.compile("Use this")).first
    expect(repair).to_be_visible()
    write_code(page, "while True: pass")
    expect(page.get_by_role("button", name="Share")).to_be_disabled()
    expect(page.locator(".repairs").first).to_have_attribute("inert", "")
    write_code(page, own)
    expect(page.get_by_role("button", name="Share")).to_be_enabled()
    expect(page.locator(".repairs").first).not_to_have_attribute("inert", "")


def test_a_line_that_is_spoken_of_is_selected_in_the_code(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, "# nothing is imported\nmodel = Sequential([Input((3, 4)), LSTM(2)])\n")
    page.get_by_text("Layers", exact=True).click()
    page.locator("#notes").get_by_text("Line 2").click()
    expect(editor(page)).to_be_focused()
    selected = page.evaluate("getSelection().toString()")
    assert selected == "model = Sequential([Input((3, 4)), LSTM(2)])"


def test_unreadable_code_survives_a_reload(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, "while True: pass")
    expect(page.locator("#fault")).to_contain_text("Line")
    page.reload()
    expect(page.locator("#code")).to_have_value("while True: pass")
    expect(page.locator("#fault")).to_contain_text("Line")
