"""Flow: how data moves through time. One lane for every layer that has a timesteps axis."""

from typing import Literal

from pydantic import Field

from app.flow.data import Regrouping
from app.flow.masked import MaskTrace
from app.flow.valued import ValueTrace
from app.frozen import Frozen
from app.report import Report

LaneKind = Literal["per_step", "recurrent", "bidirectional", "window", "all", "rearranged", "joined"]
"""How a layer goes through time.

- `per_step`: each step by itself (Dense, Embedding, TimeDistributed);
- `recurrent`: along the axis with a state, each step reading all that were walked before it (LSTM);
- `bidirectional`: two such walks, from either end;
- `window`: each step reads a few neighbours (Conv1D, pooling);
- `all`: each step reads all steps (global pooling, a softmax over time);
- `rearranged`: nothing is computed; steps are moved, cut, copied or padded (Reshape, RepeatVector);
- `joined`: several inputs made into one (Concatenate, Add).
"""

Direction = Literal["forward", "backward", "both"]


class Lane(Frozen):
    """One layer, unrolled.

    `depends[i]` lists the timesteps of the layer's first input that can change its output timestep
    `steps_out[i]`, at inference, with generic weights: the non-zero blocks of the Jacobian. Up to
    `fold.LONGEST` timesteps every timestep is listed; a longer axis is folded to its first timesteps and its
    last, and then `depends` is about the listed timesteps only.
    """

    layer: str
    kind: LaneKind
    timesteps_in: int
    timesteps_out: int
    depends: tuple[tuple[int, ...], ...]
    state: bool
    direction: Direction = "forward"
    inbound: tuple[str, ...] = ()
    """The lanes that feed this one, by layer name; empty if no drawn lane does."""
    steps_in: tuple[int, ...]
    steps_out: tuple[int, ...]
    time_in: bool
    """False if only the output has a timesteps axis (RepeatVector); then `timesteps_in` is 1."""
    time_out: bool
    """False if only the input has one (the last step of an LSTM); then `timesteps_out` is 1."""
    symbolic: bool = False
    """True if Keras knows no length (null) and the number of timesteps was chosen; typed sequences have
    one."""


class Flow(Frozen):
    """The lanes, in the order of the report's layers, and the places where numbers are only rearranged."""

    lanes: tuple[Lane, ...] = ()
    data: tuple[Regrouping, ...] = ()
    masks: MaskTrace | None = None
    """What becomes of the typed sequences, if there are any."""
    values: ValueTrace | None = None
    """The numbers in a run of the model, if they were asked for."""
    unfolded: bool = Field(default=False, exclude=True)
    """Whether each lane and each timestep that is listed is drawn, however large that is."""


class TracedReport(Report):
    """A report, with how data moves through time."""

    flow: Flow
