"""A repair says what it did, where it did it in the code, and can be taken back."""

import re

from editing import editor, fact, write_code
from playwright.sync_api import Page, expect

STACKED = """import keras
from keras import layers
model = keras.Sequential([
    keras.Input((8, 3)), layers.LSTM(32, dropout=0.2, recurrent_dropout=0.2, name="encoder"), layers.LSTM(9)])
"""


def find_top(page: Page) -> float:
    box = page.locator("#shapes-figure").bounding_box()
    assert box is not None
    return box["y"]


def test_a_repair_is_marked_in_the_code_and_taken_back_by_a_button(page: Page) -> None:
    page.goto("/")
    write_code(page, STACKED)
    expect(fact(page, "Out")).to_have_text("does not build")
    page.get_by_role("link", name=re.compile("Use this: Give encoder return_sequences=True")).click()
    done, marked = page.locator("#done"), page.locator(".cm-changed")
    expect(done).to_contain_text("Done: give encoder return_sequences=True.")
    expect(marked.first).to_be_in_viewport(ratio=1)
    assert "return_sequences=True" in "".join(marked.all_inner_texts())
    done.get_by_role("button", name="Undo").click()
    expect(fact(page, "Out")).to_have_text("does not build")
    expect(editor(page)).not_to_contain_text("return_sequences")
    expect(done).to_be_hidden()


def test_what_a_repair_changed_is_marked_when_the_code_is_opened_later(page: Page) -> None:
    page.goto("/examples/stacked-lstm")
    page.locator("#n1-return_sequences").uncheck()
    page.get_by_role("link", name=re.compile("Use this: Give lstm return_sequences=True")).click()
    expect(page.locator("#done")).to_be_visible()
    expect(editor(page)).to_have_count(0)
    page.get_by_text("Code", exact=True).click()
    marked = page.locator(".cm-changed")
    expect(marked.first).to_be_in_viewport(ratio=1)
    assert "".join(marked.all_inner_texts()) == "True"
    lines = [line.rstrip("\n") for line in page.locator(".cm-line").all_inner_texts()]
    assert lines == page.locator("#code").input_value().split("\n")


def test_the_next_change_ends_what_is_said_of_a_repair_and_moves_nothing(page: Page) -> None:
    page.goto("/")
    write_code(page, STACKED)
    page.get_by_role("link", name=re.compile("Use this")).first.click()
    expect(page.locator("#done")).to_be_visible()
    top = find_top(page)
    write_code(page, STACKED.replace("32", "32, return_sequences=True").replace("9", "7"))
    expect(fact(page, "Out")).to_have_text("(None, 7)")
    expect(page.locator("#done")).to_be_hidden()
    assert find_top(page) == top
