"""Axes of inputs, and those that a real layer gives for them."""

from typing import Any

from keras_layers import call_layer, make_node

from app.architecture.spec import Architecture, Node, Source
from app.frozen import Shape
from app.report.axes import name_axes, name_input_axes
from app.report.model import Axis

Axes = tuple[Axis, ...]

ANY = None


def input_axes(shape: Shape, reader: str, name: str = "x", **arguments: Any) -> Axes:
    """The axes of an input of this shape that one layer reads."""
    node = Node(kind="InputLayer", name=name, arguments={"batch_shape": list(shape)})
    layer = Node(kind=reader, name="reader", arguments=arguments, inbound=(Source(node=name),))
    return name_input_axes(node, Architecture(nodes=(node, layer)))


def axes(*triples: tuple[str, int | None, str]) -> Axes:
    return tuple(Axis(name=name, size=size, origin=origin) for name, size, origin in triples)


def sequence(timesteps: int | None = 8, features: int | None = 10, name: str = "x") -> Axes:
    """(batch, timesteps, features), as an input named x has them."""
    return axes(
        ("batch", ANY, "batch"),
        ("timesteps", timesteps, f"timesteps of {name}"),
        ("features", features, f"features of {name}"),
    )


def vector(features: int = 150, name: str = "x") -> Axes:
    return axes(("batch", ANY, "batch"), ("features", features, f"features of {name}"))


def after(kind: str, *inputs: Axes, **arguments: Any) -> list[Any]:
    """The axes of each output of a real layer, as 'name size: origin'."""
    node = make_node(kind, **arguments)
    called = call_layer(node, *(tuple(axis.size for axis in tensor) for tensor in inputs))
    assert called.error is None, called.error
    outputs = name_axes(node, inputs, called.output_shapes)
    written = [[f"{axis.name} {axis.size}: {axis.origin}" for axis in output[1:]] for output in outputs]
    assert all(output[0].name == "batch" for output in outputs)
    return written[0] if len(written) == 1 else written
