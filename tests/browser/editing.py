"""What the browser's tests of editing do over and over."""

from playwright.sync_api import Locator, Page

FIRST = "/examples/embedding-to-lstm"
EMBEDDED = """import keras
model = keras.Sequential([keras.Input((3,)), keras.layers.Embedding(7, 50), keras.layers.LSTM(20)])
"""


def fact(page: Page, name: str) -> Locator:
    return page.locator(".facts > div", has_text=name).locator("dd")


def write_code(page: Page, code: str) -> None:
    page.get_by_text("Code", exact=True).click()
    editor(page).press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


def editor(page: Page) -> Locator:
    return page.locator(".cm-content")


def names(page: Page) -> list[str]:
    return page.locator(".card-name").all_inner_texts()
