"""The base of every value that travels between the stages."""

from pydantic import BaseModel, ConfigDict, JsonValue

Shape = tuple[int | None, ...]
"""Sizes of the axes of one tensor, batch included; None is a size not known before run time."""

JsonObject = dict[str, JsonValue]


class Frozen(BaseModel):
    """A value that nobody changes, and that is its own JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")
