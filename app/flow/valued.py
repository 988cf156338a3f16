"""ValueTrace: the numbers of a model that was run, layer by layer."""

from typing import Literal

from app.flow.masked import Steps
from app.frozen import Frozen

Values = tuple[tuple[tuple[float | None, ...], ...], ...]
"""For each sequence, for each timestep, its numbers; None where nothing was computed."""


class Strip(Frozen):
    """Something that has numbers at every timestep: a gate, a state, or what leaves a layer.

    `name` is its letter, "out" for what leaves; `way` tells strips of one name apart: "forward", "cell 2".
    """

    name: str
    role: str
    way: str = ""
    direction: Literal["forward", "backward"] = "forward"
    centre: float = 0
    """What it is where nothing speaks: 0.5 for a gate behind a sigmoid."""
    whole: bool = False
    """Whether these are whole numbers that name something: tokens."""
    has_timesteps: bool = True
    """False where all that leaves a layer stands in the place of one timestep."""
    skipped: Steps | None = None
    """For each sequence, which timesteps a mask has the cell skip; None where there is no mask at work."""
    values: Values


class ValuedLayer(Frozen):
    """The strips of one layer, gates first, then states, then what leaves."""

    layer: str
    kind: str
    around: tuple[str, ...] = ()
    """The models that it is in, the outermost first; empty for a layer of the model itself."""
    strips: tuple[Strip, ...]


class Fed(Frozen):
    """What one input read, as the code that makes it."""

    input: str
    code: str


class ValueTrace(Frozen):
    """A model run once, in the report's order; or why it was not run."""

    weights: str = ""
    """The call that, before the model's code, gives these weights."""
    fed: tuple[Fed, ...] = ()
    layers: tuple[ValuedLayer, ...] = ()
    refused: str = ""

    @property
    def samples(self) -> int:
        """How many sequences went through the model; 0 where it was not run."""
        return len(self.layers[0].strips[0].values) if self.layers else 0
