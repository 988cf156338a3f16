"""What a layer leaves behind and what it computes, in numbers."""

from pydantic import Field

from app.frozen import Frozen


class Activations(Frozen):
    """What leaves a layer for one sample of the batch; None where that is not known before run time.

    `formula` is arithmetic that gives `bytes`; letters in it are sizes that Keras leaves open, and
    `where` says which number was taken for each.
    """

    elements: int | None
    bytes: int | None
    formula: str
    where: dict[str, int] = Field(default={})


class Work(Frozen):
    """What a layer computes in one forward pass at inference, for one sample where the batch is open.

    `macs` are the multiply-accumulates of products of matrices and of convolutions, `formula` gives them.
    `flops` are floating point operations as TensorFlow's profiler counts them, two for each
    multiply-accumulate, and None where they are not known; `flops_formula` gives them.
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
    """How many were taken where Keras knows no length; None where it knows all."""
    unknown: tuple[str, ...] = ()
    """The layers whose multiply-accumulates or FLOPs are not known, because there is no rule or they do not
    build; they are missing in the sums."""
