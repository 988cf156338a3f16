"""make_report(): an architecture, built layer by layer by Keras, as a Report."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import keras

from app import __version__
from app.architecture.code import write_code
from app.architecture.hole import Hole
from app.architecture.question import DRAWN_TIMESTEPS
from app.architecture.spec import Architecture
from app.frozen import Shape
from app.problems import Problem, Repair
from app.report.explain import propose_repairs
from app.report.listing import list_layers
from app.report.model import LayerReport, Report, Tensor, Totals, list_calls
from app.report.row import Row
from app.report.rows import build_rows
from app.report.work.measure import measure_layers
from app.report.work.total import add_up_activations, add_up_work

Proposal = tuple[str, Architecture]

MOST_REPAIRS = 3
MOST_PROPOSALS = 12


def make_report(
    architecture: Architecture,
    notes: tuple[Problem, ...] = (),
    holes: tuple[Hole, ...] = (),
    timesteps: int = DRAWN_TIMESTEPS,
) -> Report:
    """Ask Keras for every layer. `notes` are problems found while reading, and come first in the report;
    `holes` are what the code did not say. `timesteps` are taken for sizes that are not known before run time,
    where work is measured.

    A layer that does not fit is a row with its problem; what depends on it is blocked, other branches go on.
    Raises UnknownLayer where a kind is not in the catalogue.
    """
    rows = build_rows(architecture, timesteps)
    for name, row in rows.items():
        if row.report.problem is not None:
            problem = add_repairs(row.report.problem, architecture, rows)
            rows[name] = row._replace(report=row.report.model_copy(update={"problem": problem}))
    layers = measure_layers(list_layers(architecture, rows), architecture, timesteps)
    return Report.model_construct(
        kerascope=__version__,
        keras=keras.__version__,
        backend=keras.backend.backend(),
        status="builds" if builds(rows) and all(note.severity == "warning" for note in notes) else "fails",
        architecture=architecture,
        layers=layers,
        inputs=tuple(
            Tensor.model_construct(name=node.name, shape=tensor.shape, dtype=tensor.dtype)
            for node in architecture.nodes
            if node.is_input
            for tensor in rows[node.name].tensors
        ),
        outputs=tuple(list_outputs(architecture, rows)),
        totals=add_up(layers, timesteps),
        holes=holes,
        problems=(*notes, *list_problems(layers)),
    )


def list_problems(layers: tuple[LayerReport, ...]) -> Iterator[Problem]:
    """What is wrong with each layer, and with those inside it where it is a model."""
    for row in list_calls(layers):
        if row.problem is not None:
            yield row.problem
        yield from list_problems(row.layers)


def builds(rows: Mapping[str, Row]) -> bool:
    """Whether every layer does."""
    return all(row.report.status == "builds" for row in rows.values())


def list_outputs(architecture: Architecture, rows: Mapping[str, Row]) -> Iterator[Tensor]:
    """The model's outputs, as far as they are known, named after their layers."""
    for source in architecture.ends:
        for tensor in rows[source.node].tensors[source.output : source.output + 1]:
            yield Tensor.model_construct(name=source.node, shape=tensor.shape, dtype=tensor.dtype)


def add_up(layers: tuple[LayerReport, ...], timesteps: int) -> Totals:
    """The sums over the rows; layers that do not build have nothing to add."""
    parameters = sum(row.parameters.total for row in layers)
    trainable = sum(row.parameters.trainable for row in layers)
    return Totals(
        parameters=parameters,
        trainable=trainable,
        non_trainable=parameters - trainable,
        bytes=sum(row.bytes for row in layers),
        activations=add_up_activations(layers),
        work=add_up_work(layers, timesteps),
    )


def add_repairs(problem: Problem, architecture: Architecture, rows: Mapping[str, Row]) -> Problem:
    """The problem with the proposals that were rebuilt and do build; a proposal is not repaired in turn."""
    reports = {name: row.report for name, row in rows.items()}
    proposals = leave_out_equals(islice(propose_repairs(problem, architecture, reports), MOST_PROPOSALS))
    verified = (
        Repair(
            title=title,
            architecture=proposal.model_dump(mode="json", exclude_defaults=True),
            code=write_code(proposal),
            output_shapes=shapes,
        )
        for title, proposal in proposals
        if (shapes := find_output_shapes(proposal)) is not None
    )
    return problem.model_copy(update={"repairs": tuple(islice(verified, MOST_REPAIRS))})


def leave_out_equals(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Each changed architecture once, under the first of its titles."""
    seen: list[Architecture] = []
    for title, proposal in proposals:
        if proposal not in seen:
            seen.append(proposal)
            yield title, proposal


def find_output_shapes(architecture: Architecture) -> tuple[Shape, ...] | None:
    """The shapes of the model's outputs; None where a layer does not build."""
    rows = build_rows(architecture)
    return tuple(tensor.shape for tensor in list_outputs(architecture, rows)) if builds(rows) else None
