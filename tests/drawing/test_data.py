"""The numbers on the picture: each in one colour before and after, and all of them told in words."""

from itertools import pairwise

import pytest
from samples import SAMPLES, flow_of
from scenes import list_areas, list_marks

from app.drawing.numbers.data import find_shades, place_data
from app.drawing.numbers.data_words import describe_data, has_repeats, say_looks
from app.drawing.scene import Box, Group, Mark, Scene, Text
from app.flow.data import Regrouping, Way

DATA = [
    pytest.param(moved, id=f"{slug}: {moved.layer[:20]!r}")
    for slug in SAMPLES
    for moved in flow_of(slug).data
]
every_regrouping = pytest.mark.parametrize("moved", DATA)


def of(slug: str, layer: str) -> Regrouping:
    return next(moved for moved in flow_of(slug).data if moved.layer == layer)


def list_cells(scene: Scene) -> list[tuple[str, str]]:
    """The look and the number of every cell."""
    found: list[tuple[str, str]] = []
    marks = list_marks(scene)
    for box, text in pairwise(marks):
        if isinstance(box, Box) and isinstance(text, Text) and text.look in ("count", "padded"):
            found.append((box.look, str(text.text)))
    return found


@every_regrouping
def test_a_number_keeps_its_colour(moved: Regrouping) -> None:
    for way in () if has_repeats(moved) else moved.ways:
        looks: dict[str, set[str]] = {}
        for look, number in list_cells(place_data(Regrouping(layer=moved.layer, ways=(way,)))):
            looks.setdefault(number, set()).add(look)
        assert all(len(found) == 1 for found in looks.values()), looks


def test_a_token_that_comes_again_has_the_colour_of_each_of_its_timesteps() -> None:
    moved = of("ragged-sequences", "tokens")
    cells = list_cells(place_data(moved.model_copy(update={"ways": moved.ways[:1]})))
    assert [number for _, number in cells[:9]] == list("121212121")
    before, after = cells[:9], [cell for cell in cells[9:] if cell[0] != "padding"]
    assert before == after
    assert len(set(before[:3])) == 3
    texts = [mark.text for mark in list_marks(place_data(moved)) if is_text(mark)]
    assert "Each token keeps the colour of its timestep: the stronger, the later it is." in texts


@every_regrouping
def test_every_listed_number_is_drawn(moved: Regrouping) -> None:
    blocks = [block for way in moved.ways for block in (way.before, way.after)]
    listed = [f"{number:,}" for block in blocks for number in block.numbers if number is not None]
    assert [number for _, number in list_cells(place_data(moved))] == listed


@every_regrouping
def test_later_is_never_paler(moved: Regrouping) -> None:
    for way in moved.ways:
        shades = find_shades(way.before, way.after)
        assert sorted(shades.values()) == list(shades.values())
        assert set(shades.values()) <= set(range(1, 7))


def test_three_timesteps_have_three_colours_and_one_timestep_has_one() -> None:
    looks = [
        {look for look, _ in list_cells(place_data(Regrouping(layer="series", ways=(first_way(slug),))))}
        for slug in ("three-timesteps", "one-timestep")
    ]
    assert [len(found) for found in looks] == [3, 1]


def first_way(slug: str) -> Way:
    return of(slug, "series").ways[0]


def test_a_row_of_a_window_stands_beside_the_row_of_the_table() -> None:
    windows = of("three-timesteps", "series").ways[1]
    scene = place_data(Regrouping(layer="series", ways=(windows,)))
    heights: dict[str, set[float]] = {}
    for mark, area in list_areas(scene, Text):
        if isinstance(mark, Text) and mark.look == "count":
            heights.setdefault(str(mark.text), set()).add(area.top)
    assert heights.keys() == {"1", "2", "3", "4", "5"}
    assert all(len(found) == 1 for found in heights.values())


def test_the_words_say_what_stands_where() -> None:
    assert describe_data(of("three-timesteps", "series")).startswith(
        "If each row is a whole sample: np.expand_dims(table, axis=2). "
        "table (rows, 3 columns) holds row 1: 1, 2, 3; row 2: 4, 5, 6; row 3: 7, 8, 9; row 4: 10, 11, 12, "
        "and so on. series (samples, 3 timesteps, 1 feature) holds sample 1, t₁: 1; sample 1, t₂: 2; "
        "sample 1, t₃: 3; sample 2, t₁: 4, and so on."
    )


def test_the_same_code_for_two_tables_is_said_to_be_right_for_both() -> None:
    said = "Both tables are cut by the same code: it keeps the reading order, whatever a row means."
    windows = next(moved for moved in flow_of("stacked-lstm").data)
    codes = [way.code for way in windows.ways]
    assert len(set(codes)) == len(codes) - 1
    assert said in say_looks(windows)
    assert said not in say_looks(of("three-timesteps", "series"))


def test_the_words_count_padding() -> None:
    said = describe_data(of("ragged-sequences", "tokens"))
    assert "sample 1: padding, 1, 2, 1" in said
    assert "sample 1: 1, 2, 1, padding" in said


def test_a_length_that_is_only_drawn_is_said_to_be() -> None:
    texts = [mark.text for mark in list_marks(place_data(of("ragged-sequences", "tokens"))) if is_text(mark)]
    assert "T stands for any number of timesteps; in this picture it is 4." in texts
    assert "T" in texts


def is_text(mark: Mark | Group) -> bool:
    return isinstance(mark, Text)
