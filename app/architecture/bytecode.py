"""Refuses configurations that hold compiled Python code (bytecode), such as that of a saved `lambda`."""

import json
import re
from collections.abc import Iterable, Mapping

from pydantic import JsonValue

from app.problems import LambdaBytecode

TRACES = re.compile(r'"__lambda__"|"function": \[|\{"value": \[')
"""Text that is in every configuration with bytecode, and in few others."""


def refuse_bytecode(config: Mapping[str, JsonValue]) -> None:
    """Raise LambdaBytecode if a layer, an activation or any other part of the configuration is bytecode."""
    if not _may_hold_bytecode(config):
        return
    waiting: list[tuple[str, JsonValue]] = [("the model", dict(config))]
    while waiting:
        name, value = waiting.pop()
        parts: Iterable[JsonValue] = value if isinstance(value, list) else ()
        if isinstance(value, dict):
            own = value.get("name")
            name = own if isinstance(own, str) else name
            if _is_bytecode(value):
                raise LambdaBytecode(
                    f"{name!r} holds code: a `lambda` that was compiled when the model was saved, and is "
                    "never run here. Write it as a layer of Keras', or open the code that builds the model."
                )
            parts = value.values()
        waiting.extend((name, part) for part in parts if isinstance(part, dict | list))


def _may_hold_bytecode(config: Mapping[str, JsonValue]) -> bool:
    try:
        return TRACES.search(json.dumps(config)) is not None
    except RecursionError:
        # Nested too deeply for json.dumps; the search below has no such limit.
        return True


def _is_bytecode(value: Mapping[str, JsonValue]) -> bool:
    """Whether this is a function in one of the forms in which Keras has saved a `lambda`."""
    if value.get("class_name") == "__lambda__":
        return True
    return _is_dump(value.get("function")) or (value.keys() == {"value"} and _is_dump(value["value"]))


def _is_dump(value: JsonValue) -> bool:
    """Whether this is a function's code with its defaults and closure, as Keras dumps them."""
    if not isinstance(value, list) or len(value) != 3 or not isinstance(value[0], str):
        return False
    # [layer, call, output] is a reference to a tensor, such as the `value` of attention in Keras 2.
    return not isinstance(value[1], int)
