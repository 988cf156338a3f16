"""add_up_work(): what a whole model computes, and what it leaves behind."""

from app.architecture.spec import INPUT
from app.report.model import LayerReport, list_calls
from app.report.work.model import TotalWork


def add_up_work(layers: tuple[LayerReport, ...], timesteps: int) -> TotalWork:
    """The sums over every call of every layer. `timesteps` is how many were taken where none are known."""
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
    """Bytes that leave all layers for one sample; None where those of one are not known.

    Of a model that is used as a layer these are what leaves the layers in it; its inputs are not made anew.
    """
    parts = [_weigh(row) for row in list_calls(layers)]
    return None if None in parts else sum(part for part in parts if part is not None)


def _weigh(row: LayerReport) -> int | None:
    if row.layers:
        return add_up_activations(tuple(layer for layer in row.layers if layer.kind != INPUT))
    return row.activations.bytes if row.activations else None
