"""explain_refusal(): why Keras could not run a model on its data, in a visitor's words."""

import re
from collections.abc import Mapping

from app.architecture.spec import Architecture
from app.report.running import Array
from app.report.tokens import find_vocabulary

LONGEST_REASON = 200

_MACHINERY = re.compile(r"\x1b\[\d*m|\{\{.*?\}\}|\[Op:\w+\](?: name:)?")
"""What TensorFlow says of itself, and in which type."""


def explain_refusal(error: Exception, architecture: Architecture, data: Mapping[str, Array]) -> str:
    """The token that a layer does not know, where there is one in the data of an input; else Keras' words."""
    unknown = (_find_unknown(name, numbers, architecture) for name, numbers in data.items())
    if said := next(filter(None, unknown), None):
        return said
    reason = " ".join(_MACHINERY.sub(" ", str(error)).split())[:LONGEST_REASON]
    return f"Keras could not run the model on this data: {reason}"


def _find_unknown(name: str, numbers: Array, architecture: Architecture) -> str | None:
    vocabulary = find_vocabulary(name, architecture)
    if vocabulary is None:
        return None
    layer, kind, argument, size = vocabulary
    least, most = int(numbers.min()), int(numbers.max())
    if least >= 0 and most < size:
        return None
    knows = f"is no token of {layer}, which knows {size:,}: from 0 to {size - 1:,}."
    if most < size:
        return f"{least} {knows} Type no numbers below 0, and none to pad with."
    return f"{most} {knows} Type smaller numbers, or write {argument}={most + 1} in the {kind}."
