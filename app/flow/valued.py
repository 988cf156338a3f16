"""ValueTrace: the numbers in a run of the model, layer by layer."""

from typing import Literal

from app.flow.masked import Steps
from app.frozen import Frozen

INNER = "inner"
"""How the `way` of a strip begins that is of a walk at each timestep, in a TimeDistributed."""

Values = tuple[tuple[tuple[float | None, ...], ...], ...]
"""For each sequence, for each timestep, its numbers; None where nothing was computed."""


class Strip(Frozen):
    """The numbers of a gate, a state or an output at every timestep.

    `name` is its letter, "out" for an output; `way` distinguishes strips of one name: "forward", "cell 2".
    """

    name: str
    role: str
    way: str = ""
    direction: Literal["forward", "backward"] = "forward"
    centre: float = 0
    """The value without any signal: 0.5 for a gate with a sigmoid."""
    reach: float | None = None
    """How far from the centre a number of this output can be; None if its activation sets no limit."""
    whole: bool = False
    """Whether the numbers are tokens."""
    has_timesteps: bool = True
    """False if the output has no timesteps."""
    skipped: Steps | None = None
    """For each sequence, which timesteps a mask makes the cell skip; None if there is no mask."""
    values: Values


class ValuedLayer(Frozen):
    """The strips of one layer: gates, then states, then its output."""

    layer: str
    kind: str
    around: tuple[str, ...] = ()
    """The names of the nested models it is in, the outermost first."""
    strips: tuple[Strip, ...]


class Fed(Frozen):
    """What one input read, as the code that makes it."""

    input: str
    code: str


class ValueTrace(Frozen):
    """One run of a model, in the report's order; or why it was not run."""

    weights: str = ""
    """The call that, before the model's code, reproduces these weights."""
    fed: tuple[Fed, ...] = ()
    layers: tuple[ValuedLayer, ...] = ()
    refused: str = ""

    @property
    def samples(self) -> int:
        """The number of sequences in the run; 0 if it was not run."""
        return len(self.layers[0].strips[0].values) if self.layers else 0
