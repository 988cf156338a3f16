"""Repairs of sizes."""

from collections.abc import Iterator
from math import prod

from app.architecture.edit import remove
from app.architecture.question import DRAWN_TIMESTEPS
from app.architecture.spec import Architecture
from app.report.arguments import argument, sizes
from app.report.explain.causes import find_kind
from app.report.explain.failure import Failure
from app.report.explain.repairs.changes import change, reshape_input, swap_kind
from app.report.explain.sizes import WINDOWS, find_targets, find_timesteps
from app.report.explain.words import join_words, write_shape

BATCH_SIZE = 32

Proposals = Iterator[tuple[str, Architecture]]


def give_fixed_sizes(failure: Failure, architecture: Architecture) -> Proposals:
    """A fixed length for each input without one; pooling instead of a Flatten that needs the length."""
    flatten = find_kind(failure, failure.first, "Flatten") if failure.first else None
    if flatten is None:
        yield from _fix_inputs(architecture, "number of features", only_last=True)
    yield from _fix_inputs(architecture, "sequence length" if flatten else "size")
    if flatten and 3 <= len(flatten.input_shapes[0]) <= 5:
        pooling = f"GlobalAveragePooling{len(flatten.input_shapes[0]) - 2}D"
        pooled = swap_kind(architecture, flatten.name, pooling)
        yield f"Use {pooling} instead of {flatten.name}", pooled


def _fix_inputs(architecture: Architecture, what: str, only_last: bool = False) -> Proposals:
    names = []
    for node in architecture.nodes:
        if not node.is_input:
            continue
        shape = node.batch_shape
        places = [place for place in range(1, len(shape)) if shape[place] is None]
        fixed = [place for place in places if place == len(shape) - 1] if only_last else places
        if fixed:
            sizes_now = [DRAWN_TIMESTEPS if place in fixed else size for place, size in enumerate(shape)]
            architecture = reshape_input(architecture, node, sizes_now)
            names.append(node.name)
    if names:
        yield f"Give {join_words(names)} a fixed {what}, for example {DRAWN_TIMESTEPS}", architecture


def give_batch_size(failure: Failure, architecture: Architecture) -> Proposals:
    """A batch size for each input; or stateful=False."""
    fixed = architecture
    for node in architecture.nodes:
        if node.is_input and node.batch_shape[:1] == (None,):
            fixed = reshape_input(fixed, node, (BATCH_SIZE, *node.batch_shape[1:]))
    yield f"Give the inputs a batch size, for example {BATCH_SIZE}", fixed
    part = next(part for part in failure.parts() if argument(part.node, "stateful"))
    yield "Take stateful=True away", change(architecture, failure.name, part.depth, stateful=None)


def fit_reshape(failure: Failure, architecture: Architecture) -> Proposals:
    """Remove the batch axis from the target, leave one size to Keras, or flatten everything."""
    target = argument(failure.node, "target_shape")
    if failure.first is None or not isinstance(target, list):
        return
    total = prod(size or 0 for size in failure.first.shape[1:])
    wanted = [size for size in target if isinstance(size, int)]
    targets = find_targets(total, wanted)
    if len(wanted) > 1 and prod(wanted[1:]) == total:
        targets.insert(0, wanted[1:])
    if len(wanted) == 2:
        targets.append([1, total])
    for shape in targets:
        reshaped = change(architecture, failure.name, target_shape=[*shape])
        yield f"Use Reshape({write_shape(shape)})", reshaped


def fit_window(failure: Failure, architecture: Architecture) -> Proposals:
    """Padding, a window as long as the sequence, or no such layer."""
    node = failure.node
    if failure.first is None:
        return
    if node.kind in WINDOWS:
        yield 'Write padding="same"', change(architecture, node.name, padding="same")
        steps = failure.first.shape[find_timesteps(failure)]
        if steps and len(failure.first.shape) == 3 and sizes(node, "dilation_rate", 1) in ((), (1,)):
            shorter = change(architecture, node.name, **{WINDOWS[node.kind]: steps})
            yield f"Write {WINDOWS[node.kind]}={steps}, as long as the sequence", shorter
    if "Conv" not in node.kind:
        yield f"Leave {node.name} out", remove(architecture, node.name)
