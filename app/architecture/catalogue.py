"""What Keras offers: every kind of layer that may be built, and every operation, with its arguments.

Generated from Keras by `scripts/make_catalogue.py` and `scripts/make_operations.py`. What is not here is
never instantiated and never called.
"""

import difflib
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import JsonValue, TypeAdapter

from app.architecture.spec import OPAQUE
from app.frozen import Frozen
from app.problems import UnknownLayer

ArgumentType = Literal[
    "integer",
    "number",
    "numbers",
    "boolean",
    "text",
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
"""The category of what only works inside an RNN."""
OPERATION = "operation"
"""The category of the functions of `keras.ops`. Their kinds are named after them: `ops.add`."""


class Argument(Frozen):
    """One constructor argument. `ignored` ones change no shape, mask or count, and never reach Keras."""

    name: str
    type: ArgumentType
    required: bool
    default: JsonValue
    choices: tuple[str, ...]
    help: str
    keyword_only: bool


class Kind(Frozen):
    """One layer class. `inputs` says how many tensors it is called on, and `call` how many are passed."""

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
        """The arguments that may be given without their names, in order."""
        return tuple(argument.name for argument in self.arguments if not argument.keyword_only)

    def argument(self, name: str) -> Argument | None:
        """The argument of that name, or None where the layer takes no such argument."""
        return self._by_name.get(name)


def _load_kinds(file: str) -> Mapping[str, Kind]:
    text = Path(__file__).with_name(file).read_bytes()
    return MappingProxyType({kind.name: kind for kind in TypeAdapter(list[Kind]).validate_json(text)})


KINDS: Mapping[str, Kind] = _load_kinds("catalogue.json")


@cache
def load_operations() -> Mapping[str, Kind]:
    """The operations by name (`ops.add`). Read when they are first wanted: many models have none."""
    return _load_kinds("operations.json")


def _own_argument(name: str, argument_type: ArgumentType, words: str) -> Argument:
    return Argument(
        name=name,
        type=argument_type,
        required=False,
        default=None,
        choices=(),
        help=words,
        keyword_only=True,
    )


def _model_kind(name: str, summary: str) -> Kind:
    return Kind(
        name=name, category="model", summary=summary, inputs="many", call="list", aliases=(), arguments=()
    )


def _application_kind(name: str, inputs: Literal["one", "many"], *arguments: Argument) -> Kind:
    return Kind(
        name=name,
        category="application",
        summary="A layer that only the models of keras.applications have.",
        inputs=inputs,
        call="list",
        aliases=(),
        arguments=arguments,
    )


OWN_KINDS: Mapping[str, Kind] = {
    "CustomScaleLayer": _application_kind(
        "CustomScaleLayer",
        "many",
        _own_argument("scale", "number", "What the second input is multiplied by."),
    ),
    "LayerScale": _application_kind(
        "LayerScale",
        "one",
        _own_argument("init_values", "number", "What every scale starts from."),
        _own_argument("projection_dim", "integer", "The number of channels, each of which has a scale."),
    ),
    "StochasticDepth": _application_kind(
        "StochasticDepth", "one", _own_argument("drop_path_rate", "number", "How often a path is dropped.")
    ),
    "Sequential": _model_kind("Sequential", "A chain of layers, used as one layer."),
    "Functional": _model_kind("Functional", "A graph of layers, used as one layer."),
    OPAQUE: Kind(
        name=OPAQUE,
        category="opaque",
        summary="A layer of somebody's own. It is never run: its output shape is what is declared here.",
        inputs="many",
        call="list",
        aliases=(),
        arguments=(
            _own_argument("class_name", "text", "The layer's own class."),
            _own_argument("output_shape", "shape", "The shape that it gives, batch axis first."),
            _own_argument("dtype", "text", "The type of what it gives; float32 if not said."),
        ),
    ),
}
"""What stands in a model, and is no public layer of Keras."""

_SPELLINGS = {spelling: kind for kind in KINDS.values() for spelling in (kind.name, *kind.aliases)}
_LOWERED = {spelling.lower(): kind for spelling, kind in _SPELLINGS.items()}


def find_kind(name: str) -> Kind:
    """The kind of that name or alias. Raises UnknownLayer, with the nearest names there are."""
    if kind := _SPELLINGS.get(name) or OWN_KINDS.get(name):
        return kind
    if name.startswith("ops."):
        return _find_operation(name)
    lowered = name.lower()[:40]
    near = [lowered] if lowered in _LOWERED else difflib.get_close_matches(lowered, _LOWERED, n=3, cutoff=0.6)
    names = dict.fromkeys(_LOWERED[spelling].name for spelling in near)
    hint = f"Did you mean {' or '.join(names)}?" if names else "The catalogue lists the layers there are."
    raise UnknownLayer(f"There is no layer {name[:60]!r} here. {hint}")


def _find_operation(name: str) -> Kind:
    operations = load_operations()
    if kind := operations.get(name):
        return kind
    near = difflib.get_close_matches(name[:40], operations, n=3, cutoff=0.6)
    hint = f"Did you mean {' or '.join(near)}?" if near else "It is none of keras.ops on tensors."
    raise UnknownLayer(f"There is no operation {name[:60]!r} here. {hint}")
