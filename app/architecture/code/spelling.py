"""Misspelt names of Keras, and the names that may be meant."""

import re
from functools import lru_cache
from itertools import takewhile

from app.architecture.catalogue import KINDS, Kind, find_kind, refuse_name
from app.architecture.code.built import spell
from app.architecture.code.refusal import Misspelt
from app.architecture.code.values import Namespace, Unknown, Value
from app.architecture.never_built import NEVER_BUILT
from app.problems import UnknownLayer

MAKERS = ("Input", "Model", "Sequential")
"""Functions besides layer classes that are called to make a model."""

SHORTEST = 4
"""Shorter names are not checked: too many are one letter apart. A custom CNN is not a misspelt RNN."""

CALLED = re.compile(r"(?:keras\.(?:\w+\.)*)?([A-Za-z]\w*)\(")

HOMES = ("keras", "keras.layers", "keras.models")
"""Modules of layers and models; every class in them begins with a capital."""


def find_known(class_name: str) -> Kind:
    """The kind of that name. Raises a Refusal for UnknownLayer, with the names that may be meant."""
    try:
        return find_kind(class_name)
    except UnknownLayer as error:
        raise Misspelt(error) from None


def check_layer_name(value: Value) -> None:
    """Refuse an undefined name used as a layer, `Desne(3)`, if it is one typing mistake away from a kind."""
    called = CALLED.match(value.text) if isinstance(value, Unknown) else None
    if called and called[1][0].isupper() and called[1] not in NEVER_BUILT:
        find_known(called[1])
    if called and (near := _list_near(called[1])):
        raise Misspelt(refuse_name("layer", called[1], near))


def check_called(function: Unknown | Namespace) -> None:
    """Refuse a call of `Embeding` or `layers.lstm`: not defined, and one typing mistake away from a kind."""
    module, _, name = spell(function).rpartition(".")
    is_of_keras = module.split(".")[0] == "keras" if name[:1].isupper() else module in HOMES
    if is_of_keras or (name[:1].isupper() and not module):
        near = _list_near(name)
        if near and not {name, *near} & NEVER_BUILT.keys():
            thing = "layer or model" if set(near) & {*MAKERS} else "layer"
            raise Misspelt(refuse_name(thing, name, near))


@lru_cache(maxsize=1000)
def _list_near(name: str) -> tuple[str, ...]:
    known = (*MAKERS, *KINDS)
    if equal := tuple(each for each in known if each.lower() == name.lower()):
        return equal
    if len(name) < SHORTEST:
        return ()
    return tuple(each for each in known if len(each) >= SHORTEST and is_slip(name.lower(), each.lower()))


def is_slip(written: str, meant: str) -> bool:
    """Whether the words differ by one typing mistake: a letter more, less or another, or two swapped."""
    start = _count_equal(written, meant)
    written, meant = written[start:], meant[start:]
    end = _count_equal(written[::-1], meant[::-1])
    written, meant = written[: len(written) - end], meant[: len(meant) - end]
    return max(len(written), len(meant)) <= 1 or (len(written) == 2 and written == meant[::-1])


def _count_equal(one: str, other: str) -> int:
    """The length of their common prefix."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
