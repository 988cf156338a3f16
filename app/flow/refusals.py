"""Why a model is not run on its data, or why Keras could not run it, for the visitor."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from app.architecture.sequences import Sequences
from app.architecture.spec import OPAQUE, Architecture, Node
from app.flow.entries import Entry, list_entries
from app.flow.padded import find_typed
from app.report import Report
from app.report.arguments import argument, wrapped
from app.report.explain.sizes import LOOKING_UP
from app.report.runs.running import Array
from app.report.runs.tokens import find_vocabulary

LONGEST_REASON = 200
MOST_NAMED = 6
"""How many unknown tokens are named."""

MOST_PARAMETERS = 5_000_000
"""A model with more parameters is not run."""

_MACHINERY = re.compile(r"\x1b\[\d*m|\{\{.*?\}\}|\[Op:\w+\](?: name:)?")
"""Parts of TensorFlow's messages that are about TensorFlow itself."""


def refuse_run(report: Report, has_timesteps: bool) -> str:
    """Why this model is not run, in a sentence; empty if it may be."""
    if report.status != "builds":
        return "The model does not build, so it cannot be run."
    refused = (_refuse_layer(name, node) for name, node in _list_nodes(report.architecture))
    if said := next(filter(None, refused), _refuse_text(report)):
        return said
    if not has_timesteps:
        return "No input of this model has timesteps."
    if report.totals.parameters > MOST_PARAMETERS:
        return f"The model has more than {MOST_PARAMETERS:,} parameters: it is not run."
    return ""


def _list_nodes(architecture: Architecture, around: str = "") -> Iterator[tuple[str, Node]]:
    """Every layer with its name, including those inside nested models and wrappers."""
    for node in architecture.nodes:
        yield f"{around}{node.name}", wrapped(node) or node
        if node.model is not None:
            yield from _list_nodes(node.model, f"{around}{node.name} › ")


def _refuse_layer(name: str, node: Node) -> str:
    if node.kind == OPAQUE:
        return f"{name} is a layer of your own, which is never run."
    if _ends_process(node):
        return f"{name} picks the maximum of everything, which TensorFlow crashes at: it is not run."
    if node.kind in LOOKING_UP and not argument(node, "vocabulary"):
        return (
            f"{name} has no vocabulary before `adapt` reads one from data, which is not done here. "
            f"Write some terms into the {node.kind}, vocabulary=[…], and the model is run."
        )
    return ""


def _ends_process(node: Node) -> bool:
    """Adaptive max pooling to one window makes TensorFlow divide by zero, which kills its process."""
    size = argument(node, "output_size")
    return node.kind.startswith("AdaptiveMaxPooling") and 1 in (size if isinstance(size, list) else [size])


def _refuse_text(report: Report) -> str:
    texts = (entry.name for entry in list_entries(report) if entry.dtype == "string")
    if (name := next(texts, None)) is None:
        return ""
    nodes = report.architecture.nodes
    reader = next((node.name for node in nodes if name in (source.node for source in node.inbound)), name)
    return (
        f"{name} reads text, and models are run on numbers here. Begin with the tokens, "
        f'keras.Input((None,), dtype="int64"), in the place of {reader}.'
    )


def refuse_sequences(entries: tuple[Entry, ...], sequences: Sequences) -> str:
    """Why the sequences do not fit these inputs, in a sentence; empty if they do."""
    timed = [entry.name for entry in entries if entry.has_timesteps]
    if strange := [name for name in sequences.by_input if name not in timed]:
        return (
            f"There are sequences for {strange[0]}, which is no input of this model that has timesteps. "
            f"Name one of its own: {', '.join(timed)}."
        )
    counts = {name: len(typed.rows) for name, typed in find_typed(entries, sequences).items()}
    if len(set(counts.values())) < 2:
        return ""
    most, fewest = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
    return (
        f"{most} has {counts[most]} sequences, {fewest} has {counts[fewest]}. Each sample of a batch is one "
        f"sequence for every input: type as many for {fewest} as for {most}."
    )


def explain_refusal(error: Exception, architecture: Architecture, data: Mapping[str, Array]) -> str:
    """The tokens that are outside of a layer's vocabulary, if there are any; else Keras' message."""
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
    strange = [int(number) for number in np.unique(numbers[(numbers < 0) | (numbers >= size)])]
    if not strange:
        return None
    are = "is no token" if len(strange) == 1 else "are no tokens"
    advice = ["Type no numbers below 0, and none to pad with."] if strange[0] < 0 else []
    if strange[-1] >= size:
        advice.append(f"Type smaller numbers, or write {argument}={strange[-1] + 1} in the {kind}.")
    knows = f"of {layer}, which knows {size:,}: from 0 to {size - 1:,}."
    return " ".join([_list_numbers(strange), are, knows, *advice])


def _list_numbers(numbers: list[int]) -> str:
    """`5, 7 and 9`; of many, the first few and how many more there are."""
    named = [str(number) for number in numbers[:MOST_NAMED]]
    if more := len(numbers) - len(named):
        named.append(f"{more} more")
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
