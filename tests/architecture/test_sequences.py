"""Sequences that a visitor types: read however they are written, kept in forms and links, within limits."""

import pytest
from pydantic import ValidationError

from app.architecture import Question
from app.architecture.form import read_form
from app.architecture.form.sequences import write_sequences
from app.architecture.sequences import Sequences, read_rows, write_rows
from app.links import decode_state, encode_state
from app.problems import BadRequest

CODE = [("code", "model = Sequential([Input((None,)), Embedding(10, 2)])")]


@pytest.mark.parametrize(
    "text", ["5 9 2 0 0\n3 4", "[[5, 9, 2, 0, 0], [3, 4]]", "5,9,2,0,0; 3,4\n", "[5 9 2 0 0]\n\n(3, 4)"]
)
def test_sequences_are_read_however_they_are_written(text: str) -> None:
    assert read_rows(text) == ((5, 9, 2, 0, 0), (3, 4))


def test_what_was_typed_is_written_back() -> None:
    assert read_rows(write_rows(((5, -9), (3,)))) == ((5, -9), (3,))


@pytest.mark.parametrize("text", ["five nine", "1.5 2", "__import__('os')"])
def test_only_whole_numbers_are_sequences(text: str) -> None:
    with pytest.raises(BadRequest, match="whole numbers"):
        read_rows(text)


@pytest.mark.parametrize("rows", [(), ((1,),) * 5, ((1,) * 65,), ((10**12,),)])
def test_no_more_and_no_longer_sequences_are_read_than_are_drawn(
    rows: tuple[tuple[int, ...], ...],
) -> None:
    with pytest.raises(ValidationError):
        Sequences(rows=rows)


def test_the_form_reads_sequences_and_how_they_are_padded() -> None:
    fields = [
        *CODE,
        ("sequences", "5 9\n3"),
        ("sequences.padding", "post"),
        ("sequences.truncating", "pre"),
        ("sequences.maxlen", "4"),
        ("sequences.value", ""),
    ]
    assert read_form(fields).sequences == Sequences(rows=((5, 9), (3,)), maxlen=4, padding="post")


def test_the_form_without_the_fields_keeps_what_it_carries() -> None:
    sequences = Sequences(rows=((5, 9),), value=-1)
    carried = ("sequences.carried", sequences.model_dump_json())
    assert read_form([*CODE, carried]).sequences == sequences
    # What is in sight counts: here it was wiped out.
    assert read_form([*CODE, carried, ("sequences", "  ")]).sequences is None


def test_a_model_of_one_input_has_one_field() -> None:
    (field,) = write_sequences(Sequences(rows=((5, 9), (3,))), ["tokens"])
    assert (field.name, field.input, field.text) == ("sequences", "", "5 9\n3")
    # They may have been named in a program's question, or there was another input.
    (field,) = write_sequences(Sequences(by_input={"tokens": ((5, 9),)}), ["tokens"])
    assert field.text == "5 9"


def test_each_of_several_inputs_has_a_field_of_its_own() -> None:
    typed = Sequences(by_input={"story": ((5, 9),), "question": ((3,),)})
    fields = write_sequences(typed, ["story", "question"])
    assert [(field.name, field.text) for field in fields] == [
        ("sequences.of.story", "5 9"),
        ("sequences.of.question", "3"),
    ]
    assert read_form([*CODE, *((field.name, field.text) for field in fields)]).sequences == typed


def test_an_empty_field_reads_what_the_first_that_is_not_reads() -> None:
    fields = write_sequences(Sequences(by_input={"question": ((3,),)}), ["story", "question"])
    assert [(field.text, field.same_as) for field in fields] == [("", "question"), ("3", "")]


def test_an_old_link_has_the_sequences_of_all_inputs_in_the_first_field() -> None:
    fields = write_sequences(Sequences(rows=((5, 9),)), ["story", "question"])
    assert [(field.text, field.same_as) for field in fields] == [("5 9", ""), ("", "story")]


def test_what_all_but_one_input_read_is_in_the_fields_of_all_but_one() -> None:
    typed = Sequences(rows=((5, 9),), by_input={"question": ((3,),)})
    fields = write_sequences(typed, ["story", "question", "hint"])
    assert [field.text for field in fields] == ["5 9", "3", "5 9"]


def test_fields_that_are_all_empty_are_no_sequences() -> None:
    assert read_form([*CODE, ("sequences.of.story", ""), ("sequences.of.question", " ")]).sequences is None


def test_a_form_that_holds_nonsense_is_a_bad_request() -> None:
    with pytest.raises(BadRequest):
        read_form([*CODE, ("sequences", "1 " * 65)])
    with pytest.raises(BadRequest):
        read_form([*CODE, ("sequences.carried", "{}")])


def test_sequences_are_in_the_link_and_their_defaults_are_not() -> None:
    plain = Question(code=CODE[0][1])
    asked = plain.model_copy(update={"sequences": Sequences(rows=((5, 9),))})
    assert decode_state(encode_state(asked)) == asked
    assert asked.model_dump(exclude_defaults=True)["sequences"] == {"rows": ((5, 9),)}
    named = plain.model_copy(update={"sequences": Sequences(by_input={"story": ((5, 9),)})})
    assert decode_state(encode_state(named)) == named
    assert "sequences" not in plain.model_dump(exclude_defaults=True)
