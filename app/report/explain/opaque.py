"""Custom layers: they are never run, so their output has to be declared."""

from pydantic import JsonValue

from app.architecture.never_built import NEVER_BUILT
from app.architecture.spec import Node
from app.problems import Problem


def is_declared(node: Node) -> bool:
    """Whether the layer declares its output."""
    return bool(node.arguments.get("output_shape"))


def explain_opaque(node: Node) -> Problem:
    """An error if no output shape is declared; else a warning on what is still unknown."""
    what = _describe(node.arguments.get("class_name"))
    if is_declared(node):
        return Problem(
            code="opaque-layer",
            severity="warning",
            layer=node.name,
            line=node.line,
            happened=f"{node.name} is {what}: its code is not run here, and its output shape is as declared.",
            expected="A layer of Keras, which Keras itself can be asked about.",
            fix="Check the declared shape. The layer's own weights are not counted, and what it does to "
            "timesteps and masks is not known.",
        )
    return Problem(
        code="opaque-layer",
        layer=node.name,
        line=node.line,
        happened=f"{node.name} is {what}: its code is not run here, so nobody knows what shape it gives.",
        expected="A declared output shape, batch axis first, or a layer of Keras.",
        fix=f"Declare the output shape of {node.name}, for instance (None, 32): the layers after it are then "
        "computed.",
    )


def _describe(class_name: JsonValue) -> str:
    if isinstance(class_name, str) and class_name in NEVER_BUILT:
        return f"a {class_name}, which {NEVER_BUILT[class_name]}"
    return str(class_name or "a layer of its own")
