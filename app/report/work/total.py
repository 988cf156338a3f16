"""add_up_work(): what a whole model computes, and what it leaves behind."""

from app.architecture.spec import INPUT
from app.report.model import LayerReport, list_calls
from app.report.work.model import TotalWork


def add_up_work(layers: tuple[LayerReport, ...], timesteps: int) -> TotalWork:
    """The sums over every call of every layer. `timesteps` is the number used where it is not known."""
    rows = list_calls(layers)
    known = [row.work for row in rows if row.work is not None]
    return TotalWork(
        macs=sum(work.macs for work in known),
        flops=sum(work.flops for work in known if work.flops is not None),
        batch=next((row.output_shapes[0][0] or 1 for row in rows if row.output_shapes), 1),
        timesteps=timesteps if any(row.activations and row.activations.where for row in rows) else None,
        unknown=tuple(row.name for row in rows if row.work is None or row.work.flops is None),
    )


def add_up_activations(layers: tuple[LayerReport, ...]) -> int | None:
    """The bytes of all layers' outputs for one sample; None if one of them is not known.

    A nested model counts as the outputs of its layers; its inputs are not counted again.
    """
    parts = [_weigh(row) for row in list_calls(layers)]
    return None if None in parts else sum(part for part in parts if part is not None)


def _weigh(row: LayerReport) -> int | None:
    if row.layers:
        return add_up_activations(tuple(layer for layer in row.layers if layer.kind != INPUT))
    return row.activations.bytes if row.activations else None
