"""Values that a tuner searches for: `hp.Int("units", 32, 512)`, `trial.suggest_int("units", 32, 512)`."""

from collections.abc import Callable, Mapping

from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.values import Unknown, Value


def search(function: Unknown, arguments: Arguments) -> Value:
    """The tuner's first value; a number is an Unknown with the search's name. None for other functions."""
    read = SEARCHED.get(function.text.rpartition(".")[2])
    given = list(arguments.positional)
    name = given.pop(0) if given else arguments.keywords.get("name")
    return read(name, given, arguments.keywords) if read and isinstance(name, str) else None


def _number(name: str, given: list[Value], keywords: Mapping[str, Value]) -> Value:
    told = (keywords.get("default"), *given[:1], keywords.get("min_value"), keywords.get("low"))
    least = next((number for number in told if isinstance(number, int)), None)
    return Unknown(name, usual=least) if least and name.isidentifier() else least


def _fraction(name: str, given: list[Value], keywords: Mapping[str, Value]) -> Value:
    told = (keywords.get("default"), *given[:1], keywords.get("min_value"), keywords.get("low"))
    return next((number for number in told if isinstance(number, int | float)), None)


def _choice(name: str, given: list[Value], keywords: Mapping[str, Value]) -> Value:
    choices = given[0] if given else keywords.get("values", keywords.get("choices"))
    first = choices[0] if isinstance(choices, list | tuple) and choices else None
    return keywords.get("default", first)


SEARCHED: Mapping[str, Callable[[str, list[Value], Mapping[str, Value]], Value]] = {
    "Choice": _choice,
    "Float": _fraction,
    "Int": _number,
    "suggest_categorical": _choice,
    "suggest_discrete_uniform": _fraction,
    "suggest_float": _fraction,
    "suggest_int": _number,
    "suggest_loguniform": _fraction,
    "suggest_uniform": _fraction,
}
