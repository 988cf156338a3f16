"""Numbers, axes, shapes and names in words, as the page, the pictures and the files write them."""

from app.drawing.words import (
    clean_text,
    write_axes,
    write_axis,
    write_bytes,
    write_count,
    write_name,
    write_shape,
)


def test_a_shape_is_written_as_keras_writes_it() -> None:
    assert write_shape((None, 3, 50)) == "(None, 3, 50)"
    assert write_shape((None,)) == "(None,)"


def test_a_shape_is_written_for_a_learner() -> None:
    assert (
        write_axes(("batch", "timesteps", "features"), (None, 3, 50)) == "(batch, 3 timesteps, 50 features)"
    )
    assert write_axes(("batch", "units"), (None, 1)) == "(batch, 1 unit)"


def test_an_unknown_size_leaves_the_name() -> None:
    assert (
        write_axes(("batch", "timesteps", "features"), (None, None, 64)) == "(batch, timesteps, 64 features)"
    )


def test_names_that_are_no_plurals_stand_before_their_number() -> None:
    assert write_axis("batch", 32) == "batch of 32"
    assert write_axis("height", 28) == "height 28"
    assert write_axis("axis 2", 7) == "axis 2 of 7"


def test_numbers_are_humanised() -> None:
    assert write_count(60_400) == "60,400"
    assert write_axis("units", 1_000_000_000) == "1,000,000,000 units"


def test_a_further_call_is_named_by_its_layer_and_its_number() -> None:
    assert write_name("lstm") == "lstm"
    assert write_name("lstm@2") == "lstm, call 2"
    assert write_name("me@home") == "me@home"
    assert write_name("@2") == "@2"


def test_bytes_are_powers_of_a_thousand() -> None:
    assert write_bytes(0) == "0 B"
    assert write_bytes(604) == "604 B"
    assert write_bytes(241_600) == "241.6 kB"
    assert write_bytes(999_950) == "1.0 MB"
    assert write_bytes(4_096_000_000_000 + 50_000_000_000) == "4.1 TB"


def test_nothing_that_steers_a_terminal_or_turns_text_around_survives() -> None:
    assert clean_text("a\x1b[31mb\u202ec\x00d\ud800") == "a�[31mb�c�d�"
    assert clean_text("two\nlines\tand a tab") == "two lines and a tab"
    assert clean_text("naïve 名前 🙂") == "naïve 名前 🙂"
