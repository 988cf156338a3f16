"""How wide a text will be, and how it is cut or wrapped to fit."""

from app.drawing.text import fit_name, fit_text, text_width, wrap_text
from app.drawing.words import clean_text


def test_a_text_that_fits_stays() -> None:
    assert fit_text("embedding", "name", 200) == "embedding"


def test_a_text_that_does_not_fit_is_cut_with_an_ellipsis() -> None:
    cut = fit_text("embedding_of_everything_there_is", "name", 100)
    assert cut.startswith("embed")
    assert cut.endswith("…")
    assert text_width(cut, "name") <= 100


def test_names_that_begin_alike_are_told_apart_by_their_ends() -> None:
    short = [fit_name(f"input_sequence_{which}", "name", 90) for which in ("left", "right")]
    assert short[0].startswith("inpu")
    assert short[0].endswith("left")
    assert short[1].endswith("ight")
    assert all(text_width(name, "name") <= 90 for name in short)


def test_a_megabyte_costs_no_more_than_a_line() -> None:
    for fit in (fit_name, fit_text):
        assert len(fit("l" * 1_000_000, "name", 100)) < 40
    assert len(wrap_text("word " * 200_000, "kind", 300, 3)) == 3


def test_wrapped_lines_keep_all_words_and_fit() -> None:
    said = "LSTM received (None, 100): there is no timesteps axis for it to walk along."
    lines = wrap_text(said, "said", 200, 9)
    assert " ".join(lines) == said
    assert all(text_width(line, "said") <= 200 for line in lines)


def test_what_does_not_fit_the_last_line_is_cut() -> None:
    assert wrap_text("one two three four five six", "kind", 60, 2)[-1].endswith("…")
    assert wrap_text("", "kind", 60, 2) == [""]


def test_characters_of_any_script_have_a_width() -> None:
    assert text_width("名前", "name") > text_width("ab", "name")
    assert text_width("e\u0301", "name") == text_width("e", "name")
    assert text_width(clean_text("\x00"), "name") > 0
