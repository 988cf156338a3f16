"""Functions such as `concatenate([a, b])`, which construct a merging layer and call it at once."""

from collections.abc import Callable, Mapping

from app.architecture.code.assemble import unroll_chain
from app.architecture.code.built import Functional, Layer, Merged, Model, Sequential, spell
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.layers.construct import construct_layer
from app.architecture.code.layers.graph import call_layer
from app.architecture.code.layers.lambdas import LAMBDA, make_lambda
from app.architecture.code.layers.models import as_graph
from app.architecture.code.python.calls import call
from app.architecture.code.python.containers import iterate
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Function, Value

ONE_MODE = frozenset({"arguments", "concat_axis", "dot_axes", "output_mask", "output_shape"})
"""Arguments of `merge` that belong to one mode."""

OLD_MODES: Mapping[str, str] = {
    "ave": "Average",
    "concat": "Concatenate",
    "max": "Maximum",
    "mul": "Multiply",
    "sum": "Add",
}

PRODUCTS: Mapping[str, bool] = {"cos": True, "dot": False}
"""Modes that multiply along `dot_axes`, and whether they normalize."""


def _merging(kind: str) -> Callable[..., Value]:
    def merge(interpreter: Interpreter, inputs: Value, *positional: Value, **keywords: Value) -> Value:
        layer = construct_layer(interpreter, kind, Arguments(list(positional), keywords))
        return call_layer(interpreter, layer, Arguments([inputs]))

    return merge


MERGING: Mapping[str, Callable[..., Value]] = {
    kind.lower(): _merging(kind)
    for kind in ("Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract")
}


def merge_as_of_old(interpreter: Interpreter, inputs: Value, mode: Value = "sum", **keywords: Value) -> Value:
    """`merge([a, b], mode="concat")` of Keras 1."""
    layer = _make_of_mode(interpreter, "merge", mode, keywords)
    return call(interpreter, layer, Arguments([inputs]))


def merge_models(
    interpreter: Interpreter, layers: Value = None, mode: Value = "sum", **keywords: Value
) -> Value:
    """`Merge([left, right], mode="concat")` of Keras 1, as the first layer of a Sequential."""
    models = list(iterate(layers, interpreter.budget)) if isinstance(layers, list | tuple) else []
    if not models or not all(isinstance(model, Sequential | Functional) for model in models):
        raise Refusal("`Merge` is understood with a list of models: `Merge([left, right], mode='concat')`.")
    graphs = [_take_graph(interpreter, model) for model in models]
    layer = _make_of_mode(interpreter, "Merge", mode, keywords)
    entering = dict.fromkeys(tensor for graph in graphs for tensor in graph.inputs)
    leaving = tuple(tensor for graph in graphs for tensor in graph.outputs)
    return Merged(layer, Functional(layer.name, interpreter.line, tuple(entering), leaving))


def _take_graph(interpreter: Interpreter, model: Model) -> Functional:
    """A model as a graph that becomes part of another, and no longer counts as a model of the code."""
    if isinstance(model, Sequential):
        if not model.layers:
            raise Refusal(f"The model {model.name!r} has no layers yet, so it cannot be merged.")
        unroll_chain(interpreter, model)
    if model in interpreter.models:
        interpreter.models.remove(model)
    return as_graph(model)


def _make_of_mode(interpreter: Interpreter, name: str, mode: Value, keywords: dict[str, Value]) -> Layer:
    if isinstance(mode, Function):
        interpreter.notes.add(
            "old-spelling", interpreter.line, old=f"{name}(…, mode=<function>)", new=f"{LAMBDA}(<function>)"
        )
        shape = {key: value for key, value in keywords.items() if key in ("name", "output_shape")}
        return make_lambda(interpreter, Arguments([mode], shape))
    known = (*OLD_MODES, *PRODUCTS)
    if not isinstance(mode, str) or mode not in known:
        raise Refusal(f"The merge mode {spell(mode)} is not understood. Known are {', '.join(known)}.")
    kind = OLD_MODES.get(mode, "Dot")
    interpreter.notes.add("old-spelling", interpreter.line, old=f"{name}(…, mode={mode!r})", new=f"{kind}()")
    named = {key: value for key, value in keywords.items() if key not in ONE_MODE}
    if kind == "Concatenate" and "concat_axis" in keywords:
        named["axis"] = keywords["concat_axis"]
    if kind == "Dot":
        named |= {"axes": _read_axes(keywords.get("dot_axes", -1)), "normalize": PRODUCTS[mode]}
    return construct_layer(interpreter, kind, Arguments([], named))


def _read_axes(axes: Value) -> Value:
    """One axis for each of the two tensors; Keras 1 wrote each in a list."""
    if isinstance(axes, list | tuple):
        return [axis[0] if isinstance(axis, list | tuple) and len(axis) == 1 else axis for axis in axes]
    return axes
