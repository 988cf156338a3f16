"""Report: what Keras makes of an architecture. It knows nothing about drawing."""

from functools import cached_property
from typing import Literal

from pydantic import ConfigDict, Field

from app.architecture.hole import Hole
from app.architecture.spec import Architecture
from app.frozen import Frozen, Shape
from app.problems import Problem
from app.report.work.model import Activations, TotalWork, Work

MaskFate = Literal["none", "made", "kept", "consumed", "dropped", "dropped_silently"]
Status = Literal["builds", "fails", "blocked"]


class Axis(Frozen):
    """One axis of a tensor: its name, its size, and where the size comes from."""

    name: str
    size: int | None
    origin: str


class Mask(Frozen):
    """Whether a mask comes in and goes out, and what the layer did with it."""

    in_: bool = Field(default=False, alias="in")
    out: bool = False
    fate: MaskFate = "none"

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


class Parameters(Frozen):
    """How many numbers a layer learns; `formula` is arithmetic that gives `total`."""

    total: int = 0
    trainable: int = 0
    formula: str = "0"


class Weight(Frozen):
    """One weight of a layer, by its name inside the layer."""

    name: str
    shape: Shape
    dtype: str
    trainable: bool


class LayerReport(Frozen):
    """One row: a layer's inputs, outputs and costs."""

    name: str
    kind: str
    status: Status
    line: int | None = None
    inbound: tuple[str, ...] = ()
    input_shapes: tuple[Shape, ...] = ()
    output_shapes: tuple[Shape, ...] = ()
    output_dtypes: tuple[str, ...] = ()
    input_axes: tuple[tuple[str, ...], ...] = ()
    """The axis names of each input, from the layer before."""
    axes: tuple[tuple[str, ...], ...] = ()
    """The axis names of each output."""
    origins: tuple[str, ...] = ()
    """Where each size of the first output comes from."""
    mask: Mask = Mask()
    parameters: Parameters = Parameters()
    weights: tuple[Weight, ...] = ()
    bytes: int = 0
    compute_dtype: str | None = None
    """The dtype that the layer computes in; None for an operation, or if it does not build."""
    variable_dtype: str | None = None
    """The dtype of its weights."""
    trainable: bool = True
    """Whether its weights may be trained."""
    activations: Activations | None = None
    work: Work | None = None
    """None if there is no rule for it: nothing is guessed."""
    problem: Problem | None = None
    drawn_input_shapes: tuple[Shape, ...] = ()
    drawn_output_shapes: tuple[Shape, ...] = ()
    """The output shapes for the timesteps that are drawn, if more than the batch size is unknown. Sizes are
    still null if the layer did not build on that many."""
    shares: str | None = None
    """The layer that is called here again; its weights are counted there."""
    calls: "tuple[LayerReport, ...]" = ()
    """The further calls of a shared layer, in the order of the code; the row itself is the first."""
    layers: "tuple[LayerReport, ...]" = ()
    """The rows of a nested model."""

    @property
    def output(self) -> tuple[Axis, ...]:
        """The axes of the first output; empty if there is none."""
        if not self.output_shapes:
            return ()
        return tuple(
            Axis(name=name, size=size, origin=origin)
            for name, size, origin in zip(self.axes[0], self.output_shapes[0], self.origins, strict=True)
        )


def list_calls(layers: tuple[LayerReport, ...]) -> tuple[LayerReport, ...]:
    """All calls of the layers, each after the calls that it reads."""
    rows: dict[str, LayerReport] = {}
    waiting: list[LayerReport] = []
    for layer in layers:
        rows[layer.name] = layer
        waiting += layer.calls
        while ready := [call for call in waiting if rows.keys() >= set(call.inbound)]:
            rows |= {call.name: call for call in ready}
            waiting = [call for call in waiting if call.name not in rows]
    return tuple(rows.values())


class Tensor(Frozen):
    """An input or output of the whole model."""

    name: str
    shape: Shape
    dtype: str


class Totals(Frozen):
    """Sums over the layers that build."""

    parameters: int = 0
    trainable: int = 0
    non_trainable: int = 0
    bytes: int = 0
    uncounted: tuple[str, ...] = ()
    """The layers of somebody's own, which may have weights: the sums lack them."""
    activations: int | None = 0
    """The bytes of all layers' outputs, inputs included, for one sample; None if one is not known."""
    work: TotalWork = TotalWork()


class Report(Frozen):
    """The whole model, row by row, in the order of `model.layers`."""

    kerascope: str
    keras: str
    backend: str
    status: Literal["builds", "fails"]
    architecture: Architecture
    layers: tuple[LayerReport, ...]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    totals: Totals
    holes: tuple[Hole, ...] = ()
    """The values that the code needs and does not set, and the numbers used for them."""
    problems: tuple[Problem, ...] = ()

    @cached_property
    def rows(self) -> tuple[LayerReport, ...]:
        """Every call of every layer, each after the calls that it reads."""
        return list_calls(self.layers)

    def layer(self, name: str) -> LayerReport:
        """The row of that name. Raises KeyError if there is none."""
        for layer in self.rows:
            if layer.name == name:
                return layer
        raise KeyError(name)
