"""Samples in which one sequence looks at another, or goes on where another ends."""

from collections.abc import Mapping

from building import give, layer, model, wrap
from pydantic import JsonValue

from app.architecture import Architecture, Node, Source


def attend_back(attention: Node) -> Node:
    """The same under a causal mask."""
    return attention.model_copy(update={"call": {"use_causal_mask": True}})


def begin_with(walk: Node, *states: Source) -> Node:
    """The same, begun with these states."""
    call: dict[str, JsonValue] = {
        "initial_state": [{"inbound": place} for place in range(1, len(states) + 1)]
    }
    return walk.model_copy(update={"inbound": (*walk.inbound, *states), "call": call})


def list_states(walk: str, count: int) -> tuple[Source, ...]:
    """The states that a layer gives beside its output."""
    return tuple(Source(node=walk, output=output) for output in range(1, count + 1))


def join_states(name: str, *states: Source) -> Node:
    """What both ways of a bidirectional layer end with, put together for a layer of twice the units."""
    return Node(kind="Concatenate", name=name, inbound=states)


PAIRS: Mapping[str, Architecture] = {
    "every-pair": model(
        "products of all pairs",
        give("first", 3, 4),
        give("second", 5, 4),
        layer("Dot", "dot", "first", "second", axes=2),
        layer("Softmax", "softmax", "dot", axis=1),
    ),
    "attention": model(
        "one sequence looks at another",
        give("query", 3, 4),
        give("memory", 5, 4),
        layer("Attention", "attention", "query", "memory"),
    ),
    "self-attention": model(
        "a longer sequence looks at itself",
        give("series", 7, 4),
        layer("MultiHeadAttention", "attention", "series", "series", num_heads=2, key_dim=2),
        layer("Add", "add", "series", "attention"),
    ),
    "causal-attention": model(
        "no timestep looks ahead",
        give("series", 8, 4),
        attend_back(layer("MultiHeadAttention", "attention", "series", "series", num_heads=2, key_dim=2)),
    ),
    "causal-memory": model(
        "one sequence looks back at another",
        give("query", 4, 4),
        give("memory", 4, 4),
        attend_back(layer("Attention", "attention", "query", "memory")),
    ),
    "states-handed-over": model(
        "an encoder hands its states over",
        give("source", 4, 7),
        give("target", 5, 9),
        layer("LSTM", "encoder", "source", units=16, return_state=True),
        begin_with(
            layer("LSTM", "decoder", "target", units=16, return_sequences=True), *list_states("encoder", 2)
        ),
        layer("Dense", "dense", "decoder", units=9, activation="softmax"),
    ),
    "states-of-both-ways": model(
        "a bidirectional encoder hands its states over",
        give("source", 4, 7),
        give("target", 5, 9),
        layer("Bidirectional", "encoder", "source", layer=wrap("LSTM", units=8, return_state=True)),
        join_states("state_h", Source(node="encoder", output=1), Source(node="encoder", output=3)),
        join_states("state_c", Source(node="encoder", output=2), Source(node="encoder", output=4)),
        begin_with(
            layer("LSTM", "decoder", "target", units=16, return_sequences=True),
            Source(node="state_h"),
            Source(node="state_c"),
        ),
    ),
    "state-of-a-picture": model(
        "a caption begins with a picture",
        give("picture", 64),
        give("caption", None, 12),
        layer("Dense", "seen", "picture", units=16),
        begin_with(layer("GRU", "writer", "caption", units=16, return_sequences=True), Source(node="seen")),
    ),
    "both-ways-begun": model(
        "both ways begin where others end",
        give("first", 3, 4),
        give("second", 4, 4),
        layer("Bidirectional", "reader", "first", layer=wrap("GRU", units=5, return_state=True)),
        begin_with(
            layer("Bidirectional", "reader_1", "second", layer=wrap("GRU", units=5, return_sequences=True)),
            *list_states("reader", 2),
        ),
    ),
    "begun-backwards": model(
        "a walk back begins where another ends",
        give("first", 4, 4),
        give("second", 4, 4),
        layer("LSTM", "back", "first", units=6, go_backwards=True, return_state=True),
        begin_with(
            layer("LSTM", "back_1", "second", units=6, go_backwards=True, return_sequences=True),
            *list_states("back", 2),
        ),
        begin_with(layer("LSTM", "forth", "second", units=6), *list_states("back", 2)),
    ),
}
