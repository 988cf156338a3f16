"""Names for the calls of a layer, and for the parameters by which layers take their inputs."""

ATTENDED = ("query", "value", "key")
"""What attention may be given by name, in the order in which it takes them."""

FIRST = ("inputs", "sequences", "x")
"""What layers call the tensor that they are called on."""

STATES = ("initial_state", "mask", "training")
"""What a recurrent layer is called with after its input, where names are left out."""


def name_call(layer: str, number: int) -> str:
    """The node name of a layer's call: the layer's own name for call number 1, `lstm@2` for number 2."""
    return layer if number == 1 else f"{layer}@{number}"
