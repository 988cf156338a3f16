"""Changing a number changes everything, and takes nothing away from whoever types."""

import contextlib
import re

from editing import EMBEDDED, FIRST, fact, names, write_code
from playwright.sync_api import Browser, Error, Page, Route, expect


def test_the_first_page_answers_a_question_with_shapes(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_text("How can a 3×50 embedding be connected to an LSTM?")
    expect(page.locator("#picture-shapes")).to_contain_text("100 units")
    expect(page.locator("#picture-time")).to_contain_text("t₃")
    expect(page.locator("#table")).to_contain_text("60,651")


def test_a_number_typed_changes_every_picture_and_keeps_the_caret(page: Page) -> None:
    page.goto(FIRST)
    units = page.get_by_label("units").first
    units.click()
    units.press("End")
    units.press("Backspace")
    units.press("Backspace")
    units.press_sequentially("28")
    expect(fact(page, "Parameters")).to_have_text("91,927")
    expect(page.locator("#picture-shapes")).to_contain_text("128 units")
    expect(page.locator("#picture-time")).to_contain_text("128 units")
    expect(page.locator("#table")).to_contain_text("(None, 128)")
    expect(units).to_be_focused()
    expect(units).to_have_value("128")
    expect(page.locator("#announcement")).to_have_text("Output (None, 1), 91,927 parameters")
    # The caret is where it was: the next digit goes to the end.
    units.press_sequentially("0")
    expect(page.locator("#table")).to_contain_text("(None, 1280)")


def test_the_address_is_the_share_link(page: Page) -> None:
    page.goto(FIRST)
    page.get_by_label("units").first.fill("7")
    expect(page.locator("#table")).to_contain_text("(None, 7)")
    expect(page).to_have_url(re.compile(r"/\?s=[\w-]+&example=embedding-to-lstm&tab=layers$"))
    table = page.locator("#table").inner_text()
    page.reload()
    expect(page.locator("#table")).to_have_text(table, use_inner_text=True)
    expect(page.get_by_label("units").first).to_have_value("7")


def test_back_leads_to_the_page_before_and_forward_to_the_change(page: Page) -> None:
    page.goto("/examples")
    page.get_by_role("link", name="How can a 3×50 embedding").click()
    page.get_by_label("units").first.fill("7")
    expect(page).to_have_url(re.compile(r"\?s="))
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Questions")
    page.go_forward()
    expect(page.locator("#table")).to_contain_text("(None, 7)")


def test_arrow_keys_step_a_number(page: Page) -> None:
    page.goto(FIRST)
    units = page.get_by_label("units").first
    units.press("ArrowUp")
    expect(fact(page, "Parameters")).to_have_text("61,660")
    units.press("ArrowDown")
    expect(fact(page, "Parameters")).to_have_text("60,651")


def test_a_label_dragged_turns_its_number(page: Page) -> None:
    page.goto(FIRST)
    label = page.locator("label", has_text="units").first
    box = label.bounding_box()
    assert box is not None
    x, y = box["x"] + 4, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y, steps=6)
    page.mouse.up()
    expect(page.get_by_label("units").first).not_to_have_value("100")
    units = int(page.get_by_label("units").first.input_value())
    assert units > 100
    expect(page.locator("#table")).to_contain_text(f"(None, {units})")


def test_the_wheel_turns_no_number(page: Page) -> None:
    page.goto(FIRST)
    units = page.get_by_label("units").first
    units.click()
    units.hover()
    page.mouse.wheel(0, -200)
    expect(units).to_have_value("100")


def test_any_length_is_a_box_to_tick(page: Page) -> None:
    page.goto(FIRST)
    any_length = page.get_by_label("any length of timesteps")
    any_length.check()
    expect(fact(page, "In")).to_have_text("(None, None)")
    expect(page.get_by_label("timesteps to draw")).to_have_value("8")
    page.get_by_label("timesteps", exact=True).press_sequentially("12")
    expect(fact(page, "In")).to_have_text("(None, 12)")
    expect(any_length).not_to_be_checked()
    any_length.check()
    expect(fact(page, "In")).to_have_text("(None, None)")
    any_length.uncheck()
    expect(fact(page, "In")).to_have_text("(None, 12)")


def test_as_many_timesteps_are_drawn_as_asked_for(page: Page) -> None:
    page.goto("/examples/ragged-sequences")
    drawn = page.get_by_label("timesteps to draw")
    drawn.fill("3")
    expect(page.locator("#picture-time [data-step='2']").first).to_be_attached()
    expect(page.locator("#picture-time [data-step='3']")).to_have_count(0)
    expect(drawn).to_be_focused()
    drawn.fill("0")
    expect(drawn).to_have_value("1")
    expect(page.locator("#picture-time [data-step='1']")).to_have_count(0)
    drawn.fill("640")
    expect(drawn).to_have_value("64")
    expect(page.locator("#picture-time [data-step='63']").first).to_be_attached()
    drawn.fill("")
    drawn.blur()
    expect(drawn).not_to_have_value("")


def test_layers_are_added_moved_and_removed(page: Page) -> None:
    page.goto("/examples/embedding-to-lstm")
    before = names(page)
    page.get_by_title("Add a layer after embedding").click()
    page.locator("#n1-gap").get_by_role("button", name="Dropout").click()
    expect(page.locator(".card-name")).to_have_text([*before[:2], "dropout", *before[2:]])
    expect(page.locator("#n4-kind")).to_be_focused()
    page.get_by_role("button", name="Move dropout down").click()
    expect(page.locator(".card-name")).to_have_text([*before[:3], "dropout", before[3]])
    expect(page.get_by_role("button", name="Move dropout down")).to_be_focused()
    page.get_by_role("button", name="Remove dropout").click()
    expect(page.locator(".card-name")).to_have_text(before)
    expect(fact(page, "Parameters")).to_have_text("60,651")


def test_any_layer_is_found_by_its_name(page: Page) -> None:
    page.goto(FIRST)
    page.get_by_text("add a layer", exact=True).click()
    page.get_by_label("Any layer or operation, to stand after dense").fill("softmax")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".card-name").last).to_have_text("softmax")


def test_another_kind_is_a_choice(page: Page) -> None:
    page.goto(FIRST)
    page.locator("#n2-kind").select_option("GRU")
    expect(fact(page, "Parameters")).to_have_text("45,851")
    expect(page.get_by_label("units").first).to_have_value("100")


def test_a_model_that_does_not_build_offers_repairs_that_do(page: Page) -> None:
    page.goto("/examples/concatenate-embeddings")
    expect(fact(page, "Out")).to_have_text("does not build")
    page.get_by_role("link", name=re.compile("Use this: .*GlobalAveragePooling1D")).click()
    expect(fact(page, "Out")).to_have_text("(None, 1)")


def test_a_repair_is_used_in_place_and_the_keyboard_follows(page: Page) -> None:
    page.goto("/examples/concatenate-embeddings")
    page.evaluate("document.body.dataset.same = 'yes'")
    page.get_by_role("link", name=re.compile("Use this: .*GlobalAveragePooling1D")).press("Enter")
    expect(fact(page, "Out")).to_have_text("(None, 1)")
    expect(page.locator("body")).to_have_attribute("data-same", "yes")
    expect(page.locator("summary:focus")).to_contain_text("global_average_pooling1d")
    page.go_back()
    expect(fact(page, "Out")).to_have_text("does not build")


def test_an_answer_stays_beside_its_own_model_alone(page: Page) -> None:
    question = "How can a 3×50 embedding be connected to an LSTM?"
    page.goto(FIRST)
    expect(page.get_by_text("Directly. An LSTM wants")).to_be_visible()
    page.get_by_label("units").first.fill("7")
    aside = page.get_by_text("The answer, with the example’s own numbers")
    expect(aside).to_be_visible()
    # What stands below it does not move.
    expect(page.get_by_text("Directly. An LSTM wants")).to_be_visible()
    expect(page.locator("h1")).to_have_text(question)
    page.reload()
    expect(aside).to_be_visible()
    expect(page.locator("h1")).to_have_text(question)
    page.get_by_label("units").first.fill("100")
    expect(aside).to_have_count(0)
    write_code(page, EMBEDDED)
    expect(page.locator("h1")).to_have_text("Embedding → LSTM")
    expect(page).to_have_title("Embedding → LSTM · Kerascope")
    expect(page.locator(".lesson")).to_have_count(0)
    page.reload()
    expect(page.locator("h1")).to_have_text("Embedding → LSTM")
    expect(page.locator(".lesson")).to_have_count(0)


def test_back_undoes_a_step_and_the_form_follows(page: Page) -> None:
    page.goto(FIRST)
    before = names(page)
    page.get_by_label("units").first.fill("7")
    expect(page.locator("#table")).to_contain_text("(None, 7)")
    page.get_by_role("button", name="Remove dense").click()
    expect(page.locator(".card-name")).to_have_text(before[:-1])
    page.get_by_label("units").first.fill("9")
    expect(page.locator("#table")).to_contain_text("(None, 9)")
    page.go_back()
    expect(page.locator(".card-name")).to_have_text(before)
    expect(page.get_by_label("units").first).to_have_value("7")
    expect(page.locator("#code")).to_have_value(re.compile(r"LSTM\(7"))
    expect(page.locator("#table")).to_contain_text("(None, 1)")
    page.get_by_label("units").first.fill("8")
    expect(page.locator("#table")).to_contain_text("(None, 8)")
    expect(page.locator("#table")).to_contain_text("(None, 1)")


def test_a_button_that_goes_hands_the_focus_on(page: Page) -> None:
    page.goto("/examples/stacked-lstm")
    last = names(page)[-1]
    page.get_by_role("button", name=f"Move {last} up").press("Enter")
    expect(page.locator(".card-name").nth(-2)).to_have_text(last)
    page.get_by_role("button", name=f"Remove {last}").press("Enter")
    expect(page.get_by_role("button", name=f"Remove {last}")).to_have_count(0)
    expect(page.get_by_role("button", name=f"Remove {names(page)[-1]}")).to_be_focused()
    page.get_by_role("button", name=f"Move {names(page)[-1]} up").press("Enter")
    page.get_by_role("button", name=f"Remove {names(page)[-1]}").press("Enter")
    expect(page.locator("#cards :focus")).to_have_count(1)


def test_what_is_open_stays_open(page: Page) -> None:
    page.goto(FIRST)
    page.locator("#picture-shapes-in-words > summary").click()
    page.get_by_label("units").first.fill("5")
    expect(page.locator("#picture-shapes-words")).to_contain_text("5")
    expect(page.locator("#picture-shapes-words")).to_be_visible()


def test_a_server_that_fails_takes_nothing_away(page: Page) -> None:
    page.goto(FIRST)
    page.route("**/", lambda route: route.fulfill(status=500, body="no"))
    page.get_by_label("units").first.fill("5")
    expect(page.locator("#fault")).to_contain_text("What you wrote is kept")
    expect(page.get_by_label("units").first).to_have_value("5")
    page.unroute("**/")
    page.get_by_label("units").first.fill("6")
    expect(page.locator("#table")).to_contain_text("(None, 6)")
    expect(page.locator("#fault")).to_be_empty()


def test_the_last_answer_wins_however_late_the_first_one_comes(page: Page) -> None:
    page.goto(FIRST)
    late: list[Route] = []
    page.route("**/", lambda route: route.continue_() if late else late.append(route))
    units = page.get_by_label("units").first
    units.fill("7")
    units.fill("8")
    expect(page.locator("#table")).to_contain_text("(None, 8)")
    # The page gave the first question up when the second was asked.
    with contextlib.suppress(Error):
        late[0].continue_()
    page.get_by_role("spinbutton", name="units").last.fill("2")
    expect(page.locator("#table")).to_contain_text("(None, 2)")
    expect(page.locator("#table")).to_contain_text("(None, 8)")


def test_without_scripts_the_form_is_a_form(browser: Browser, url: str) -> None:
    context = browser.new_context(base_url=url, java_script_enabled=False)
    page = context.new_page()
    page.goto(FIRST)
    page.get_by_label("units").first.fill("7")
    page.locator("#layers-update").click()
    expect(page.locator("#table")).to_contain_text("(None, 7)")
    expect(page).to_have_url(re.compile(r"/\?s="))
    expect(page.locator("h1")).to_have_text("How can a 3×50 embedding be connected to an LSTM?")
    page.get_by_role("button", name="Remove dense").click()
    expect(fact(page, "Out")).to_have_text("(None, 7)")
    page.get_by_text("Code", exact=True).click()
    page.locator("#code").fill("while True: pass")
    page.locator("#code-update").click()
    expect(page.locator("#fault")).to_contain_text("Line 1")
    expect(page.locator("#code")).to_have_value("while True: pass")
    expect(page.locator("#picture-shapes")).to_contain_text("7 units")
    expect(page.get_by_role("button", name="Share")).to_be_disabled()
    page.get_by_text("Layers", exact=True).click()
    page.locator("#layers-update").click()
    page.get_by_role("button", name="Share").click()
    page.locator(".shared-url a").click()
    expect(fact(page, "Out")).to_have_text("(None, 7)")
    context.close()
