"""Attention with several heads: projections of the inputs to each head, and one to the output."""

from collections import Counter
from collections.abc import Iterator

from app.architecture.spec import Node
from app.frozen import Shape
from app.report.arguments import argument, integer, sizes
from app.report.arithmetic import Term, add, multiply, number

Shapes = tuple[Shape, ...]


def count_heads(node: Node, shapes: Shapes) -> Term | None:
    """MultiHeadAttention: query, key and value projections for each head, then the output projection."""
    if len(shapes) < 2:
        return None
    heads, key = number(integer(node, "num_heads")), number(integer(node, "key_dim"))
    value = number(integer(node, "value_dim") or key.value)
    query, values, *keys = shapes
    output = argument(node, "output_shape")
    if isinstance(output, list):
        given = sizes(node, "output_shape", len(output))
    else:
        given = (output,) if isinstance(output, int) else (query[-1] or 0,)
    written = multiply(map(number, given))
    biased, gated = bool(argument(node, "use_bias")), bool(argument(node, "use_gate"))
    return add(
        (
            *join_equal(
                project(read_last(query), heads.times(key), biased),
                project(read_last(keys[0] if keys else values), heads.times(key), biased),
                project(read_last(values), heads.times(value), biased),
                *([project(read_last(query), heads.times(value), biased)] if gated else ()),
            ),
            project(heads.times(value), written, biased),
        )
    )


def count_grouped_heads(node: Node, shapes: Shapes) -> Term | None:
    """GroupQueryAttention: fewer key and value heads than query heads."""
    if len(shapes) < 2:
        return None
    size = number(integer(node, "head_dim"))
    queries = number(integer(node, "num_query_heads")).times(size)
    shared = number(integer(node, "num_key_value_heads")).times(size)
    query, values, *keys = shapes
    biased, gated = bool(argument(node, "use_bias")), bool(argument(node, "use_gate"))
    return add(
        (
            *join_equal(
                project(read_last(query), queries, biased),
                project(read_last(keys[0] if keys else values), shared, biased),
                project(read_last(values), shared, biased),
                *([project(read_last(query), queries, biased)] if gated else ()),
            ),
            project(queries, read_last(query), biased),
        )
    )


def join_equal(*terms: Term) -> Iterator[Term]:
    """Each term once, times how often it occurs: self-attention has three equal projections."""
    for term, count in Counter(terms).items():
        yield number(count).times(term) if count > 1 else term


def project(features: Term, units: Term, biased: bool) -> Term:
    """A kernel from `features` to `units`, with a bias per unit if `biased`."""
    kernel = features.times(units)
    return kernel.plus(units) if biased else kernel


def read_last(shape: Shape) -> Term:
    """The size of the last axis."""
    return number(shape[-1] or 0)
