"""count_parameters(): a layer's number of parameters, with the formula."""

from math import prod

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.model import Parameters, Weight
from app.report.numbers import write_size
from app.report.parameters.table import find_formula


def count_parameters(node: Node, input_shapes: tuple[Shape, ...], weights: tuple[Weight, ...]) -> Parameters:
    """The sizes of the weights that Keras made, summed, with the sum as arithmetic."""
    total = sum(_size(weight) for weight in weights)
    trainable = sum(_size(weight) for weight in weights if weight.trainable)
    formula = find_formula(node, input_shapes) if weights and input_shapes else None
    if formula is None or formula.value != total:
        return Parameters(total=total, trainable=trainable, formula=_add_up(weights))
    return Parameters(total=total, trainable=trainable, formula=formula.text)


def _size(weight: Weight) -> int:
    return prod(size or 0 for size in weight.shape)


def _add_up(weights: tuple[Weight, ...]) -> str:
    products = ("·".join(map(write_size, weight.shape)) or "1" for weight in weights)
    return " + ".join(products) or "0"
