"""How many tensors a layer returns."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import JsonValue

from app.architecture.catalogue import find_kind
from app.architecture.declared import read_declared
from app.architecture.spec import MODELS, OPAQUE, Inbound, Node, Source

Output = TypeVar("Output")

MOST_OUTPUTS = 1_000
"""The most output tensors of a layer: each needs a place in the form and in the picture."""

STATES = {
    "ConvLSTM1D": 2,
    "ConvLSTM2D": 2,
    "ConvLSTM3D": 2,
    "GRU": 1,
    "GRUCell": 1,
    "LSTM": 2,
    "LSTMCell": 2,
    "SimpleRNN": 1,
    "SimpleRNNCell": 1,
}
"""The number of states that each recurrent layer returns with return_state=True."""

CELLS = frozenset(kind for kind in STATES if kind.endswith("Cell"))
"""Cells that are called on one step and their states: they return the output and the list of new states."""

PLACES = "ops.nonzero"
"""The operation that gives a tuple of tensors, one for each axis of the tensor that it reads."""

SPLITS = frozenset(
    f"ops.{name}" for name in ("array_split", "dsplit", "hsplit", "meshgrid", "split", "unstack", "vsplit")
)
"""Operations that return a list, even of one tensor."""

AS_MANY_AS_READ = "ops.meshgrid"

PAIRS = (
    *("ctc_decode", "eig", "eigh", "fft", "fft2", "histogram", "ifft2", "lu_factor", "moments", "qr", "rfft"),
    *("slogdet", "stft", "top_k"),
)
OUTPUTS = {**{f"ops.{name}": 2 for name in PAIRS}, "ops.svd": 3}
"""Other operations that return more than one tensor."""

EACH = frozenset(
    {
        *(
            "Activation",
            "ActivityRegularization",
            "AlphaDropout",
            "AugMix",
            "AutoContrast",
            "CutMix",
            "Dropout",
        ),
        *("ContrastLimitedAdaptiveHistogramEqualization", "ELU", "Equalization", "GaussianDropout"),
        *("GaussianNoise", "Identity", "LeakyReLU", "MaxNumBoundingBoxes", "MixUp", "RandAugment"),
        *("RandomBrightness", "RandomColorJitter", "RandomContrast", "RandomElasticTransform"),
        *("RandomErasing", "RandomFlip", "RandomGaussianBlur", "RandomHue", "RandomInvert"),
        *(
            "RandomPerspective",
            "RandomPosterization",
            "RandomRotation",
            "RandomSaturation",
            "RandomSharpness",
        ),
        *("RandomShear", "RandomTranslation", "RandomZoom", "ReLU", "Rescaling", "Softmax", "Solarization"),
        "UnitNormalization",
    }
)
"""Layers that, called on a list, return a list: one tensor for each that they read."""

UNIQUE = "ops.unique"
ASKED_FOR = ("return_counts", "return_index", "return_inverse")
"""Arguments of `unique`, each of which adds an output."""


def count_tensors(node: Node) -> int:
    """The number of a node's output tensors, including attention scores and the outputs of a nested model."""
    if node.model is not None:
        return len(node.model.ends)
    scores = node.call.get("return_attention_scores") is True
    return count_outputs(node.kind, node.arguments, len(node.inputs)) + scores


def list_outputs(node: Node) -> Inbound:
    """All output tensors of a node, in order."""
    return tuple(Source(node=node.name, output=output) for output in range(count_tensors(node)))


def is_usually_listed(kind: str) -> bool:
    """Whether a layer of this kind takes a single tensor in a list, as layers that merge do."""
    known = find_kind(kind)
    return known.inputs == "many" and known.call == "list" and kind not in {OPAQUE, *MODELS}


def count_outputs(kind: str, arguments: Mapping[str, JsonValue], read: int = 1) -> int:
    """The number of output tensors of a layer with these arguments that reads `read` tensors; at least 1.

    MOST_OUTPUTS + 1 stands for any larger number. A layer that gives none counts as 1, and Keras raises.
    """
    if kind == OPAQUE:
        return max(len(read_declared(arguments)), 1)
    count = read if kind == AS_MANY_AS_READ or kind in EACH else _count_outputs(kind, arguments)
    return min(max(count, 1), MOST_OUTPUTS + 1)


def _count_outputs(kind: str, arguments: Mapping[str, JsonValue]) -> int:
    if kind == "Bidirectional":
        layer = arguments.get("layer")
        if not isinstance(layer, dict):
            return 1
        inner = layer.get("arguments")
        states = _count_states(str(layer.get("kind")), inner if isinstance(inner, dict) else {})
        unmerged = "merge_mode" in arguments and arguments["merge_mode"] is None
        return (2 if unmerged else 1) + 2 * states
    if kind in SPLITS:
        return _count_parts(arguments)
    if kind in CELLS:
        return 1 + STATES[kind]
    if kind == UNIQUE:
        return 1 + sum(bool(arguments.get(name)) for name in ASKED_FOR)
    return OUTPUTS.get(kind, 1) + _count_states(kind, arguments)


def _count_parts(arguments: Mapping[str, JsonValue]) -> int:
    """`split(x, 3)` gives three tensors, `split(x, [2, 4])` the parts before, between and after."""
    parts = arguments.get("indices_or_sections", arguments.get("num"))
    return len(parts) + 1 if isinstance(parts, list) else parts if isinstance(parts, int) else 1


def _count_states(kind: str, arguments: Mapping[str, JsonValue]) -> int:
    if not arguments.get("return_state"):
        return 0
    return sum(list_cell_states(arguments)) if kind == "RNN" else STATES.get(kind, 0)


def list_cell_states(arguments: Mapping[str, JsonValue]) -> tuple[int, ...]:
    """The number of states of each cell of an RNN, in the order of the cells."""
    given = arguments.get("cell", arguments.get("cells"))
    counts: list[int] = []
    for cell in given if isinstance(given, list) else [given]:
        if isinstance(cell, dict):
            kind, inner = str(cell.get("kind")), cell.get("arguments")
            if kind == "StackedRNNCells" and isinstance(inner, dict):
                counts += list_cell_states(inner)
            else:
                counts.append(STATES.get(kind, 1))
    return tuple(counts)


def group_outputs(kind: str, arguments: Mapping[str, JsonValue], outputs: Sequence[Output]) -> list[Any]:
    """The outputs as Keras returns them: a cell's states in one list, and those of each cell of an RNN."""
    if kind in CELLS:
        return [outputs[0], list(outputs[1:])]
    counts = list_cell_states(arguments) if kind == "RNN" and len(outputs) > 1 else ()
    if len(counts) < 2:
        return list(outputs)
    states = iter(outputs[1:])
    groups = [[next(states) for _ in range(count)] for count in counts]
    return [outputs[0], *(group if len(group) > 1 else group[0] for group in groups), *states]
