"""Frozen: the base class of every value that travels between the stages."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, GetPydanticSchema, JsonValue
from pydantic_core.core_schema import any_schema

Shape = tuple[int | None, ...]
"""The sizes of a tensor's axes, batch axis first; None is a size that is not known before run time."""

Json = Annotated[JsonValue, GetPydanticSchema(lambda *_: any_schema())]
"""What a JSON parser gave, taken as it is: to look at every value in a megabyte again takes a second."""

JsonObject = dict[str, Json]


class Frozen(BaseModel):
    """An immutable value that is its own JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_shape(value: JsonValue) -> Shape | None:
    """The shape in a list of integers and nulls; None if the value is something else."""
    if not isinstance(value, list):
        return None
    sizes = tuple(size for size in value if size is None or isinstance(size, int))
    return sizes if len(sizes) == len(value) else None
