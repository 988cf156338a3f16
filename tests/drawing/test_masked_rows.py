"""Masks inside of models: which layers have a row, and what is said of them."""

from scenes import list_marks, masks_inside

from app.drawing.numbers.masked_rows import list_masked_rows
from app.drawing.numbers.masked_words import describe_masks
from app.drawing.numbers.masks import TELEPHONE, place_masks
from app.drawing.scene import MARGIN, Text, flatten
from app.drawing.text import text_width


def test_a_model_with_masks_is_opened_wherever_it_is_called() -> None:
    names = [row.name for row in list_masked_rows(*masks_inside())]
    inside = ["core", "core › vectors", "core › lstm", "after"]
    assert [name for name in names if "›" in name] == [
        *(f"inner › {name}" for name in inside),
        *(f"inner, call 2 › {name}" for name in inside),
    ]
    assert "pictures" in names


def test_each_input_shows_what_it_reads() -> None:
    words = [mark.text for mark in list_marks(place_masks(*masks_inside())) if isinstance(mark, Text)]
    assert 'told = pad_sequences(sequences["told"], maxlen=4, padding="post")' in words
    assert 'asked = pad_sequences(sequences["asked"], padding="post")' in words
    said = describe_masks(*masks_inside())
    assert "Sequence 1 of told is 5, 9, 2, 0." in said
    assert "Sequence 1 of asked is 4, 0, 0, 0." in said
    assert "inner › core › vectors: the mask marks timestep 4 as padding." in said


def test_what_no_padding_reaches_says_nothing_of_it() -> None:
    behind = {row.name for row in list_masked_rows(*masks_inside()) if row.is_behind}
    assert {"inner", "inner › core", "inner › core › lstm", "inner, call 2"} <= behind
    assert not behind & {"told", "inner › core › vectors", "seen", "pictures"}


def test_a_telephone_shows_every_word_of_a_layer_at_once() -> None:
    beside, below = (
        [mark for mark in flatten(place_masks(*masks_inside(), room).marks) if isinstance(mark, Text)]
        for room in (None, TELEPHONE)
    )
    said = "other numbers in the padding change nothing"
    assert [line.text for line in below].count(said) == [line.text for line in beside].count(said) > 0
    for line in below:
        if line.look in ("masked", "lost", "small", "code"):
            assert line.x + text_width(line.text, line.look) <= MARGIN + TELEPHONE


def test_a_token_of_many_digits_is_drawn_whole() -> None:
    report, trace = masks_inside()
    first, *others = trace.inputs
    longer = first.model_copy(update={"tokens": tuple((20417, *rest) for _, *rest in first.tokens)})
    drawn = place_masks(report, trace.model_copy(update={"inputs": (longer, *others)}))
    assert "20417" in [mark.text for mark in list_marks(drawn) if isinstance(mark, Text)]
