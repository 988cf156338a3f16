"""explain_failure(): why Keras refused a layer. A table of rules; the first that gives a problem wins."""

from collections.abc import Callable

from app.architecture.catalogue import CELL, KINDS
from app.architecture.spec import Node
from app.frozen import Shape
from app.problems import Problem
from app.report.arguments import argument
from app.report.explain.arguments import (
    explain_invalid_argument,
    explain_missing_argument,
    explain_unknown_argument,
)
from app.report.explain.failure import Failure, Rows, make_failure
from app.report.explain.lists import explain_list
from app.report.explain.merging import (
    explain_concatenate,
    explain_dot,
    explain_merge,
    explain_product,
    explain_too_few_inputs,
    explain_too_many_inputs,
)
from app.report.explain.reads import find_reads
from app.report.explain.sizes import explain_output_size, explain_reshape, explain_undefined_dimension
from app.report.explain.timesteps import explain_wrong_rank
from app.report.explain.words import tidy_message
from app.report.model import LayerReport

Rule = Callable[[Failure], Problem | None]


def explain_failure(
    node: Node,
    inputs: tuple[LayerReport, ...],
    error: Exception,
    call_inputs: tuple[Shape, ...],
    rows: Rows,
) -> Problem:
    """Why Keras raised `error` for the layer `node`, called on tensors of the shapes `call_inputs`.

    `inputs` are the layers that these tensors come from, in the order of the node's `inbound`, and `rows` all
    layers before, by name. The problem has no repairs yet: `propose_repairs` makes them.
    """
    failure = make_failure(node, inputs, call_inputs, tidy_message(error), rows)
    return next(filter(None, (rule(failure) for rule in RULES)))


def explain_missing_output(failure: Failure) -> Problem | None:
    """The layer before has no output of that number."""
    for source in failure.node.inbound:
        row = failure.rows.get(source.node)
        if row and source.output >= len(row.output_shapes):
            return failure.problem(
                "no-such-output",
                happened=f"{failure.said} reads output {source.output} of {source.node}, "
                f"which has {len(row.output_shapes)}, counted from 0.",
                expected="An output that the layer before gives.",
                fix=f"Read output 0 of {source.node}, or give it return_state=True if its states are meant.",
            )
    return None


def explain_name(failure: Failure) -> Problem | None:
    """A name contains the sign that Keras puts between names in paths."""
    if "/" not in failure.name:
        return None
    return failure.problem(
        "invalid-argument",
        happened=f"The name of this {failure.node.kind} is {failure.name!r}.",
        expected="A name without the sign /.",
        fix=f"Call it {failure.name.replace('/', '_')!r}.",
    )


def explain_cell(failure: Failure) -> Problem | None:
    """A cell outside of an RNN, which only processes one timestep."""
    kind = KINDS.get(failure.node.kind)
    if kind is None or kind.category != CELL:
        return None
    return failure.problem(
        "invalid-argument",
        happened=f"{failure.said} is a {kind.name}, which works on one timestep.",
        expected="A layer: RNN is the one that takes a cell along the timesteps.",
        fix=f"Put it inside: RNN({kind.name}(…)).",
    )


def explain_stateful(failure: Failure) -> Problem | None:
    """A stateful layer needs a known batch size."""
    stateful = any(argument(part.node, "stateful") for part in failure.parts())
    if not stateful or failure.first is None or failure.first.shape[:1] != (None,):
        return None
    return failure.problem(
        "stateful-without-batch-size",
        happened=f"{failure.what_came}: it is stateful, and the batch size is not known.",
        expected="A fixed batch size: the state of each sequence of a batch goes on in the next batch.",
        fix="Give the input a batch size, such as Input(shape, batch_size=32), or take stateful=True away.",
    )


def explain_otherwise(failure: Failure) -> Problem:
    """Keras' own message, if no rule applies."""
    reads = find_reads(failure.node)
    kind = failure.node.kind
    came = f"{failure.what_came}. " if failure.received else ""
    return failure.problem(
        "keras-error",
        happened=f"{came}Keras says: {failure.message}",
        expected=f"{kind} reads {reads.axes}."
        if reads
        else f"Arguments and inputs that {_spell(kind)} takes.",
        fix=f"Compare the arguments of {failure.said}, and what it is connected to, with what {kind} takes.",
    )


def _spell(kind: str) -> str:
    return f"keras.{kind}" if kind.startswith("ops.") else f"keras.layers.{kind}"


RULES: tuple[Rule, ...] = (
    explain_missing_output,
    explain_name,
    explain_cell,
    explain_unknown_argument,
    explain_missing_argument,
    explain_invalid_argument,
    explain_too_many_inputs,
    explain_too_few_inputs,
    explain_list,
    explain_wrong_rank,
    explain_stateful,
    explain_undefined_dimension,
    explain_concatenate,
    explain_merge,
    explain_product,
    explain_dot,
    explain_reshape,
    explain_output_size,
    explain_otherwise,
)
