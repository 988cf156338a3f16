"""Files opened in a browser: chosen in the bar, dropped on the page, and without scripts."""

import io
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

CONFIG = {
    "class_name": "Sequential",
    "config": {
        "name": "reader",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_shape": [None, 3, 4], "name": "series"}},
            {"class_name": "GRU", "config": {"name": "gru", "units": 5}},
        ],
    },
}

DRAG = """([name, bytes, kinds]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
  const how = {dataTransfer, bubbles: true, cancelable: true};
  for (const kind of kinds) document.body.dispatchEvent(new DragEvent(kind, how));
}"""
"""What a browser tells a page while a file is dragged over it."""


def write_archive(weights: int = 100) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("metadata.json", "{}")
        archive.writestr("config.json", json.dumps(CONFIG), ZIP_DEFLATED)
        archive.writestr("model.weights.h5", bytes(weights))
    return file.getvalue()


def choose(page: Page, name: str, content: bytes, within: str = "#upload") -> None:
    file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator(f"{within} input[type=file]").set_input_files(file)


def test_a_file_chosen_in_the_bar_is_shown_under_its_own_address(page: Page) -> None:
    page.goto("/examples")
    page.get_by_text("Open", exact=True).click()
    choose(page, "model.keras", write_archive())
    expect(page.locator("#picture-shapes")).to_contain_text("5 units")
    expect(page).to_have_url(re.compile(r"/\?s="))
    page.go_back()
    expect(page).to_have_url(re.compile("/examples"))


def test_of_an_archive_only_the_configuration_is_sent(page: Page) -> None:
    sent: list[bytes] = []
    page.on(
        "request",
        lambda request: sent.append(request.post_data_buffer or b"") if request.post_data_buffer else None,
    )
    page.goto("/open")
    choose(page, "large.keras", write_archive(weights=1_000_000), within=".open-form")
    expect(page.locator("#picture-shapes")).to_contain_text("5 units")
    assert sum(map(len, sent)) < 2_000


def test_a_file_is_dropped_anywhere(page: Page) -> None:
    page.goto("/compare")
    page.evaluate(DRAG, ["model.json", list(json.dumps(CONFIG).encode()), ["dragover", "drop"]])
    expect(page.locator("#picture-shapes")).to_contain_text("5 units")


def test_where_a_file_may_be_dropped_is_shown_while_it_is_over_the_page(page: Page) -> None:
    page.goto("/open")
    expect(page.locator("#drop")).to_be_hidden()
    page.evaluate(DRAG, ["model.json", [], ["dragover"]])
    expect(page.locator("#drop")).to_be_visible()
    page.evaluate(DRAG, ["model.json", [], ["dragleave"]])
    expect(page.locator("#drop")).to_be_hidden()


@pytest.mark.parametrize("name", ["model.keras", "model.h5", "model.tflite"])
def test_a_file_that_is_none_is_explained(page: Page, name: str) -> None:
    page.goto("/examples")
    choose(page, name, b"PK\x03\x04 and nothing more")
    expect(page.get_by_role("heading", name="No model can be read from this file")).to_be_visible()


def test_a_file_that_is_too_large_is_not_sent(page: Page, tmp_path: Path) -> None:
    with (tmp_path / "large.h5").open("wb") as file:
        file.truncate(60_000_000)
    page.goto("/examples")
    page.locator("#upload-file").set_input_files(tmp_path / "large.h5")
    expect(page.get_by_text("large.h5 has 60 MB; at most 50 MB are read.")).to_be_visible()
    expect(page).to_have_url(re.compile("/examples$"))


FAULTY = (
    "import keras\n\nmodel = keras.Sequential([\n    keras.Input((10,)),\n    layers.Embeding(9, 4),\n])\n"
)
SELECTED = "box => box.value.slice(box.selectionStart, box.selectionEnd)"


def test_the_line_at_fault_is_selected_and_what_is_meant_one_click_away(page: Page) -> None:
    page.goto("/open")
    box = page.get_by_label("Code or JSON")
    box.fill(FAULTY)
    page.locator(".open-form").get_by_role("button", name="Show its shapes").click()
    # The link leads to the box without scripts as well, but only a script selects the line.
    page.wait_for_load_state()
    page.get_by_role("link", name="Line 5, column 12").click()
    expect(box).to_be_focused()
    assert box.evaluate(SELECTED) == "    layers.Embeding(9, 4),"
    page.get_by_role("link", name="Use this: Write Embedding instead of Embeding").click()
    expect(page.locator("#picture-shapes")).to_contain_text("4 features")


def test_it_works_without_scripts(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_text("Open", exact=True).click()
    choose(page, "model.keras", write_archive())
    page.get_by_role("button", name="Show its shapes").click()
    expect(page.locator("#picture-shapes")).to_contain_text("5 units")
    context.close()
