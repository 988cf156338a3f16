"""Question: what a visitor or a program asks. It is the body of API requests and the state in a link."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import from_json, to_json

from app.architecture.config.left_out import MOST_LEFT_OUT, LeftOut
from app.architecture.feed import Feed
from app.architecture.hole import MAX_HOLES, Hole, HoleName, HoleValue
from app.architecture.made import MAX_MADE, MadeModel
from app.architecture.sequences import Sequences
from app.architecture.spec import Architecture
from app.frozen import Frozen, JsonObject, Shape
from app.problems import Misspelling, Problem

DRAWN_TIMESTEPS = 8
MAX_PIECES = 20
"""How many pieces of code in a text are tried at most."""


def _parse_text(config: Any) -> Any:
    """`model.to_json()` returns text; this reads the object in it."""
    return from_json(config, allow_inf_nan=False) if isinstance(config, str) else config


Config = Annotated[JsonObject, BeforeValidator(_parse_text, json_schema_input_type=JsonObject | str)]


class Question(Frozen):
    """A model in exactly one of `code`, `keras` and `architecture`, and options for how to look at it."""

    # Infinity is kept, to be refused when the question is written: it must not become null.
    model_config = ConfigDict(ser_json_inf_nan="constants")

    code: str | None = Field(default=None, description="Keras source code. It is read, never run.")
    keras: Config | None = Field(
        default=None, description="`model.to_json()`, as that text or as the object in it."
    )
    architecture: Architecture | None = Field(default=None, description="Kerascope's own form.")
    own_code: str | None = Field(
        default=None,
        description="With `architecture`: the code that it was made of, which is changed where the "
        "architecture differs, rather than written anew.",
    )
    left_out: tuple[LeftOut, ...] = Field(
        default=(),
        max_length=MOST_LEFT_OUT,
        description="With `architecture`: the functions and objects of somebody's own that its file has as "
        "arguments. They are never run, change no shape, and are told in a note.",
    )
    piece: int | None = Field(
        default=None,
        ge=1,
        le=MAX_PIECES,
        description="Of a text with several pieces of code, the number of the one that is read; without it, "
        "the first that makes a model.",
    )
    shown_model: int | None = Field(
        default=None,
        ge=1,
        le=MAX_MADE,
        description="Of code that makes several models, the number of the one that is shown; without it, the "
        "one that the code fits or compiles, else the last.",
    )
    timesteps: int = Field(
        default=DRAWN_TIMESTEPS,
        ge=1,
        le=64,
        description="How many timesteps to draw where the axis is null and no `sequences` have a number.",
    )
    unfolded: bool = Field(
        default=False,
        description="Whether each of up to 64 timesteps is drawn, however wide that is, and each of several "
        "identical blocks. Otherwise timesteps in the middle are folded away, such blocks are drawn once.",
    )
    stride: int = Field(
        default=1,
        ge=1,
        le=64,
        description="How many rows later the next window over a table begins: `sequence_stride` of "
        "`keras.utils.timeseries_dataset_from_array`.",
    )
    inputs: dict[str, Shape] = Field(
        default={}, description="Other shapes for inputs, batch axis first, by the input's name."
    )
    holes: dict[HoleName, HoleValue] = Field(
        default={},
        max_length=MAX_HOLES,
        description="Values for what the code needs and does not say, by its spelling: `vocab_size`.",
    )
    sequences: Sequences | None = Field(
        default=None, description="Data to run the model on, to see what becomes of its padding and its mask."
    )

    @property
    def drawn_timesteps(self) -> int:
        """The timesteps to draw if the axis is null: the length of typed sequences, else `timesteps`."""
        return self.sequences.length if self.sequences else self.timesteps

    @model_validator(mode="after")
    def _one_of_three(self) -> "Question":
        given = [self.code, self.keras, self.architecture]
        if sum(value is not None for value in given) != 1:
            raise ValueError("Give exactly one of `code`, `keras` and `architecture`.")
        if self.own_code is not None and self.architecture is None:
            raise ValueError("`own_code` is the code of an `architecture`: give both.")
        return self

    def __reduce__(self) -> tuple[Callable[..., "Question"], tuple[bytes]]:
        # It travels as its own JSON, which is written ten times as fast as pydantic pickles; a NaN, which
        # is refused in words later on, stays one.
        return _unpack, (to_json(self.model_dump(exclude_defaults=True), inf_nan_mode="constants"),)


def _unpack(content: bytes) -> Question:
    return Question.model_validate(from_json(content))


class Reading(Frozen):
    """What was understood of a question, and notes on what was read otherwise than it was written."""

    architecture: Architecture
    notes: tuple[Problem, ...] = ()
    code: str
    """The visitor's source; if there was none, source written for the architecture."""
    made: tuple[MadeModel, ...] = ()
    """The models that the code makes, if there are several."""
    feeds: tuple[Feed, ...] = ()
    """The data that the code passes to the model."""
    data: Sequences | None = None
    """The sequences of whole numbers in the code that its model reads, if it has one input."""
    holes: tuple[Hole, ...] = ()
    """The values that the code needs and does not set, in the order of their lines."""
    misspelt: Misspelling | None = None
    """The first misspelt name in the code."""
    rewritten: Question | None = None
    """The same question as code, if layers were changed and their code with them."""
