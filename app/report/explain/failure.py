"""Failure: a layer call that Keras refused, with all that the rules may use to explain it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.architecture.calls import say_call
from app.architecture.spec import Architecture, Node
from app.frozen import Shape
from app.problems import Problem
from app.report.arguments import wrapped
from app.report.explain.words import join_words, write_shape
from app.report.model import LayerReport

Rows = Mapping[str, LayerReport]

DEEPEST_WRAPPING = 8


class Received(NamedTuple):
    """A tensor that the layer was called on, and the layer that it comes from."""

    shape: Shape
    source: LayerReport
    names: tuple[str, ...]

    @property
    def is_input(self) -> bool:
        """Whether it is an input of the model."""
        return not self.source.inbound


class Part(NamedTuple):
    """The layer itself (depth 0) or a layer that it wraps, with the shape that it would read."""

    node: Node
    words: str
    depth: int
    shape: Shape | None


class Failure(NamedTuple):
    """A failed layer call.

    `rows` are the reports of all layers so far, by name, to find earlier layers in.
    """

    node: Node
    received: tuple[Received, ...]
    message: str
    rows: Rows

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.node.name

    @property
    def said(self) -> str:
        """The layer's name in sentences."""
        return say_call(self.name)

    @property
    def first(self) -> Received | None:
        """The first tensor; None if the layer was not even called."""
        return self.received[0] if self.received else None

    @property
    def what_came(self) -> str:
        """For example: `dense received (None, 8) from lstm`."""
        tensors = [
            f"{write_shape(tensor.shape)} from {say_call(tensor.source.name)}" for tensor in self.received
        ]
        return f"{self.said} received {join_words(tensors)}"

    def parts(self) -> Iterator[Part]:
        """The layer, and the layers wrapped in it, the outermost first."""
        node: Node | None = self.node
        words = self.said
        shape = self.received[0].shape if self.received else None
        for depth in range(DEEPEST_WRAPPING):
            if node is None:
                return
            yield Part(node, words, depth, shape)
            if node.kind == "TimeDistributed" and shape is not None:
                shape = (*shape[:1], *shape[2:])
            node = wrapped(node)
            words = f"the {node.kind} inside {self.said}" if node else ""

    def problem(self, code: str, happened: str, expected: str, fix: str) -> Problem:
        """The problem with this layer, with Keras' message included."""
        return Problem(
            code=code,
            layer=self.name,
            line=self.node.line,
            happened=happened,
            expected=expected,
            fix=fix,
            keras_message=self.message,
        )


def make_failure(
    node: Node, inputs: Sequence[LayerReport], shapes: Sequence[Shape], message: str, rows: Rows
) -> Failure:
    """The failure of a node; `inputs` and `shapes` are in the order of its `inbound`."""
    received = tuple(
        Received(shape, row, _names(row, source.output, shape))
        for source, row, shape in zip(node.inbound, inputs, shapes, strict=False)
    )
    return Failure(node, received, message, rows)


def find_failure(problem: Problem, architecture: Architecture, rows: Rows) -> Failure | None:
    """The failure that a problem was made from; None if its layer is not in this architecture."""
    row = rows.get(problem.layer or "")
    if row is None:
        return None
    inputs = [rows[name] for name in row.inbound if name in rows]
    node = architecture.node(row.name)
    return make_failure(node, inputs, row.input_shapes, problem.keras_message or "", rows)


def _names(row: LayerReport, output: int, shape: Shape) -> tuple[str, ...]:
    names = row.axes[output] if output < len(row.axes) else ()
    return names if len(names) == len(shape) else tuple(f"axis {place}" for place in range(len(shape)))
