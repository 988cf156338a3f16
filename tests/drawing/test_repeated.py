"""Of identical blocks the first is unrolled: the frame says how often it comes, and nothing else is lost."""

from samples import flow_of, report_on
from scenes import list_arrows, list_marks

from app.drawing import draw_pictures
from app.drawing.scene import Box, Scene, Text
from app.drawing.time.moments import list_moments
from app.drawing.time.repeated import fold_blocks
from app.drawing.time.unroll import place_time

SLUG = "identical-walks"


def draw(unfolded: bool = False) -> Scene:
    scene = place_time(report_on(SLUG), flow_of(SLUG).model_copy(update={"unfolded": unfolded}))
    assert scene is not None
    return scene


def list_texts(scene: Scene) -> list[str]:
    return [str(mark.text) for mark in list_marks(scene) if isinstance(mark, Text)]


def list_frames(scene: Scene) -> list[Box]:
    return [mark for mark in list_marks(scene) if isinstance(mark, Box) and mark.look == "frame"]


def test_the_frame_says_how_often_the_block_comes() -> None:
    scene = draw()
    said = list_texts(scene)
    assert {"× 30 identical blocks", "60 layers · 16,800 params", "lstm_0", "norm_0", "last"} <= set(said)
    assert "lstm_1" not in said
    assert len(list_frames(scene)) == 1


def test_what_reads_the_last_block_has_its_arrows_from_the_one_that_is_drawn() -> None:
    read = {(arrow.source, arrow.target) for arrow in list_arrows(draw())}
    assert {(f"norm_0@{step}", f"last cell@{step}") for step in range(5)} <= read


def test_every_block_is_drawn_if_that_is_asked_for() -> None:
    scene = draw(unfolded=True)
    assert draw().folds
    assert not scene.folds
    assert {"lstm_0", "lstm_29", "norm_29"} <= set(list_texts(scene))
    assert list_frames(scene) == []


def test_words_and_the_cursor_tell_of_the_same_rows() -> None:
    pictures = draw_pictures(report_on(SLUG), flow_of(SLUG))
    assert pictures.time is not None
    assert "From lstm_0 to norm_29 an identical block of 2 layers comes 30 times" in pictures.time.description
    assert "lstm_1 " not in pictures.time.description
    assert pictures.repeated == 58
    moments = list_moments(report_on(SLUG), flow_of(SLUG))
    assert [moment.layer for moment in moments] == ["series", "lstm_0", "norm_0", "last"]


def test_what_is_left_is_a_report_of_its_own() -> None:
    report, flow, repeats = fold_blocks(report_on(SLUG), flow_of(SLUG))
    assert [row.name for row in report.rows] == ["series", "lstm_0", "norm_0", "last"]
    assert report.layer("last").inbound == ("norm_0",)
    assert flow.lanes[-1].inbound == ("norm_0",)
    assert repeats.keys() == {"lstm_0", "norm_0"}


def test_a_small_model_is_unrolled_whole() -> None:
    report, flow = report_on("stacked-lstm"), flow_of("stacked-lstm")
    assert fold_blocks(report, flow) == (report, flow, {})
