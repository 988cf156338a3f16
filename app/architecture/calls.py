"""Calls: what layers are called with, by which names, and how the calls of a shared layer are told apart."""

ATTENDED = ("query", "value", "key")
"""What attention may be given by name, in the order in which it takes them."""

FIRST = ("inputs", "sequences", "x")
"""What layers call the tensor that they are called on."""

STATES = ("initial_state", "mask", "training")
"""What a recurrent layer is called with after its input, where names are left out."""


def name_call(layer: str, number: int) -> str:
    """The name of a layer's call: its own for the first (number 1), `lstm@2` for the second."""
    return layer if number == 1 else f"{layer}@{number}"
