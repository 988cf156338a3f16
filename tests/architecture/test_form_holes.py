"""Holes in the form: what the code does not say is a field, and a link holds only what was chosen."""

import pytest

from app.architecture.code import read_code
from app.architecture.form import read_form, write_holes
from app.architecture.hole import HoleValue
from app.problems import ArchitectureError

CODE = "model = Sequential([Input(x.shape[1:]), LSTM(units, dropout=rate)])"


def submit(**chosen: str) -> list[tuple[str, str]]:
    """The fields of the code's form, with some values written over."""
    fields = [("code", CODE)]
    for hole in write_holes(read_code(CODE).holes):
        value = chosen.get(hole.name, hole.value)
        fields += [("hole", hole.name), ("hole.default", hole.default), ("hole.value", value)]
    return fields


def test_each_hole_is_a_field_under_its_own_name() -> None:
    holes = write_holes(read_code(CODE).holes)
    assert [(hole.name, hole.value, hole.widget, hole.step) for hole in holes] == [
        ("units", "32", "number", "1"),
        ("rate", "0.2", "number", "any"),
        ("x.shape[1:]", "(8, 16)", "text", "any"),
    ]


def test_a_link_leaves_the_defaults_out() -> None:
    assert read_form(submit()).holes == {}
    assert read_form(submit(units="64")).holes == {"units": 64}
    assert read_form(submit(units="")).holes == {}


VALUES: dict[str, HoleValue] = {"7": 7, "0.5": 0.5, "(4, 2)": (4, 2), "None 3": (None, 3), "(5,)": 5}


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_a_value_is_a_number_or_sizes(text: str, value: HoleValue) -> None:
    assert read_form(submit(units=text)).holes == {"units": value}


@pytest.mark.parametrize("text", ["many", "(3, x)", "0.5, 2", "()"])
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(ArchitectureError, match="`units`"):
        read_form(submit(units=text))
