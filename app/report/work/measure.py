"""measure_row(): a layer's output in bytes, and what it computes. Only builders import this."""

import json
from functools import lru_cache
from typing import Any, NamedTuple

from keras.src.utils.dtype_utils import DTYPE_TO_SIZE

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arithmetic import NOTHING, add, multiply, number
from app.report.model import LayerReport, list_calls
from app.report.numbers import write_size
from app.report.work.call import Call, Sizes, add_known
from app.report.work.letters import Letters
from app.report.work.model import Activations, Work
from app.report.work.rules.table import measure_effort
from app.settings import Settings


def measure_row(row: LayerReport, node: Node, timesteps: int) -> LayerReport:
    """The row with its activations and its work; layers inside it have theirs already.

    `timesteps` replace unknown input sizes; the sizes that follow from them are Keras'. If the layer does not
    build on them, or has no rule, its work stays None.
    """
    return row.model_copy(update=_measure(row, node, timesteps)) if row.status == "builds" else row


def _measure(row: LayerReport, node: Node, timesteps: int) -> dict[str, Any]:
    """The fields of a row that are measured."""
    asked = _ask(row, node, timesteps)
    measured = _measure_call(asked)
    if any(None in tensor.known[1:] for tensor in (*asked.inputs, *asked.outputs)):
        return {"activations": Activations(elements=None, bytes=None, formula=measured.activations.formula)}
    if node.model is None:
        return measured._asdict()
    return {**measured._asdict(), "work": _add_up(row.layers)}


class Tensor(NamedTuple):
    """A shape, the shape with unknown sizes replaced, and the names of its axes."""

    shape: Shape
    known: Shape
    axes: tuple[str, ...]


class Asked(NamedTuple):
    """All that a layer's figures depend on, as a cache key."""

    kind: str
    arguments: str
    parameters: int
    dtypes: tuple[str, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    timesteps: int


class Measured(NamedTuple):
    """A layer's output in bytes, and its work if there is a rule."""

    activations: Activations
    work: Work | None


def _ask(row: LayerReport, node: Node, timesteps: int) -> Asked:
    read = map(Tensor, row.input_shapes, row.drawn_input_shapes or row.input_shapes, row.input_axes)
    given = map(Tensor, row.output_shapes, row.drawn_output_shapes or row.output_shapes, row.axes)
    return Asked(
        kind=row.kind,
        arguments=json.dumps(node.arguments, sort_keys=True),
        parameters=row.parameters.total,
        dtypes=row.output_dtypes,
        inputs=tuple(tensor for place, tensor in enumerate(read) if place not in node.handed_by_name),
        outputs=tuple(given),
        timesteps=timesteps,
    )


@lru_cache(maxsize=Settings().memoised_layers)
def _measure_call(asked: Asked) -> Measured:
    letters = Letters(asked.timesteps)
    call = Call(
        node=Node(kind=asked.kind, name=asked.kind, arguments=json.loads(asked.arguments)),
        inputs=tuple(letters.write_sizes(*tensor) for tensor in asked.inputs),
        outputs=tuple(letters.write_sizes(*tensor) for tensor in asked.outputs),
        parameters=asked.parameters,
    )
    return Measured(_weigh(call.outputs, asked.dtypes, letters), _write_work(call, letters))


def _weigh(outputs: tuple[Sizes, ...], dtypes: tuple[str, ...], letters: Letters) -> Activations:
    """What one sample leaves behind. The size of texts is not known before run time."""
    bits = [DTYPE_TO_SIZE.get(dtype) for dtype in dtypes]
    elements = [multiply(sizes[1:]) for sizes in outputs]
    sized = [part.times(number(-(-size // 8))) for part, size in zip(elements, bits, strict=True) if size]
    formula = add(sized).text if len(sized) == len(bits) else ""
    return Activations(
        elements=sum(part.value for part in elements),
        bytes=sum(part.value for part in sized) if len(sized) == len(bits) else None,
        formula=formula,
        where=letters.explain(formula),
    )


def _write_work(call: Call, letters: Letters) -> Work | None:
    effort = measure_effort(call)
    if effort is None:
        return None
    products = number(2).times(effort.macs) if effort.macs != NOTHING else NOTHING
    flops = add_known(products, effort.others)
    return Work(
        macs=effort.macs.value,
        flops=flops and flops.value,
        formula=effort.macs.text,
        flops_formula=flops and flops.text,
        where=letters.explain(f"{effort.macs.text} {flops.text if flops else ''}"),
    )


def _add_up(layers: tuple[LayerReport, ...]) -> Work | None:
    """The work of a nested model; None if that of one of its layers is not known."""
    parts = [row.work for row in list_calls(layers)]
    known = [work for work in parts if work is not None]
    if len(known) < len(parts):
        return None
    macs, flops = sum(work.macs for work in known), [work.flops for work in known]
    total = sum(count for count in flops if count is not None)
    return Work(
        macs=macs,
        flops=None if None in flops else total,
        formula=write_size(macs),
        flops_formula=None if None in flops else write_size(total),
    )
