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


def fit_output(architecture: Architecture, name: str, target: Shape, output: Shape) -> tuple[Repair, ...]:
    """The model whose output has the shape of the targets: with other units, or without the timesteps."""
    last, sequence = architecture.node(name), find_last_sequence(architecture)
    if len(target) == len(output) - 1 == 2 and sequence is not None:
        step = sequence.with_arguments(return_sequences=None)
        return _rebuild(architecture, step, f"Take return_sequences=True from {sequence.name}")
    if last.kind != "Dense":
        return ()
    if len(target) == len(output) - 1 == 1:
        # The softmax of one number is always 1.
        changed = {"activation": "sigmoid"} if last.arguments.get("activation") == "softmax" else {}
        one = last.with_arguments(units=1, **changed)
        return _rebuild(architecture, one, " and ".join([f"Give {name} 1 unit", *changed.values()]))
    columns = target[-1]
    if len(target) != len(output) or columns in (None, output[-1]):
        return ()
    return _rebuild(architecture, last.with_arguments(units=columns), f"Give {name} {columns} units")


def find_last_sequence(architecture: Architecture) -> Node | None:
    """The last layer with return_sequences=True; None if there is none."""
    nodes = reversed(architecture.nodes)
    return next((node for node in nodes if node.arguments.get("return_sequences") is True), None)


def _rebuild(architecture: Architecture, node: Node, title: str) -> tuple[Repair, ...]:
    repair = verify_repair(title, architecture.replace(node.name, node))
    return () if repair is None else (repair,)
