"""Random architectures over every kind in the catalogue, as they are after tidying and ordering."""

from typing import Any

from hypothesis import strategies as st
from pydantic import JsonValue

from app.architecture import Architecture, Node, Source
from app.architecture.catalogue import KINDS, Argument, Kind
from app.architecture.code.layers.naming import Naming
from app.architecture.order import connect_nodes
from app.architecture.outputs import count_outputs
from app.architecture.spec import INPUT
from app.architecture.tidy import tidy_arguments
from app.frozen import JsonObject

LAYERS = sorted((kind for kind in KINDS.values() if kind.name != INPUT), key=lambda kind: kind.name)
SINGLE = [kind for kind in LAYERS if kind.inputs == "one"]
SIZES = st.integers(-3, 10**20)

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


def values(argument: Argument, depth: int) -> st.SearchStrategy[JsonValue]:
    """Values of an argument's type, as JSON."""
    if argument.type == "choice":
        return st.sampled_from([*argument.choices, None, "unheard-of"])
    if argument.type == "layer":
        return layers(depth - 1) | st.lists(layers(depth - 1), min_size=1, max_size=2)
    by_type: dict[str, st.SearchStrategy[Any]] = {
        "integer": SIZES | st.lists(SIZES, max_size=3),
        "number": st.floats(allow_nan=False, allow_infinity=False) | SIZES,
        "numbers": st.lists(st.floats(-1, 1), max_size=3) | st.floats(-1, 1),
        "pairs": SIZES | st.lists(SIZES | st.lists(SIZES, min_size=2, max_size=2), max_size=3),
        "boolean": st.booleans(),
        "text": texts,
        "texts": st.lists(texts, max_size=3),
        "shape": st.lists(st.none() | SIZES, max_size=4),
    }
    return by_type[argument.type]


@st.composite
def arguments(draw: st.DrawFn, kind: Kind, depth: int = 2) -> JsonObject:
    """Some arguments of a kind, the required ones among them."""
    given: JsonObject = {}
    for argument in kind.arguments:
        wanted = argument.type != "ignored" and (argument.type != "layer" or depth > 0)
        if wanted and (argument.required or draw(st.integers(0, 3)) == 0):
            given[argument.name] = draw(values(argument, depth))
    return tidy_arguments(kind, given)


@st.composite
def layers(draw: st.DrawFn, depth: int) -> JsonObject:
    """A layer inside a wrapper."""
    kind = draw(st.sampled_from(SINGLE))
    return {"kind": kind.name, "arguments": draw(arguments(kind, depth))}


@st.composite
def inputs(draw: st.DrawFn) -> JsonObject:
    """The arguments of an input."""
    given: JsonObject = {"batch_shape": draw(st.lists(st.none() | SIZES, min_size=1, max_size=4))}
    if draw(st.booleans()):
        given["dtype"] = draw(st.sampled_from(["int32", "float16", "bool"]))
    return given


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    """A graph of up to eight layers, in Keras' order, every layer needed by an output."""
    naming = Naming()
    nodes: dict[str, Node] = {}
    tensors: list[Source] = []
    kinds = [KINDS[INPUT]] * draw(st.integers(1, 3)) + draw(st.lists(st.sampled_from(LAYERS), max_size=5))
    for kind in kinds:
        given = draw(inputs() if kind.name == INPUT else arguments(kind))
        most = {"none": 0, "one": 1, "many": 3}[kind.inputs]
        inbound = tuple(draw(st.sampled_from(tensors)) for _ in range(draw(st.integers(min(most, 1), most))))
        name = naming.make_name(kind.name) if draw(st.booleans()) else draw(texts)
        while name in nodes:
            name += "_"
        nodes[name] = Node(kind=kind.name, name=name, arguments=given, inbound=inbound)
        tensors += [Source(node=name, output=at) for at in range(count_outputs(kind.name, given))]
    read = {source.node for node in nodes.values() for source in node.inbound}
    outputs = [Source(node=name) for name in nodes if name not in read]
    outputs += draw(st.lists(st.sampled_from(tensors), max_size=2))
    entering = [name for name, node in nodes.items() if node.is_input]
    name = draw(st.just("model") | texts)
    return connect_nodes(name, nodes, entering, tuple(dict.fromkeys(outputs)))
