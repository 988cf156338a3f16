"""What a layer reads of its other inputs: `depends` speaks of the first."""

from app.architecture import Node
from app.architecture.catalogue import find_kind
from app.report import LayerReport


def reads_again(node: Node, place: int) -> bool:
    """Whether what is read there is the first input, of which `depends` says all."""
    return place > 0 and node.inbound[place] == node.inbound[0]


def looks_everywhere(layer: LayerReport) -> bool:
    """Whether each output step reads all steps of every input but the first."""
    return layer.kind == "Dot" or find_kind(layer.kind).category == "attention"


def looks_back(node: Node) -> bool:
    """Whether no output step reads a later step of any input."""
    return node.call.get("use_causal_mask") is True
