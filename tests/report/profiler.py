"""TensorFlow's own profiler, asked about the frozen graph of one real layer."""

import math
from typing import Any

import tensorflow as tf
from eager import call_layer
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2_as_graph

Shape = tuple[int, ...]


def profile_layer(layer: Any, *inputs: tf.TensorSpec) -> tuple[int, list[Shape]]:
    """The floating point operations of one call at inference, and the shapes of what it gives.

    Left out are operations on integers (lengths, indices) and those of which no output needs the result.
    Added are those of `Einsum`, which the profiler does not know, by its equation.
    """
    called = tf.function(lambda *tensors: call_layer(layer, list(tensors))).get_concrete_function(*inputs)
    frozen, definition = convert_variables_to_constants_v2_as_graph(called)
    outputs = [output.op.name for output in frozen.outputs]
    needed = tf.compat.v1.graph_util.extract_sub_graph(definition, outputs)
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(needed, name="")
        counted = dict(_list_counts(_profile(graph)))
        operations = graph.get_operations()
    total = sum(
        counted.get(operation.name, 0) + _count_einsum(operation)
        for operation in operations
        if _computes_floats(operation)
    )
    return total, [tuple(output.shape) for output in frozen.outputs]


def _profile(graph: tf.Graph) -> Any:
    options = tf.compat.v1.profiler.ProfileOptionBuilder.float_operation()
    options["output"] = "none"
    return tf.compat.v1.profiler.profile(graph=graph, cmd="scope", options=options)


def _list_counts(node: Any) -> Any:
    yield node.name, node.float_ops
    for child in node.children:
        yield from _list_counts(child)


def _computes_floats(operation: tf.Operation) -> bool:
    return any(tensor.dtype.is_floating for tensor in operation.inputs)


def _count_einsum(operation: tf.Operation) -> int:
    if operation.type != "Einsum":
        return 0
    words = operation.get_attr("equation").decode().partition("->")[0].split(",")
    sizes = {
        letter: size
        for word, tensor in zip(words, operation.inputs, strict=True)
        for letter, size in zip(_write_dots(word, len(tensor.shape)), tensor.shape, strict=True)
    }
    return 2 * math.prod(sizes.values())


def _write_dots(word: str, rank: int) -> str:
    """`...x` of three axes as `01x`."""
    return word.replace("...", "0123456789"[: rank - len(word) + 3])
