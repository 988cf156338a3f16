"""Repairs of layers that join tensors."""

from collections.abc import Iterator

from app.architecture.spec import Architecture
from app.report.arguments import argument
from app.report.explain.causes import find_kind
from app.report.explain.failure import Failure
from app.report.explain.merging import find_differing_axes, find_unmergeable_axes
from app.report.explain.repairs.changes import change, put_before, swap_kind
from app.report.explain.words import join_words

Proposals = Iterator[tuple[str, Architecture]]


def read_twice(failure: Failure, architecture: Architecture) -> Proposals:
    """Attention on a single tensor: the sequence attends to itself."""
    node = architecture.node(failure.name)
    itself = node.model_copy(update={"inbound": (*node.inbound, *node.inbound)})
    source = failure.received[0].source.name
    yield f"Connect {source} to {node.name} twice", architecture.replace(node.name, itself)


def put_inputs_together(failure: Failure, architecture: Architecture) -> Proposals:
    """Join several tensors into one; for a Subtract, into two."""
    node = failure.node
    if node.kind != "Subtract":
        together = put_before(architecture, node.name, "Concatenate", position=None)
        yield f"Put Concatenate before {node.name}", together
    elif len(node.inbound) > 2:
        two = node.model_copy(update={"inbound": node.inbound[:2]})
        words = join_words([source.node for source in two.inbound])
        yield f"Connect only {words} to {node.name}", architecture.replace(node.name, two)


def make_concatenable(failure: Failure, architecture: Architecture) -> Proposals:
    """Concatenate along the axis that differs, make the timesteps equal, or make vectors of the inputs."""
    ranks = {len(tensor.shape) for tensor in failure.received}
    if len(ranks) > 1:
        yield from _level_ranks(failure, architecture)
        return
    shapes = [tensor.shape for tensor in failure.received]
    differing = find_differing_axes(shapes)
    if len(differing) == 1 and differing[0] > 0:
        axis = differing[0]
        yield f"Concatenate along axis {axis}", change(architecture, failure.name, axis=axis)
    if ranks == {3}:
        yield from _crop_timesteps(failure, architecture)
        for title, pooled in _pool(failure, architecture):
            yield title, change(pooled, failure.name, axis=None)


def _pool(failure: Failure, architecture: Architecture) -> Proposals:
    """Make a vector of each sequence."""
    pooled = architecture
    for position in range(len(failure.received)):
        pooled = put_before(pooled, failure.name, "GlobalAveragePooling1D", position)
    yield "Pool each sequence to a vector first", pooled


def _crop_timesteps(failure: Failure, architecture: Architecture) -> Proposals:
    """Cut the longer sequences to the length of the shortest."""
    lengths = [tensor.shape[1] for tensor in failure.received]
    known = [length for length in lengths if length is not None]
    if len(set(known)) < 2 or len(known) < len(lengths):
        return
    cut = architecture
    for position, length in enumerate(known):
        if length > min(known):
            cut = put_before(cut, failure.name, "Cropping1D", position, cropping=[0, length - min(known)])
    yield f"Cut the longer sequences to {min(known)} timesteps with Cropping1D", cut


def _level_ranks(failure: Failure, architecture: Architecture) -> Proposals:
    """Make vectors of the sequences, or sequences of the vectors."""
    ranks = [len(tensor.shape) for tensor in failure.received]
    if set(ranks) != {2, 3}:
        return
    pooled = repeated = architecture
    lengths = {tensor.shape[1] for tensor in failure.received if len(tensor.shape) == 3}
    for position, rank in enumerate(ranks):
        if rank == 3:
            pooled = put_before(pooled, failure.name, "GlobalAveragePooling1D", position)
        elif len(lengths) == 1:
            repeated = put_before(repeated, failure.name, "RepeatVector", position, n=min(lengths, key=str))
    if argument(failure.node, "axis") not in (-1, None):
        pooled = change(pooled, failure.name, axis=None)
    if repeated != architecture:
        yield "Repeat the vector at every timestep with RepeatVector", repeated
    yield "Pool the sequence to a vector with GlobalAveragePooling1D", pooled


def make_mergeable(failure: Failure, architecture: Architecture) -> Proposals:
    """Make units or timesteps equal; else concatenate instead."""
    shapes = [tensor.shape for tensor in failure.received]
    ranks = {len(shape) for shape in shapes}
    if 0 in ranks:
        return
    if len(ranks) > 1:
        yield from _project(failure, architecture)
        yield from _level_ranks(failure, architecture)
        return
    places = find_unmergeable_axes(shapes)
    last = len(shapes[0]) - 1
    if last in places:
        yield from _sum_directions(failure, architecture)
        yield from _repeat_more(failure, architecture)
        yield from _project(failure, architecture)
    if ranks == {3} and 1 in places:
        yield from _crop_timesteps(failure, architecture)
    if ranks == {3} and {1, last} <= {*places}:
        yield from _project_each(failure, _crop_timesteps(failure, architecture))
        yield from _project_each(failure, _pool(failure, architecture))
    if len(places) == 1 and places[0] > 0:
        beside = swap_kind(architecture, failure.name, "Concatenate", axis=places[0])
        yield f"Use Concatenate instead of {failure.node.kind}", beside


def _sum_directions(failure: Failure, architecture: Architecture) -> Proposals:
    """A Bidirectional has twice the units, unless its directions are summed."""
    names = {row.name for tensor in failure.received if (row := find_kind(failure, tensor, "Bidirectional"))}
    for name in sorted(names):
        summed = change(architecture, name, merge_mode="sum")
        yield f'Give {name} merge_mode="sum", so that it has as many units as its layer', summed


def _repeat_more(failure: Failure, architecture: Architecture) -> Proposals:
    """RepeatVector(units) then Permute, beside a tensor with more features: repeat more often."""
    for tensor in failure.received:
        row = find_kind(failure, tensor, "RepeatVector")
        widest = max(other.shape[-1] or 0 for other in failure.received)
        if row and argument(architecture.node(row.name), "n") == tensor.shape[-1] != widest:
            yield f"Give {row.name} n={widest}", change(architecture, row.name, n=widest)


def _project(failure: Failure, architecture: Architecture) -> Proposals:
    """A Dense after each input whose last size differs from that of the first input of highest rank."""
    units = max(failure.received, key=lambda tensor: len(tensor.shape)).shape[-1]
    projected, words = architecture, []
    for position, tensor in enumerate(failure.received):
        if units is not None and tensor.shape[-1] != units:
            projected = put_before(projected, failure.name, "Dense", position, units=units)
            words.append(tensor.source.name)
    if words:
        yield f"Put Dense({units}) behind {join_words(words)}", projected


def _project_each(failure: Failure, proposals: Proposals) -> Proposals:
    """The same proposals, with the projection as well."""
    for title, proposed in proposals:
        for more, projected in _project(failure, proposed):
            yield f"{title}, and {more[0].lower()}{more[1:]}", projected
