"""Models in a few words, for samples and tests."""

from pydantic import JsonValue

from app.architecture import Architecture, Node, Source
from app.frozen import Shape


def give(name: str, *shape: int | None, dtype: str = "float32", batch: int | None = None) -> Node:
    return Node(kind="InputLayer", name=name, arguments={"batch_shape": [batch, *shape], "dtype": dtype})


def layer(kind: str, name: str, *inbound: str, **arguments: JsonValue) -> Node:
    return Node(
        kind=kind, name=name, arguments=arguments, inbound=tuple(Source(node=node) for node in inbound)
    )


def model(name: str, *nodes: Node) -> Architecture:
    return Architecture(name=name, nodes=nodes)


def chain(name: str, *nodes: Node) -> Architecture:
    """The nodes, each reading the one before it."""
    linked = [nodes[0]]
    for node in nodes[1:]:
        linked.append(node.model_copy(update={"inbound": (Source(node=linked[-1].name),)}))
    return model(name, *linked)


def wrap(kind: str, **arguments: JsonValue) -> dict[str, JsonValue]:
    return {"kind": kind, "arguments": arguments}


def recurrent(
    shape: Shape, kind: str = "LSTM", batch: int | None = None, **arguments: JsonValue
) -> Architecture:
    return chain(
        f"one {kind}",
        give("series", *shape[1:], batch=batch),
        layer(kind, kind.lower(), **{"units": 32, **arguments}),
    )


def two_embeddings(*rest: Node, masked: bool = False, also: bool | None = None) -> Architecture:
    """Both embeddings make a mask or neither does, unless `also` says otherwise of the second one."""
    return model(
        "two embeddings",
        give("interests", None, dtype="int32"),
        give("history", None, dtype="int32"),
        layer(
            "Embedding", "embedding_interests", "interests", input_dim=1000, output_dim=64, mask_zero=masked
        ),
        layer(
            "Embedding",
            "embedding_history",
            "history",
            input_dim=500,
            output_dim=32,
            mask_zero=masked if also is None else also,
        ),
        layer("Concatenate", "concatenate", "embedding_interests", "embedding_history", axis=2),
        *rest,
    )


def residual_blocks(times: int) -> list[Node]:
    """Blocks of a Dense layer and one around it: each adds to what enters what it makes of it."""
    nodes, before = [give("vectors", 8)], "vectors"
    for place in range(times):
        nodes += [
            layer("Dense", f"dense_{place}", before, units=8, activation="relu"),
            layer("LayerNormalization", f"norm_{place}", f"dense_{place}"),
            layer("Add", f"add_{place}", before, f"norm_{place}"),
        ]
        before = f"add_{place}"
    return nodes


def walk_again(times: int, units: int) -> list[Node]:
    """A sequence, and walks that return one of the same size, each with a LayerNormalization behind it."""
    nodes = [give("series", 5, units)]
    for place in range(times):
        nodes += [
            layer("LSTM", f"lstm_{place}", units=units, return_sequences=True),
            layer("LayerNormalization", f"norm_{place}"),
        ]
    return nodes
