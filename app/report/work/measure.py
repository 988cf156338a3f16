"""measure_row(): what leaves a layer, in bytes, and what it computes. Only builders import this."""

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
    """The row with its activations and its work; those of the layers inside it are there already.

    A size that is not known before run time is taken to be `timesteps`; the sizes that follow are Keras'.
    Where a layer does not build on so many, or has no rule, its work stays None.
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
    """A shape with the sizes that are taken for those it leaves open, and the names of its axes."""

    shape: Shape
    known: Shape
    axes: tuple[str, ...]


class Asked(NamedTuple):
    """All that the figures of a layer depend on, so that they can be remembered."""

    kind: str
    arguments: str
    parameters: int
    dtypes: tuple[str, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    timesteps: int


class Measured(NamedTuple):
    """What leaves a layer, and what it computes where there is a rule for that."""

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
    """What one sample leaves behind. Texts have no size in bytes that is known before run time."""
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
    """The work of a model that is used as a layer. None where that of a layer in it is not known."""
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
