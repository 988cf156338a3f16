"""The code box is an editor over a textarea: the form sends the textarea, the visitor sees the editor."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

EXAMPLE = "/examples/embedding-to-lstm"
STACKED = """import keras
from keras import layers

model = keras.Sequential([
    keras.Input((5, 4)),
    layers.LSTM(
        7,  # units
    ),
    layers.LSTM(3),
])
"""


def open_editor(page: Page) -> Locator:
    page.goto(EXAMPLE)
    page.get_by_text("Code", exact=True).click()
    return page.locator(".cm-content")


def write(page: Page, code: str) -> Locator:
    editor = open_editor(page)
    editor.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)
    return editor


def write_stacked(page: Page) -> Locator:
    editor = write(page, STACKED)
    expect(page.locator("#problems")).to_contain_text("lstm_1 does not build")
    return editor


def line(page: Page, text: str) -> Locator:
    return page.locator(".cm-line", has_text=text)


def list_lit(page: Page) -> set[str]:
    return set(page.locator(".picture .lit").evaluate_all("marks => marks.map((mark) => mark.dataset.layer)"))


def test_the_editor_is_fetched_when_the_code_is_shown(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(EXAMPLE, wait_until="networkidle")
    assert not any("codemirror" in address for address in fetched)
    page.get_by_text("Code", exact=True).click()
    expect(page.get_by_role("textbox", name="Keras code")).to_be_visible()
    expect(page.locator("#code")).to_be_hidden()
    assert any("codemirror" in address for address in fetched)


def test_without_the_editor_the_textarea_does_it_all(page: Page) -> None:
    page.route("**/codemirror.js", lambda route: route.abort())
    page.goto(EXAMPLE)
    page.get_by_text("Code", exact=True).click()
    page.locator("#code").fill(STACKED)
    expect(page.locator("#problems")).to_contain_text("lstm_1 does not build")
    page.locator("#problems").get_by_text("line 9").click()
    assert page.evaluate("getSelection().toString()") == "    layers.LSTM(3),"


def test_what_is_typed_is_what_the_form_sends(page: Page) -> None:
    editor = write_stacked(page)
    expect(page.locator("#code")).to_have_value(STACKED)
    line(page, "LSTM(3)").click()
    editor.press("Home")
    editor.press_sequentially("# ")
    expect(page.locator(".facts > div", has_text="Out").locator("dd")).to_have_text("(None, 7)")
    # The caret is where it was: the next letters go behind those before.
    editor.press_sequentially("no ")
    expect(page.locator("#code")).to_have_value(re.compile(r"    # no layers\.LSTM\(3\)"))
    # Letters typed without a pause are undone together; where the pauses are is the machine's affair.
    for _ in "# no ":
        if page.locator("#code").input_value() != STACKED:
            editor.press("ControlOrMeta+z")
    expect(page.locator("#code")).to_have_value(STACKED)
    expect(page.locator("#problems")).to_contain_text("lstm_1 does not build")


def test_python_has_colours_and_every_line_its_number(page: Page) -> None:
    write_stacked(page)
    expect(page.locator(".cm-lineNumbers")).to_contain_text("10")
    keyword, name = page.get_by_text("import", exact=True).first, line(page, "import keras").first
    colours = [place.evaluate("place => getComputedStyle(place).color") for place in (keyword, name)]
    assert colours[0] != colours[1]


def test_a_problem_is_marked_on_its_line(page: Page) -> None:
    write_stacked(page)
    expect(page.locator(".cm-lintRange-error")).to_have_text("layers.LSTM(3),")
    page.locator(".cm-lint-marker-error").hover()
    expect(page.locator(".cm-tooltip-lint")).to_contain_text("lstm_1 received (None, 7)")
    page.locator("h1").hover()
    expect(page.locator(".cm-tooltip")).to_have_count(0)
    line(page, "7,  # units").click()
    page.keyboard.press("End")
    page.keyboard.type("\nreturn_sequences=True")
    expect(page.locator("#problems article")).to_have_count(0)
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_a_key_leads_to_the_next_problem(page: Page) -> None:
    write_stacked(page).press("F8")
    expect(line(page, "layers.LSTM(3)")).to_have_class(re.compile("cm-activeLine"))


def test_code_that_cannot_be_read_is_marked_at_its_column(page: Page) -> None:
    write(page, "import keras\nwhile True: pass\n")
    expect(page.locator("#fault")).to_contain_text("Line 2, column 7")
    expect(page.locator(".cm-lintRange-error")).to_have_text("True")


@pytest.mark.parametrize("text", ["layers.LSTM(", "7,  # units"])
def test_a_line_lights_up_the_layer_that_it_makes(page: Page, text: str) -> None:
    write_stacked(page)
    line(page, text).first.hover()
    expect(page.locator("#picture-shapes .layer.lit")).to_have_count(1)
    assert list_lit(page) == {"lstm"}
    page.locator("h1").hover()
    page.locator(".cm-content").press("ControlOrMeta+Home")
    expect(page.locator(".picture .lit")).to_have_count(0)
    line(page, "layers.LSTM(3)").click()
    page.locator("h1").hover()
    assert list_lit(page) == {"lstm_1"}


def test_a_layer_in_a_picture_lights_up_its_lines(page: Page) -> None:
    write_stacked(page)
    page.locator("#picture-shapes [data-layer=lstm]").hover()
    expect(page.locator(".cm-lit")).to_have_text(["    layers.LSTM(", "        7,  # units", "    ),"])
    page.locator("h1").hover()
    expect(page.locator(".cm-lit")).to_have_count(0)


def test_the_keyboard_is_not_trapped(page: Page) -> None:
    editor = write_stacked(page)
    line(page, "layers.LSTM(3)").click()
    editor.press("Home")
    editor.press("Tab")
    expect(page.locator("#code")).to_have_value(re.compile(r"^ {8}layers\.LSTM\(3\)", re.MULTILINE))
    expect(editor).to_be_focused()
    editor.press("Escape")
    editor.press("Tab")
    expect(editor).not_to_be_focused()


def test_the_editor_shows_what_the_layers_have_become(page: Page) -> None:
    write_stacked(page)
    page.get_by_text("Layers", exact=True).click()
    page.locator("#layers").get_by_role("spinbutton", name="units").last.fill("11")
    page.get_by_text("Code", exact=True).click()
    expect(line(page, "LSTM(11)")).to_be_visible()


def test_back_brings_back_the_code(page: Page) -> None:
    write_stacked(page)
    page.get_by_role("link", name=re.compile("Use this: Give lstm return_sequences")).click()
    expect(line(page, "return_sequences=True")).to_be_visible()
    page.go_back()
    expect(page.locator("#problems")).to_contain_text("lstm_1 does not build")
    expect(line(page, "return_sequences=True")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Keras code")).to_be_visible()
