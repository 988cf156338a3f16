"""connect_chain(): the graph of a Sequential."""

from collections.abc import Iterable

from app.architecture.outputs import is_usually_listed, list_outputs
from app.architecture.spec import Architecture, Node


def connect_chain(name: str, nodes: Iterable[Node]) -> Architecture:
    """Each node reads all outputs of the one before, as in Keras; the model ends in all of the last one's.

    The first node is an input; what the others have in `inbound` is replaced.
    """
    chained: list[Node] = []
    for node in nodes:
        inbound = list_outputs(chained[-1]) if chained else ()
        # A layer that merges is called without a list, which Keras refuses.
        bare = len(inbound) == 1 and is_usually_listed(node.kind)
        chained.append(node.model_copy(update={"inbound": inbound, "listed": False if bare else None}))
    ends = list_outputs(chained[-1])
    return Architecture(name=name, nodes=tuple(chained), outputs=ends if len(ends) > 1 else ())
