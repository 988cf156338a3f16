"""Samples in which one sequence looks at another, or goes on where another ends."""

from collections.abc import Mapping

from building import give, layer, model
from pydantic import JsonValue

from app.architecture import Architecture, Node, Source


def attend_back(attention: Node) -> Node:
    """The same under a causal mask."""
    return attention.model_copy(update={"call": {"use_causal_mask": True}})


def begin_with(walk: Node, encoder: str) -> Node:
    """The same, begun with the two states that an LSTM gives."""
    states = (Source(node=encoder, output=1), Source(node=encoder, output=2))
    call: dict[str, JsonValue] = {"initial_state": [{"inbound": 1}, {"inbound": 2}]}
    return walk.model_copy(update={"inbound": (*walk.inbound, *states), "call": call})


PAIRS: Mapping[str, Architecture] = {
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
        begin_with(layer("LSTM", "decoder", "target", units=16, return_sequences=True), "encoder"),
        layer("Dense", "dense", "decoder", units=9, activation="softmax"),
    ),
}
