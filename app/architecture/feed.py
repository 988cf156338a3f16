"""Feed: data that the code gives to its model, as far as its shapes are known."""

from app.frozen import Frozen, Shape


class Feed(Frozen):
    """One `fit`, `predict` or call. A shape is None where not even the number of its axes is known."""

    call: str
    line: int
    names: tuple[str, ...]
    """How the code calls the inputs."""
    inputs: tuple[Shape | None, ...]
    targets: tuple[Shape | None, ...] = ()
    loss: str | None = None
