"""Repairs of the number of axes."""

from collections.abc import Callable, Iterator
from math import isqrt
from typing import NamedTuple

from app.architecture.catalogue import KINDS
from app.architecture.edit import remove
from app.architecture.form.starts import start_arguments
from app.architecture.spec import Architecture, Node
from app.report.arguments import argument, wrapped
from app.report.explain.causes import RECURRENT, find_kind, find_rank_change, lost_timesteps
from app.report.explain.failure import Failure, Received
from app.report.explain.reads import READS, Reads, find_reads
from app.report.explain.repairs.changes import change, count_readers, put_before, reshape_input, unwrap
from app.report.explain.words import join_words, write_shape

Proposals = Iterator[tuple[str, Architecture]]


def return_sequences(failure: Failure, architecture: Architecture) -> Proposals:
    """return_sequences=True for the recurrent layer before or for all such layers; or its last step,
    repeated.
    """
    if failure.first is None:
        return
    cause = find_rank_change(failure, failure.first)
    for names in dict.fromkeys([(cause.name,), tuple(_find_shortened(architecture))]):
        words = join_words([_name_recurrent(architecture.node(name)) for name in names])
        yield f"Give {words} return_sequences=True", _return_all(architecture, names)
    timesteps = cause.input_shapes[0][1]
    if failure.node.kind.startswith("Global"):
        yield f"Leave {failure.name} out", remove(architecture, failure.name)
    elif timesteps is not None:
        repeated = put_before(architecture, failure.name, "RepeatVector", n=timesteps)
        yield f"Repeat the last step of {cause.name} with RepeatVector({timesteps})", repeated


def _name_recurrent(node: Node) -> str:
    inner = wrapped(node)
    return f"the {inner.kind} inside {node.name}" if inner else node.name


def _return_all(architecture: Architecture, names: tuple[str, ...]) -> Architecture:
    for name in names:
        depth = 1 if architecture.node(name).kind == "Bidirectional" else 0
        architecture = change(architecture, name, depth, return_sequences=True)
    return architecture


def _find_shortened(architecture: Architecture) -> Iterator[str]:
    """The recurrent layers that return no sequence to a layer that needs one, judged by kinds."""
    wants: set[str] = set()
    names = []
    for node in reversed(architecture.nodes):
        reads = READS.get(node.kind)
        if node.name in wants and node.kind in RECURRENT and not _gives_sequence(node):
            names.append(node.name)
        if (reads and reads.wants_sequence) or (node.name in wants and node.kind not in _RANK_CHANGERS):
            wants.update(source.node for source in node.inbound)
    return reversed(names)


def _gives_sequence(node: Node) -> bool:
    return argument(wrapped(node) or node, "return_sequences") is True


_RANK_CHANGERS = ("Embedding", "Flatten", "RepeatVector", "Reshape")


def add_timesteps(failure: Failure, architecture: Architecture) -> Proposals:
    """Remove the layer that dropped the timesteps; else add an axis."""
    tensor = failure.first
    if tensor is None:
        return
    cause = find_rank_change(failure, tensor)
    if lost_timesteps(cause):
        yield f"Leave {cause.name} out", remove(architecture, cause.name)
    features = tensor.shape[-1]
    if tensor.is_input and tensor.source.output_dtypes[0].startswith("int"):
        usual = start_arguments(KINDS["Embedding"])
        embedded = put_before(architecture, failure.name, "Embedding", 0, **usual)
        yield f"Put an Embedding before {failure.name}, if the numbers are tokens", embedded
    if tensor.is_input and count_readers(architecture, tensor.source.name) == 1:
        yield from _widen_input(architecture, architecture.node(tensor.source.name), features)
    yield from _unwrap(failure, architecture)
    for target, words in (
        ([1, features or -1], "one timestep"),
        ([features or -1, 1], "timesteps of one feature"),
    ):
        reshaped = put_before(architecture, failure.name, "Reshape", target_shape=[*target])
        yield f"Make {words} of it with Reshape({write_shape(target)})", reshaped


def _unwrap(failure: Failure, architecture: Architecture) -> Proposals:
    inner = wrapped(failure.node)
    if failure.node.kind == "TimeDistributed" and inner:
        yield f"Use the {inner.kind} without TimeDistributed", unwrap(architecture, failure.name)


def _widen_input(architecture: Architecture, node: Node, features: int | None) -> Proposals:
    batch = node.batch_shape[0]
    many = reshape_input(architecture, node, (batch, features, 1))
    yield f"Read {node.name} as timesteps of one feature: Input({write_shape((features, 1))})", many
    if features is not None:
        one = reshape_input(architecture, node, (batch, 1, features))
        yield (
            f"Read {node.name} as one timestep of {features} features: Input({write_shape((1, features))})",
            one,
        )


class Misfit(NamedTuple):
    """A layer, the tensor with too few or too many axes that it was called on, and what it reads."""

    failure: Failure
    tensor: Received
    reads: Reads

    @property
    def missing(self) -> int:
        """How many axes the tensor lacks; negative where it has too many."""
        return self.reads.least - len(self.tensor.shape)


def change_rank(failure: Failure, architecture: Architecture) -> Proposals:
    """Fewer axes, or more, whichever the layer needs: the first row of RANK_CHANGES that applies."""
    tensor = failure.first
    if tensor is None:
        return
    reads = find_reads(failure.node)
    if reads is None or reads.fits(len(tensor.shape)):
        yield from _unwrap(failure, architecture)
        return
    misfit = Misfit(failure, tensor, reads)
    propose = next(propose for applies, propose in RANK_CHANGES if applies(misfit))
    yield from propose(misfit, architecture)


def _permute_all(misfit: Misfit, architecture: Architecture) -> Proposals:
    name = misfit.failure.name
    dims = tuple(range(len(misfit.tensor.shape) - 1, 0, -1))
    yield f"Write dims={write_shape(dims)}", change(architecture, name, dims=[*dims])
    yield f"Leave {name} out", remove(architecture, name)


def _make_one_timestep(misfit: Misfit, architecture: Architecture) -> Proposals:
    target = [1, *(-1 if size is None else size for size in misfit.tensor.shape[1:])]
    reshaped = put_before(architecture, misfit.failure.name, "Reshape", target_shape=[*target])
    yield f"Make one timestep of it with Reshape({write_shape(target)})", reshaped


def _add_axes_to_input(misfit: Misfit, architecture: Architecture) -> Proposals:
    node = architecture.node(misfit.tensor.source.name)
    if node.is_input:
        shape = (*node.batch_shape, *[1] * (misfit.reads.least - len(node.batch_shape)))
        yield f"Give {node.name} the shape {write_shape(shape)}", reshape_input(architecture, node, shape)


def _make_image(misfit: Misfit, architecture: Architecture) -> Proposals:
    failure, tensor, rank = misfit.failure, misfit.tensor, misfit.reads.least
    shape = tensor.shape
    flatten = find_kind(failure, tensor, "Flatten")
    if flatten and len(shape) == 2:
        yield f"Leave {flatten.name} out", remove(architecture, flatten.name)
    node = architecture.node(tensor.source.name)
    if len(shape) == rank - 1:
        if node.is_input and count_readers(architecture, node.name) == 1:
            widened = reshape_input(architecture, node, (*shape, 1))
            yield f"Add the axis of channels: Input({write_shape((*shape[1:], 1))})", widened
        if shape.count(None) <= 1 or shape[1:].count(None) <= 1:
            target = [-1 if size is None else size for size in (*shape[1:], 1)]
            reshaped = put_before(architecture, failure.name, "Reshape", target_shape=[*target])
            yield f"Add the axis of channels with Reshape({write_shape(target)})", reshaped
    if len(shape) == rank + 1 and node.is_input:
        without = reshape_input(architecture, node, (shape[0], *shape[2:]))
        yield f"Leave the number of samples out: Input({write_shape(shape[2:])})", without
    side = isqrt(shape[1] or 0) if len(shape) == 2 else 0
    if rank == 4 and side and side * side == shape[1]:
        square = put_before(architecture, failure.name, "Reshape", target_shape=[side, side, 1])
        yield f"Make square images of it with Reshape({write_shape((side, side, 1))})", square


def _make_vector(misfit: Misfit, architecture: Architecture) -> Proposals:
    failure, tensor = misfit.failure, misfit.tensor
    recurrent = find_kind(failure, tensor, *RECURRENT)
    if recurrent:
        depth = 1 if recurrent.kind == "Bidirectional" else 0
        last = change(architecture, recurrent.name, depth, return_sequences=None)
        yield f"Take return_sequences away from {recurrent.name}", last
    yield f"Leave {failure.name} out", remove(architecture, failure.name)
    for kind in ("GlobalAveragePooling1D", "Flatten"):
        yield f"Put {kind} before {failure.name}", put_before(architecture, failure.name, kind)


def _make_sequence(misfit: Misfit, architecture: Architecture) -> Proposals:
    shape = misfit.tensor.shape
    node = architecture.node(misfit.tensor.source.name)
    if node.is_input and len(shape) == 4:
        without = reshape_input(architecture, node, (shape[0], *shape[2:]))
        yield f"Leave the number of samples out: Input({write_shape(shape[2:])})", without
    rest = 1
    for size in shape[2:]:
        rest *= size or 0
    if rest:
        target = [-1 if shape[1] is None else shape[1], rest]
        reshaped = put_before(architecture, misfit.failure.name, "Reshape", target_shape=[*target])
        yield f"Join the axes after the timesteps with Reshape({write_shape(target)})", reshaped


RANK_CHANGES: tuple[tuple[Callable[[Misfit], bool], Callable[[Misfit, Architecture], Proposals]], ...] = (
    (lambda misfit: misfit.reads.wants_channels, _make_image),
    (lambda misfit: misfit.failure.node.kind == "Permute", _permute_all),
    (lambda misfit: misfit.reads.wants_sequence and misfit.missing == 1, _make_one_timestep),
    (lambda misfit: misfit.missing > 0, _add_axes_to_input),
    (lambda misfit: misfit.reads.least == 2, _make_vector),
    (lambda misfit: True, _make_sequence),
)
