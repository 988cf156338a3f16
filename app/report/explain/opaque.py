"""Custom layers: they are never run, so their output has to be declared."""

from collections.abc import Iterator

from pydantic import JsonValue

from app.architecture.catalogue import KINDS
from app.architecture.never_built import NEVER_BUILT, NEVER_CALLED
from app.architecture.spec import OPAQUE, Architecture, Node
from app.problems import Problem
from app.report.explain.words import ask_whether, find_near


def is_declared(node: Node) -> bool:
    """Whether the layer declares its output."""
    return bool(node.arguments.get("output_shape"))


def list_uncounted(architecture: Architecture) -> Iterator[str]:
    """The layers whose weights nobody can count: functions and operations have none."""
    for node in architecture.nodes:
        if node.model is not None:
            yield from list_uncounted(node.model)
        if node.kind == OPAQUE and node.arguments.get("class_name") not in WITHOUT_WEIGHTS:
            yield node.shares or node.name


WITHOUT_WEIGHTS = frozenset({"Lambda", *NEVER_CALLED})


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
        fix=f"{_suggest(node.arguments.get('class_name'))}Declare the output shape of {node.name}, for "
        "instance (None, 32): the layers after it are then computed.",
    )


def _suggest(class_name: JsonValue) -> str:
    """`Did you mean Dense? If not: `, where a layer of Keras has nearly this name."""
    near = find_near(class_name, KINDS) if isinstance(class_name, str) else []
    return f"{ask_whether(near[:1])} If not: " if near and class_name not in NEVER_BUILT else ""


def _describe(class_name: JsonValue) -> str:
    if isinstance(class_name, str) and class_name in NEVER_BUILT:
        return f"a {class_name}, which {NEVER_BUILT[class_name]}"
    if isinstance(class_name, str) and class_name in NEVER_CALLED:
        return f"the operation {class_name} of Keras, which {NEVER_CALLED[class_name]}"
    return str(class_name or "a layer of its own")
