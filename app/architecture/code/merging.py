"""`concatenate([a, b])` and its like: the layer constructed and called in one."""

from collections.abc import Callable, Mapping

from app.architecture.code.arguments import Arguments
from app.architecture.code.construct import construct_layer
from app.architecture.code.graph import call_layer
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Value, spell

OLD_MODES: Mapping[str, str] = {
    "ave": "Average",
    "concat": "Concatenate",
    "max": "Maximum",
    "mul": "Multiply",
    "sum": "Add",
}


def _merging(kind: str) -> Callable[..., Value]:
    def merge(interpreter: Interpreter, inputs: Value, *positional: Value, **keywords: Value) -> Value:
        layer = construct_layer(interpreter, kind, Arguments(list(positional), keywords))
        return call_layer(interpreter, layer, Arguments([inputs]))

    return merge


MERGING: Mapping[str, Callable[..., Value]] = {
    kind.lower(): _merging(kind)
    for kind in ("Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract")
}


def merge_as_of_old(interpreter: Interpreter, inputs: Value, mode: Value = "sum", **keywords: Value) -> Value:
    """`merge([a, b], mode="concat")` of Keras 1."""
    if not isinstance(mode, str) or mode not in OLD_MODES:
        raise Refusal(f"The merge mode {spell(mode)} is not understood. Known are {', '.join(OLD_MODES)}.")
    kind = OLD_MODES[mode]
    interpreter.notes.add("old-spelling", interpreter.line, old=f"merge(…, mode={mode!r})", new=f"{kind}()")
    return _merging(kind)(interpreter, inputs, **keywords)
