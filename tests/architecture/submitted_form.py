"""What a browser submits of the cards of a model: untouched, typed over, or with a button."""

from collections.abc import Sequence

from pydantic import JsonValue

from app.architecture import Architecture, Node, Source
from app.architecture.form import Card, read_form, write_cards
from app.architecture.form.card import AxisField
from app.architecture.form.cards import number_nodes, write_outputs
from app.architecture.form.groups import Group
from app.frozen import JsonObject

Fields = list[tuple[str, str]]


def node(kind: str, name: str, *inbound: str | Source, **arguments: JsonValue) -> Node:
    return make_node(kind, name, inbound, arguments)


def make_node(kind: str, name: str, inbound: Sequence[str | Source], arguments: JsonObject) -> Node:
    return Node.model_validate({"kind": kind, "name": name, "inbound": inbound, "arguments": arguments})


def chain(*nodes: Node) -> Architecture:
    return Architecture(nodes=nodes)


EMBEDDED = chain(
    node("InputLayer", "tokens", batch_shape=[None, 3], dtype="int32"),
    node("Embedding", "embedding", "tokens", input_dim=3, output_dim=50),
    node("LSTM", "lstm", "embedding", units=100),
    node("Dense", "dense", "lstm", units=1, activation="sigmoid"),
)

BRANCHED = Architecture(
    nodes=(
        node("InputLayer", "left", batch_shape=[None, None]),
        node("InputLayer", "right", batch_shape=[None, None]),
        node("LSTM", "memory", "left", units=4, return_state=True),
        node("Concatenate", "both", "right", Source(node="memory", output=1), axis=1),
    ),
    outputs=(Source(node="both"), Source(node="memory", output=2)),
)


def fill_in(architecture: Architecture) -> Fields:
    """What a browser submits of an untouched form, control by control as the templates write it."""
    fields = [("model", architecture.name)]
    fields += [("outputs", output) for output in write_outputs(architecture, number_nodes(architecture, {}))]
    for card in write_cards(architecture):
        fields += [(f"n{card.key}.name", card.name), *fill_in_group(card), *fill_in_card(card)]
    return fields


def fill_in_card(card: Card) -> Fields:
    fields = [(f"n{card.key}.inbound", choice.value) for choice in card.reads if choice.chosen]
    fields += [
        (f"n{card.key}.handed", choice.value)
        for handed in card.handed
        for choice in handed.choices
        if choice.chosen
    ]
    fields += [(f"n{card.key}.call", card.call)] * bool(card.call)
    fields += [(f"n{card.key}.shares", card.shares_key)] * bool(card.shares)
    fields += [(f"n{card.key}.model", card.model)] * bool(card.model)
    for inner in card.inner:
        fields += [*fill_in_group(inner), *fill_in_axes(inner.axes)]
    return fields + fill_in_axes(card.axes)


def fill_in_axes(axes: Sequence[AxisField]) -> Fields:
    fields: Fields = []
    for axis in axes:
        size = "" if axis.size is None else str(axis.size)
        fields += [(axis.name, size)] + [(f"{axis.name}.any", size)] * (axis.size is None)
    return fields


def fill_in_group(group: Group) -> Fields:
    fields = [(f"{group.prefix}.kind", group.kind), (f"{group.prefix}.was", group.kind)]
    fields += [(f"{group.prefix}.rest", group.rest)] * bool(group.rest)
    for field in group.fields:
        fields += [(field.name, "false")] * (field.widget == "checkbox")
        if field.widget != "checkbox" or field.value == "true":
            fields.append((field.name, field.value))
    for wrapped in group.groups:
        fields += fill_in_group(wrapped)
    return fields


def change(fields: Fields, **changed: str) -> Fields:
    """The same fields, some typed over; `n2__units` is the field `n2.units`."""
    typed = {name.replace("__", "."): value for name, value in changed.items()}
    kept = [(name, typed.pop(name, value)) for name, value in fields]
    return kept + list(typed.items())


def submit(architecture: Architecture, **changed: str) -> Architecture:
    """What is read of its form, some fields typed over."""
    asked = read_form(change(fill_in(architecture), **changed)).architecture
    assert asked is not None
    return asked


def press(architecture: Architecture, button: str, **changed: str) -> Architecture:
    return submit(architecture, do=button, **changed)


def name_nodes(architecture: Architecture) -> list[str]:
    return [node.name for node in architecture.nodes]
