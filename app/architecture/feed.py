"""Feed: the shapes of the data that the code passes to its model."""

from app.frozen import Frozen, Shape


class Feed(Frozen):
    """The data of one `fit`, `predict` or call. A shape is None if even its number of axes is not known."""

    call: str
    line: int
    names: tuple[str, ...]
    """The code's names for the inputs."""
    inputs: tuple[Shape | None, ...]
    targets: tuple[Shape | None, ...] = ()
    loss: str | None = None
