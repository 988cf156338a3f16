"""What is written, and what a link speaks of, is in sight; the page around the code box stays where it is."""

from editing import EMBEDDED, FIRST, editor, write_code
from playwright.sync_api import Page, expect

LONG_LINE = (
    "layers.Dense(1, name='a_name_that_is_longer_than_the_box_of_the_code_is_wide', activation='relu')"
)
PIECES = "\n".join(["# prose"] * 90 + ["model = keras.Sequential([keras.Input((3,)), layers.Dense(2)])"] * 2)


def test_opening_a_long_text_on_a_telephone_leaves_the_page_at_its_top(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/open")
    page.locator("#text").fill(PIECES)
    page.locator(".open-form button").click()
    expect(page.locator(".cm-content")).to_be_visible()
    expect(page.locator("h1")).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0


def test_the_starts_of_pasted_lines_are_in_sight(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, f"import keras\nmodel = keras.Sequential([keras.Input((3,)), {LONG_LINE}])")
    expect(page.locator(".facts")).to_contain_text("(None, 1)")
    assert page.locator(".cm-scroller").evaluate("box => box.scrollLeft") == 0


def test_a_fault_does_not_lie_over_the_code(page: Page) -> None:
    for height in (560, 900):
        page.set_viewport_size({"width": 1440, "height": height})
        page.goto(FIRST)
        write_code(page, "import keras\nwhile True: pass\n")
        expect(page.locator(".fault")).to_be_visible()
        page.locator(".editing").evaluate("column => column.scrollTo(0, column.scrollHeight)")
        fault, code = page.locator(".fault").bounding_box(), editor(page).bounding_box()
        assert fault and code
        assert code["y"] + code["height"] <= fault["y"]


def test_the_line_that_is_written_stays_where_it_is_when_a_fault_comes(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, "import keras\nmodel = keras.Sequential([keras.Input((3,))])")
    # The highlighted line is as wide as the longest one, its number always stands where it does.
    number = page.locator(".cm-activeLineGutter").last
    before = number.bounding_box()
    page.keyboard.type(" = =")
    expect(page.locator(".fault")).to_be_visible()
    assert number.bounding_box() == before


def test_after_a_paste_the_piece_that_was_read_is_in_sight(page: Page) -> None:
    page.goto(FIRST)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write_code(page, "x = 1")
    editor(page).press("ControlOrMeta+a")
    page.evaluate("text => navigator.clipboard.writeText(text)", f"{PIECES}\n{LONG_LINE}")
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator(".cm-content").get_by_text("model = keras.Sequential").first).to_be_visible()
    assert page.locator(".cm-scroller").evaluate("box => box.scrollLeft") == 0


def test_what_is_pasted_beside_every_field_is_read_as_code(page: Page) -> None:
    page.goto(FIRST)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", EMBEDDED)
    page.locator("h1").click()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator(".facts")).to_contain_text("(None, 20)")
    expect(editor(page)).to_contain_text("Embedding(7, 50)")


def test_the_place_to_paste_has_the_focus(page: Page) -> None:
    page.goto("/open")
    expect(page.locator("#text")).to_be_focused()


def test_a_link_of_the_answer_opens_the_part_that_it_speaks_of(page: Page) -> None:
    page.goto("/examples/two-layers-two-units")
    page.locator("#units > summary").click()
    expect(page.locator("#units figure").first).to_be_hidden()
    page.locator("#lesson").get_by_role("link", name="the units").click()
    expect(page.locator("#units figure").first).to_be_visible()
