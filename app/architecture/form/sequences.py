"""Sequences in the form: visible fields, or one hidden field in the tab that does not show them."""

from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from app.architecture.form.widgets import read_number
from app.architecture.sequences import Sequences, read_rows, write_rows
from app.frozen import Frozen
from app.problems import SequencesUnreadable
from app.validation import describe_errors

TYPED, CARRIED, OF = "sequences", "sequences.carried", "sequences.of."
OPTIONS = ("maxlen", "padding", "truncating", "value")


class SequencesField(Frozen):
    """A field for the sequences of one input; `input` is empty for the field that all inputs read."""

    name: str
    input: str
    text: str
    same_as: str = ""
    """The input whose sequences are used while this field is empty."""


class SequencesForm(Frozen):
    """The contents of the sequence fields, and of those that say how sequences are padded."""

    boxes: tuple[SequencesField, ...]
    options: dict[str, str]


def fill_sequences(sequences: Sequences | None, inputs: Sequence[str]) -> SequencesForm:
    """The fields with the sequences of the question; `inputs` are the inputs that read sequences."""
    given = sequences.model_dump(include=set(OPTIONS), exclude_none=True) if sequences else {}
    return SequencesForm(
        boxes=write_sequences(sequences, inputs), options={name: str(given.get(name, "")) for name in OPTIONS}
    )


def keep_sequences(fields: Mapping[str, str]) -> SequencesForm:
    """The fields as they were submitted, including what cannot be read."""
    return SequencesForm(
        boxes=tuple(
            SequencesField(name=name, input=name.partition(OF)[2], text=text)
            for name, text in fields.items()
            if _is_box(name)
        ),
        options={name: fields.get(f"{TYPED}.{name}", "") for name in OPTIONS},
    )


def is_of_sequences(name: str) -> bool:
    """Whether a field of that name is about sequences."""
    return name == TYPED or name.startswith(f"{TYPED}.")


def _is_box(name: str) -> bool:
    return name == TYPED or name.startswith(OF)


def write_sequences(sequences: Sequences | None, inputs: Sequence[str]) -> tuple[SequencesField, ...]:
    """One field for each of the inputs that read sequences; a single field if there are fewer than two."""
    rows = sequences.rows if sequences else ()
    own = sequences.by_input if sequences else {}
    inputs = inputs or tuple(own)
    if len(inputs) < 2:
        rows = own.get(inputs[0], rows) if inputs else rows
        return (SequencesField(name=TYPED, input="", text=write_rows(rows)),)
    typed = {name: own.get(name, rows) for name in (inputs if own else inputs[:1])}
    first = next((name for name in inputs if typed.get(name)), "")
    return tuple(
        SequencesField(
            name=f"{OF}{name}",
            input=name,
            text=write_rows(typed.get(name, ())),
            same_as=first if first != name else "",
        )
        for name in inputs
    )


def read_sequences(fields: dict[str, str]) -> Sequences | None:
    """The sequences in the visible fields, else in the hidden one; None if there are none.

    Raises SequencesUnreadable for text that is no sequence, and for too many or too long ones.
    """
    try:
        if any(map(_is_box, fields)):
            return _read_typed(fields)
        carried = fields.get(CARRIED)
        return Sequences.model_validate_json(carried) if carried else None
    except ValidationError as error:
        raise SequencesUnreadable(describe_errors(error.errors())) from error


def _read_typed(fields: dict[str, str]) -> Sequences | None:
    rows = read_rows(fields.get(TYPED, ""))
    own = {name.removeprefix(OF): read_rows(text) for name, text in fields.items() if name.startswith(OF)}
    by_input = {name: typed for name, typed in own.items() if typed}
    if not rows and not by_input:
        return None
    given = {name: fields.get(f"{TYPED}.{name}", "").strip() for name in OPTIONS}
    numbers = {name: read_number(given[name]) for name in ("maxlen", "value") if given[name]}
    ends = {name: given[name] for name in ("padding", "truncating") if given[name]}
    return Sequences.model_validate({"rows": rows, "by_input": by_input, **numbers, **ends})
