"""Activations and Work: what a layer leaves behind and computes, in numbers."""

from pydantic import Field

from app.frozen import Frozen


class Activations(Frozen):
    """The output of a layer for one sample, in bytes; None if that is not known before run time.

    `formula` is arithmetic that gives `bytes`; letters in it are unknown sizes, and `where` has the number
    used for each.
    """

    elements: int | None
    bytes: int | None
    formula: str
    where: dict[str, int] = Field(default={})


class Work(Frozen):
    """What a layer computes in one forward pass at inference, for one sample if the batch size is open.

    `macs` are the multiply-accumulates of matrix products and convolutions; `formula` gives them. `flops` are
    floating point operations as TensorFlow's profiler counts them, two for each multiply-accumulate, and None
    if they are not known; `flops_formula` gives them.
    """

    macs: int
    flops: int | None
    formula: str
    flops_formula: str | None
    where: dict[str, int] = Field(default={})


class TotalWork(Frozen):
    """The sums over the layers whose work is known, for so many samples."""

    macs: int = 0
    flops: int = 0
    batch: int = 1
    timesteps: int | None = None
    """The number used where Keras knows no length; None if it knows all lengths."""
    unknown: tuple[str, ...] = ()
    """The layers whose multiply-accumulates or FLOPs are not known, as there is no rule or they do not build;
    the sums lack them."""
