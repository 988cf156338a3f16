"""Repairs of a model that its data does not fit: another input shape, or another number of units.

Each is rebuilt.
"""

from app.architecture.spec import Architecture, Node
from app.frozen import Shape
from app.problems import Repair
from app.report.repairing import verify_repair


def fit_input(architecture: Architecture, name: str, shape: Shape) -> tuple[Repair, ...]:
    """The model with the data's shape as its input shape, batch open; none if that does not build."""
    if None in shape[1:]:
        return ()
    node = architecture.node(name)
    changed = node.with_arguments(batch_shape=[None, *shape[1:]])
    return _rebuild(architecture, changed, f"Let {name} read {(None, *shape[1:])}")


def fit_output(architecture: Architecture, name: str, units: int | None) -> tuple[Repair, ...]:
    """The model with as many units in its last layer as the targets have columns."""
    node = architecture.node(name)
    if units is None or node.kind != "Dense":
        return ()
    return _rebuild(architecture, node.with_arguments(units=units), f"Give {name} {units} units")


def _rebuild(architecture: Architecture, node: Node, title: str) -> tuple[Repair, ...]:
    repair = verify_repair(title, architecture.replace(node.name, node))
    return () if repair is None else (repair,)
