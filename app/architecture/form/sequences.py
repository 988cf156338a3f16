"""Sequences in the form: the fields in sight, and one that carries them in the other form."""

from pydantic import ValidationError

from app.architecture.form.widgets import read_number
from app.architecture.sequences import Sequences, read_rows
from app.problems import BadRequest
from app.validation import describe_errors

TYPED, CARRIED = "sequences", "sequences.carried"
OPTIONS = ("maxlen", "padding", "truncating", "value")


def read_sequences(fields: dict[str, str]) -> Sequences | None:
    """What was typed; else what is carried; None where there is neither.

    Raises BadRequest for what are no sequences, and for more or longer ones than are read.
    """
    try:
        if TYPED in fields:
            return _read_typed(fields)
        carried = fields.get(CARRIED)
        return Sequences.model_validate_json(carried) if carried else None
    except ValidationError as error:
        raise BadRequest(describe_errors(error.errors())) from error


def _read_typed(fields: dict[str, str]) -> Sequences | None:
    rows = read_rows(fields[TYPED])
    if not rows:
        return None
    given = {name: fields.get(f"{TYPED}.{name}", "").strip() for name in OPTIONS}
    numbers = {name: read_number(given[name]) for name in ("maxlen", "value") if given[name]}
    ends = {name: given[name] for name in ("padding", "truncating") if given[name]}
    return Sequences.model_validate({"rows": rows, **numbers, **ends})
