"""skips_padding(): whether a recurrent layer skips the timesteps that its input's mask marks."""

from app.architecture import Node
from app.report import LayerReport


def skips_padding(layer: LayerReport, node: Node) -> bool:
    """False for a layer that is called with more than its sequence, such as an initial state.

    Keras gives `mask` to a layer by itself only if that is called with a single tensor: step 6 of `__call__`
    in `keras/src/layers/layer.py`. The layer may still hand the mask on.
    """
    return layer.mask.in_ and not node.call.keys() & {"initial_state", "mask"}
