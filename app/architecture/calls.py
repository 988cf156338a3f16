"""Names for the calls of a layer, and for the parameters by which layers take their inputs."""

ATTENDED = ("query", "value", "key")
"""The inputs of attention layers by keyword, in their positional order."""

FIRST = ("inputs", "sequences", "x", "sequence")
"""The names that layers give their first parameter."""

_FIRST_OF = {"RMSNormalization": "x", "SimpleRNNCell": "sequence", "TimeDistributed": "inputs"}

STATES = ("initial_state", "mask", "training")
"""The positional parameters of a recurrent layer after its input."""


def name_call(layer: str, number: int) -> str:
    """The node name of a layer's call: the layer's own name for call number 1, `lstm@2` for number 2."""
    return layer if number == 1 else f"{layer}@{number}"


def say_call(name: str) -> str:
    """A node's name in sentences: `lstm`, or `call 2 of lstm` for `lstm@2`."""
    layer, _, number = name.rpartition("@")
    return f"call {number} of {layer}" if layer and number.isdecimal() else name


def name_first(kind: str, category: str) -> str:
    """The name of the first parameter of such a layer."""
    return _FIRST_OF.get(kind, "sequences" if category == "recurrent" else "inputs")
