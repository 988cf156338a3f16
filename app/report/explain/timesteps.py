"""Rules for the number of axes: missing timesteps, or too many axes."""

from app.problems import Problem
from app.report.explain.causes import RECURRENT, find_kind, find_rank_change, lost_timesteps
from app.report.explain.failure import Failure, Part, Received
from app.report.explain.reads import Reads, find_reads
from app.report.explain.words import join_words, write_shape
from app.report.model import LayerReport
from app.report.numbers import write_size


def explain_wrong_rank(failure: Failure) -> Problem | None:
    """A tensor with fewer or more axes than the layer takes."""
    for part in failure.parts():
        reads = find_reads(part.node)
        if failure.first is None or reads is None or part.shape is None or reads.fits(len(part.shape)):
            continue
        if part.depth and part.shape != failure.first.shape:
            return _explain_wrapped(failure, part, reads)
        cause = find_rank_change(failure, failure.first)
        if reads.wants_sequence and cause.kind in RECURRENT and lost_timesteps(cause):
            return _explain_last_step(failure, cause, reads)
        if reads.wants_sequence and len(part.shape) == 2:
            return _explain_no_timesteps(failure, failure.first, reads)
        return _explain_rank(failure, failure.first, reads)
    return None


def _explain_no_timesteps(failure: Failure, tensor: Received, reads: Reads) -> Problem:
    cause = find_rank_change(failure, tensor)
    happened = f"{failure.what_came}: there is no timesteps axis."
    features = write_size(tensor.shape[-1])
    if lost_timesteps(cause):
        happened += f" {cause.name} ({cause.kind}) took it away."
        fix = f"Leave {cause.name} out, or put it after {failure.said}."
    elif tensor.is_input:
        fix = _fix_input(tensor)
    else:
        fix = (
            f"Put Reshape((1, {features})) before {failure.said} to make it one timestep, or RepeatVector(n) "
            "to give the same vector at n timesteps."
        )
    return failure.problem("missing-timesteps", happened, _write_expected(failure, reads), fix)


def _fix_input(tensor: Received) -> str:
    features = write_size(tensor.shape[-1])
    fix = (
        f"Give the input one more axis: Input(({features}, 1)) reads its numbers as timesteps of one feature"
    )
    if tensor.shape[-1] is not None:
        fix += f", Input((1, {features})) as one timestep of {features} features"
    if tensor.source.output_dtypes[0].startswith("int"):
        fix += ". Where they are tokens, put an Embedding behind it"
    return f"{fix}."


def _explain_last_step(failure: Failure, cause: LayerReport, reads: Reads) -> Problem:
    inside = "the layer inside " if cause.kind == "Bidirectional" else ""
    return failure.problem(
        "missing-return-sequences",
        happened=f"{failure.what_came}: there is no timesteps axis. Without return_sequences "
        f"{cause.name} gives only its last step.",
        expected=_write_expected(failure, reads),
        fix=f"Give {inside}{cause.name} return_sequences=True, so that it gives every step.",
    )


def _explain_rank(failure: Failure, tensor: Received, reads: Reads) -> Problem:
    rank = len(tensor.shape)
    return failure.problem(
        "wrong-ndim",
        happened=f"{failure.what_came}: that is {_count_axes(rank)}, not {_count_wanted(reads)}.",
        expected=_write_expected(failure, reads),
        fix=_fix_rank(failure, tensor, reads),
    )


def _fix_rank(failure: Failure, tensor: Received, reads: Reads) -> str:
    shape = tensor.shape
    if failure.node.kind == "Permute":
        places = join_words([str(place) for place in range(1, len(shape))])
        return f"Name every axis but the batch in dims, that is {places}."
    if reads.wants_channels:
        return _fix_image(failure, tensor, reads)
    if reads.wants_sequence and len(shape) == reads.least - 1:
        steps = write_shape((1, *shape[1:]))
        return f"Add the axis of timesteps: Reshape({steps}) before {failure.said} makes it one timestep."
    if len(shape) < reads.least:
        return f"Give the input {reads.least - 1} or more axes besides the batch, such as Input((1,))."
    if tensor.is_input and reads.wants_sequence and len(shape) == reads.least + 1:
        return (
            "Leave the number of samples out of the input's shape, since the batch axis stands for it: "
            f"Input({write_shape(shape[2:])}). If {write_size(shape[1])} is no number of samples, "
            f"put a Reshape before {failure.said}."
        )
    if reads.least == 2:
        if recurrent := find_kind(failure, tensor, *RECURRENT):
            return f"Take return_sequences=True away from {recurrent.name}, so that it gives one vector."
        return f"Put Flatten or GlobalAveragePooling1D before {failure.said} to make the sequence a vector."
    return f"Put a Reshape before {failure.said} that makes one axis of all axes after the timesteps."


def _fix_image(failure: Failure, tensor: Received, reads: Reads) -> str:
    shape = tensor.shape
    flatten = find_kind(failure, tensor, "Flatten")
    if len(shape) == 2 and flatten:
        return f"Leave {flatten.name} out, or put it after {failure.said}."
    if len(shape) == reads.least - 1:
        widened = write_shape((*shape[1:], 1))
        return (
            f"Add the axis of channels: Input({widened}) where the data begin, or Reshape({widened}) "
            f"before {failure.said}. Grey images have 1 channel."
        )
    if len(shape) < reads.least:
        return f"Put a Reshape before {failure.said} that makes images of it, such as Reshape((28, 28, 1))."
    if tensor.is_input:
        return (
            "Leave the number of samples out of the input's shape, since the batch axis stands for it: "
            f"Input({write_shape(shape[2:])}). If they are images along timesteps, put the "
            f"{failure.node.kind} into a TimeDistributed."
        )
    return f"Use TimeDistributed({failure.node.kind}(…)), or put a Reshape before {failure.said}."


def _explain_wrapped(failure: Failure, part: Part, reads: Reads) -> Problem:
    shape = part.shape or ()
    return failure.problem(
        "wrong-ndim",
        happened=f"{failure.what_came}, and hands {part.words} one timestep of it, {write_shape(shape)}: "
        f"that is {_count_axes(len(shape))}, not {_count_wanted(reads)}.",
        expected=f"{part.node.kind} reads {reads.axes}.",
        fix=f"Use the {part.node.kind} without {failure.node.kind}: it reads the timesteps by itself.",
    )


def _write_expected(failure: Failure, reads: Reads) -> str:
    return f"{failure.said} ({failure.node.kind}) reads {reads.axes}."


def _count_wanted(reads: Reads) -> str:
    return str(reads.least) if reads.most else f"{reads.least} or more"


def _count_axes(rank: int) -> str:
    return f"{rank} {'axis' if rank == 1 else 'axes'}"
