"""Code that cannot be read: the pictures say that they are older, and a misspelt word is one click away."""

import pytest
from editing import EMBEDDED, FIRST, editor, fact, write_code
from playwright.sync_api import Page, expect

FILTERS = """() => {
  const filters = [];
  for (let part = document.querySelector("#picture-time .scroll"); part; part = part.parentElement)
    filters.push(getComputedStyle(part).filter);
  return [...new Set(filters)];
}"""


def find_picture(page: Page) -> object:
    """Where the picture stands on the page, however far that is scrolled."""
    return page.evaluate("document.querySelector('#picture-shapes').getBoundingClientRect().top + scrollY")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pictures_say_that_they_are_older_as_long_as_they_are(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(FIRST)
    note = page.locator("#outdated")
    write_code(page, EMBEDDED)
    expect(fact(page, "Out")).to_have_text("(None, 20)")
    expect(note).to_be_hidden()
    before = find_picture(page)
    write_code(page, EMBEDDED.replace("]", ""))
    expect(note).to_contain_text("This is the last version that could be read.")
    assert find_picture(page) == before
    write_code(page, EMBEDDED)
    expect(note).to_be_hidden()


def test_the_layers_before_a_misspelt_one_in_a_list_are_shown(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, EMBEDDED.replace("LSTM", "LSMT"))
    problem = page.locator("#problems")
    expect(problem).to_contain_text("Did you mean LSTM?")
    expect(page.locator("#picture-shapes")).to_contain_text("50 features")
    expect(page.locator("#picture-shapes")).not_to_contain_text("lstm")
    problem.get_by_role("link", name="Use this: Write LSTM instead of LSMT").click()
    expect(fact(page, "Out")).to_have_text("(None, 20)")


def test_a_misspelt_word_is_put_right_with_one_click(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, EMBEDDED.replace("Embedding", "Embeding"))
    page.locator("#fault").get_by_role("link", name="Use this: Write Embedding instead of Embeding").click()
    expect(fact(page, "Out")).to_have_text("(None, 20)")
    expect(page.locator("#fault .fault")).to_have_count(0)
    expect(editor(page)).to_contain_text("keras.layers.Embedding(7, 50)")


def test_the_outdated_pictures_are_grey_and_the_page_behind_them_is_not(page: Page) -> None:
    page.goto(FIRST)
    write_code(page, EMBEDDED.replace("]", ""))
    expect(page.locator("#picture-time .picture:not(.pinned)")).to_have_css("filter", "grayscale(0.9)")
    # In the dark a grey page would have another colour: what covers the shadow at its edge would be a patch.
    assert page.evaluate(FILTERS) == ["none"]
