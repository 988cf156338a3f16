"""The arguments of a layer that a visitor adds: usual values for those that are required."""

from pydantic import JsonValue

from app.architecture.catalogue import Argument, Kind
from app.architecture.spec import INPUT
from app.frozen import JsonObject

TENSORS = ("tensor", "tensors")

VALUES: JsonObject = {
    "activation": "relu",
    "axes": [1, 1],
    "axis": -1,
    "batch_shape": [None, 8, 4],
    "cell": {"kind": "LSTMCell", "arguments": {"units": 32}},
    "cells": [{"kind": "LSTMCell", "arguments": {"units": 32}}],
    "dims": [2, 1],
    "dtype": "float32",
    "equation": "...x,xy->...y",
    "factor": 0.1,
    "filters": 16,
    "head_dim": 16,
    "height": 32,
    "height_factor": 0.1,
    "input_dim": 1000,
    "kernel_size": 3,
    "indices_or_sections": 2,
    "key": ":, -1",
    "key_dim": 16,
    "layer": {"kind": "LSTM", "arguments": {"units": 32}},
    "layers": [{"kind": "Dropout", "arguments": {"rate": 0.5}}],
    "max_number": 10,
    "n": 8,
    "newshape": [-1, 4],
    "num_bins": 16,
    "num_heads": 2,
    "num_key_value_heads": 2,
    "num_query_heads": 2,
    "output_dim": 16,
    "output_shape": 32,
    "output_size": 2,
    "pool_size": 2,
    "rate": 0.5,
    "scale": 0.1,
    "stddev": 0.1,
    "target_shape": [-1, 4],
    "units": 32,
    "width": 32,
    "width_factor": 0.1,
    "x2": 1,
}
"""By the argument's name, which means the same in every layer."""

VALUES_OF_KIND: dict[str, JsonObject] = {
    "SpectralNormalization": {"layer": {"kind": "Dense", "arguments": {"units": 32}}},
    "TimeDistributed": {"layer": {"kind": "Dense", "arguments": {"units": 32}}},
}


def start_arguments(kind: Kind) -> JsonObject:
    """The arguments of a new layer: the required ones, or an input's shape.

    A new operation has one tensor, the one before it; if it needs two, the second is a number.
    """
    required = {
        argument.name: start_argument(kind, argument)
        for argument in kind.arguments
        if argument.required and (argument.type not in TENSORS or argument.name in VALUES)
    }
    return {"batch_shape": VALUES["batch_shape"]} if kind.name == INPUT else required


def start_argument(kind: Kind, argument: Argument) -> JsonValue:
    """A usual value of a required argument; None if there is none, so that the argument is missing."""
    return VALUES_OF_KIND.get(kind.name, VALUES).get(argument.name)


def make_room(kind: Kind, arguments: JsonObject, inputs: int) -> JsonObject:
    """The arguments without numbers in place of tensors, once as many tensors are connected."""
    tensors = [argument.name for argument in kind.arguments if argument.type == "tensor"]
    surplus = inputs - sum(name not in arguments for name in tensors)
    if any(argument.type == "tensors" for argument in kind.arguments):
        return arguments
    gone = [name for name in tensors if name in arguments][: max(surplus, 0)]
    return {name: value for name, value in arguments.items() if name not in gone}
