"""What Keras offers: every kind of layer and every operation that may be built, with its arguments.

Generated from Keras by `scripts/make_catalogue.py` and `scripts/make_operations.py`. A class or function that
is not in the catalogue is never instantiated or called.
"""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import JsonValue, TypeAdapter, computed_field

from app.frozen import Frozen
from app.problems import Misspelling, UnknownLayer

ArgumentType = Literal[
    "integer",
    "number",
    "numbers",
    "boolean",
    "text",
    "texts",
    "choice",
    "shape",
    "pairs",
    "layer",
    "tensor",
    "tensors",
    "ignored",
]
"""`numbers`: one or several, as a range has. `pairs`: sizes before and after, for each of several axes.
`layer`: a wrapped layer or cell, or a list of cells. `tensor`, `tensors`: what an operation works on, for
which numbers may stand."""

CELL = "cell"
"""The category of cells, which work only inside an RNN."""
OPERATION = "operation"
"""The category of the functions of `keras.ops`. Their kinds are named after them: `ops.add`."""


IDENTIFIERS: Mapping[str, tuple[str, ...]] = TypeAdapter(dict[str, tuple[str, ...]]).validate_json(
    Path(__file__).with_name("identifiers.json").read_bytes()
)
"""The names of initializers and their like that Keras knows, by the last word of the argument's name."""


OBJECTS: Mapping[str, tuple[str, ...]] = TypeAdapter(dict[str, tuple[str, ...]]).validate_json(
    Path(__file__).with_name("objects.json").read_bytes()
)
"""The classes of initializers, regularizers and constraints, with the parameters of each."""


CHECKED: Mapping[str, tuple[str, ...]] = {"seed": (), "use_cudnn": ("auto",)}
"""Ignored arguments that Keras checks all the same, and the texts that they may be."""


class Argument(Frozen):
    """One constructor argument.

    `ignored` ones change no shape, mask or count, and are not passed to Keras, unless their value is a name
    that is not among those Keras knows.
    """

    name: str
    type: ArgumentType
    required: bool
    default: JsonValue
    choices: tuple[str, ...]
    help: str
    keyword_only: bool

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ignored(self) -> bool:
        """Whether it changes no shape, mask or count, so that only what Keras refuses is passed to Keras."""
        return self.type == "ignored"

    @computed_field  # type: ignore[prop-decorator]
    @property
    def known_words(self) -> tuple[str, ...]:
        """The words to choose from; for an initializer and its like, the names that Keras knows."""
        return self.choices or IDENTIFIERS.get(self.name.rpartition("_")[2], ())

    def leaves_out(self, value: object) -> bool:
        """Whether this value is one that is not passed to Keras."""
        if not self.ignored:
            return False
        if self.name in CHECKED:
            return not isinstance(value, str | float) or value in CHECKED[self.name]
        plain = isinstance(value, str | int | float)
        return not (plain and self.known_words and value not in self.known_words)


class Kind(Frozen):
    """One layer class or operation. `inputs` says how many tensors it takes, `call` how many are passed."""

    name: str
    category: str
    summary: str
    inputs: Literal["none", "one", "many"]
    call: Literal["list", "positional"]
    aliases: tuple[str, ...]
    arguments: tuple[Argument, ...]
    """In the constructor's order, so that positional arguments can be named."""

    @cached_property
    def _by_name(self) -> dict[str, Argument]:
        return {argument.name: argument for argument in self.arguments}

    @cached_property
    def positional(self) -> tuple[str, ...]:
        """The arguments that may be passed by position, in order."""
        return tuple(argument.name for argument in self.arguments if not argument.keyword_only)

    def argument(self, name: str) -> Argument | None:
        """The argument of that name; None if the layer takes no such argument."""
        return self._by_name.get(name)


class Catalogue(Frozen):
    """The layers of one version of Keras."""

    keras: str
    kinds: tuple[Kind, ...]


def _read_data(file: str) -> bytes:
    return Path(__file__).with_name(file).read_bytes()


def _list_by_name(kinds: Iterable[Kind]) -> Mapping[str, Kind]:
    return MappingProxyType({kind.name: kind for kind in kinds})


def _load_kinds(file: str) -> Mapping[str, Kind]:
    return _list_by_name(TypeAdapter(list[Kind]).validate_json(_read_data(file)))


CATALOGUE = Catalogue.model_validate_json(_read_data("catalogue.json"))

KINDS: Mapping[str, Kind] = _list_by_name(CATALOGUE.kinds)

OWN_KINDS: Mapping[str, Kind] = _load_kinds("own_kinds.json")
"""Kinds that a model can hold and that are not public layers of Keras. Written by hand."""


@cache
def load_operations() -> Mapping[str, Kind]:
    """All operations by name (`ops.image.resize`). Read from disk on first use, as many models have none."""
    return _load_kinds("operations.json")


_SPELLINGS = {spelling: kind for kind in KINDS.values() for spelling in (kind.name, *kind.aliases)}
_LOWERED = {spelling.lower(): kind for spelling, kind in _SPELLINGS.items()}

LONGEST_NAME = 40
"""How many letters of a name are compared."""

FURTHER = 0.15
"""How much less similar than the nearest name another may be. Droput is Dropout; AlphaDropout is less
near."""

WRITTEN_AS = {"InputLayer": "Input"}
"""Other spellings that people use for this kind."""


def find_kind(name: str) -> Kind:
    """The kind of that name or alias. Raises UnknownLayer, with the nearest known names."""
    if kind := _SPELLINGS.get(name) or OWN_KINDS.get(name):
        return kind
    if name.startswith("ops."):
        return _find_operation(name)
    kinds = [_LOWERED[spelling].name for spelling in _list_near(name.lower(), _LOWERED)]
    names = dict.fromkeys(WRITTEN_AS.get(kind, kind) for kind in kinds)
    raise refuse_name("layer", name, names, "The catalogue lists the layers there are.")


def is_kind(name: str) -> bool:
    """Whether there is a kind of that name or alias."""
    return name in _SPELLINGS or name in OWN_KINDS or name in load_operations()


def name_after(kind: str) -> str:
    """The word that names the nodes of an operation: `resize` for `ops.image.resize`."""
    return kind.rpartition(".")[2]


def _find_operation(name: str) -> Kind:
    operations = load_operations()
    if kind := operations.get(name):
        return kind
    near = _list_near(name, operations)
    raise refuse_name("operation", name, near, "It is none of keras.ops on tensors.")


def _list_near(name: str, known: Iterable[str]) -> list[str]:
    """At most three of the known names that resemble `name`, the nearest first."""
    matcher = difflib.SequenceMatcher(b=name[:LONGEST_NAME])
    near = difflib.get_close_matches(name[:LONGEST_NAME], known, n=3, cutoff=0.6)
    ratios = [_measure(matcher, each) for each in near]
    return [each for each, ratio in zip(near, ratios, strict=True) if ratio > ratios[0] - FURTHER]


def _measure(matcher: "difflib.SequenceMatcher[str]", name: str) -> float:
    matcher.set_seq1(name)
    return matcher.ratio()


def refuse_name(thing: str, name: str, near: Iterable[str], otherwise: str = "") -> UnknownLayer:
    """The error for a name that does not exist; `otherwise` is its advice if no known name is near."""
    names = tuple(near)
    hint = f"Did you mean {' or '.join(names)}?" if names else otherwise
    error = UnknownLayer(f"There is no {thing} {name[:60]!r} here. {hint}")
    error.misspelling = Misspelling(word=name, near=names)
    return error
