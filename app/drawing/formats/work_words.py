"""Work in words, for the files: a row of a table for each call, and a sentence with the sums."""

from collections.abc import Callable, Iterator

from app.architecture.spec import INPUT
from app.drawing.words import write_bytes, write_count, write_plural
from app.report import LayerReport, Report

HEADINGS = ("Layer", "Computes in (weights)", "Gives a sample", "MACs", "FLOPs")


def list_work(report: Report) -> Iterator[tuple[str, ...]]:
    """A cell for each of HEADINGS, for every call of every layer; none if the model does not build."""
    for row in report.rows if report.status == "builds" else ():
        if row.activations is not None:
            macs, flops = (row.work.macs, row.work.flops) if row.work else (None, None)
            yield (
                row.name,
                write_types(row),
                _write_known(row.activations.bytes, write_bytes),
                _write_known(macs, write_count),
                _write_known(flops, write_count),
            )


def describe_work(report: Report) -> str:
    """The sums, with the numbers of samples and timesteps they are for."""
    totals, work = report.totals, report.totals.work
    least = "at least " if work.unknown else ""
    length = (
        f", with {write_plural(work.timesteps, 'timestep')} where Keras knows no length"
        if work.timesteps
        else ""
    )
    leaves = (
        f" What leaves all layers takes {write_bytes(totals.activations)} for a sample."
        if totals.activations is not None
        else ""
    )
    return (
        f"One forward pass at inference, for {write_plural(work.batch, 'sample')}{length}: {least}"
        f"{write_count(work.macs)} multiply-accumulates (MACs), {least}{write_count(work.flops)} FLOPs as "
        f"TensorFlow's profiler counts them.{leaves}"
    )


def write_types(row: LayerReport) -> str:
    """The dtype that a layer computes in, and that of its weights if it differs; for an input, the data's."""
    if row.kind == INPUT:
        return row.output_dtypes[0]
    if row.compute_dtype == row.variable_dtype or not row.weights:
        return row.compute_dtype or "–"
    return f"{row.compute_dtype} ({row.variable_dtype})"


def _write_known(count: int | None, write: Callable[[int], str]) -> str:
    return "unknown" if count is None else write(count)
