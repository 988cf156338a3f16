"""make_report(): Keras builds an architecture layer by layer, which gives a Report."""

from collections.abc import Iterator

import keras

from app import __version__
from app.architecture.hole import Hole
from app.architecture.question import DRAWN_TIMESTEPS
from app.architecture.spec import Architecture
from app.problems import Problem
from app.report.explain.opaque import list_uncounted
from app.report.listing import builds, explain_missing_outputs, list_layers, list_outputs
from app.report.model import LayerReport, Report, Tensor, Totals, list_calls
from app.report.repairing import add_repairs
from app.report.rows import build_rows
from app.report.work.total import add_up_activations, add_up_work


def make_report(
    architecture: Architecture,
    notes: tuple[Problem, ...] = (),
    holes: tuple[Hole, ...] = (),
    timesteps: int = DRAWN_TIMESTEPS,
) -> Report:
    """Ask Keras about every layer of an architecture.

    `notes` are problems found while reading; they come first in the report. `holes` are the values that the
    code did not set. `timesteps` replace sizes that are not known before run time, where work is measured.

    A layer that does not fit is a row with its problem. Layers that depend on it are blocked; other branches
    go on. Raises UnknownLayer if a kind is not in the catalogue.
    """
    rows = build_rows(architecture, timesteps)
    for name, row in rows.items():
        if row.report.problem is not None:
            problem = add_repairs(row.report.problem, architecture, rows)
            rows[name] = row._replace(report=row.report.model_copy(update={"problem": problem}))
    layers = list_layers(architecture, rows)
    notes = (*notes, *explain_missing_outputs(architecture, rows))
    return Report(
        kerascope=__version__,
        keras=keras.__version__,
        backend=keras.backend.backend(),
        status="builds" if builds(rows) and all(note.severity == "warning" for note in notes) else "fails",
        architecture=architecture,
        layers=layers,
        inputs=tuple(
            Tensor(name=node.name, shape=tensor.shape, dtype=tensor.dtype)
            for node in architecture.nodes
            if node.is_input
            for tensor in rows[node.name].tensors
        ),
        outputs=tuple(list_outputs(architecture, rows)),
        totals=add_up(architecture, layers, timesteps),
        holes=holes,
        problems=(*notes, *list_problems(layers)),
    )


def list_problems(layers: tuple[LayerReport, ...]) -> Iterator[Problem]:
    """The problem of each layer that has one, including layers of nested models."""
    for row in list_calls(layers):
        if row.problem is not None:
            yield row.problem
        yield from list_problems(row.layers)


def add_up(architecture: Architecture, layers: tuple[LayerReport, ...], timesteps: int) -> Totals:
    """The sums over the rows; layers that do not build count as nothing."""
    parameters = sum(row.parameters.total for row in layers)
    trainable = sum(row.parameters.trainable for row in layers)
    return Totals(
        parameters=parameters,
        trainable=trainable,
        non_trainable=parameters - trainable,
        bytes=sum(row.bytes for row in layers),
        uncounted=tuple(dict.fromkeys(list_uncounted(architecture))),
        activations=add_up_activations(layers),
        work=add_up_work(layers, timesteps),
    )
