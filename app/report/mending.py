"""mend(): an architecture with the repairs that make it build."""

from app.architecture.spec import Architecture
from app.problems import Repair
from app.report.build import make_report


def mend(architecture: Architecture) -> tuple[Repair, ...]:
    """The architecture itself, untitled, if it builds; else with each of its first failure's repairs."""
    report = make_report(architecture)
    if report.status == "fails":
        return next((problem.repairs for problem in report.problems if problem.severity == "error"), ())
    as_it_is = architecture.model_dump(mode="json", exclude_defaults=True)
    shapes = tuple(tensor.shape for tensor in report.outputs)
    return (Repair(title="", architecture=as_it_is, output_shapes=shapes),)
