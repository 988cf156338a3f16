"""Attention: each timestep of the query with each timestep of the value. Masks are not counted.

There is no rule if the value is passed by keyword.
"""

from app.report.arguments import argument, integer
from app.report.arithmetic import NOTHING, Term, multiply, number
from app.report.work.call import Call, Effort, Sizes, sum_up
from app.report.work.rules.elements import SOFTMAX


def attend(call: Call) -> Effort | None:
    """Attention: products of query and key, a softmax, and the weighted sum of the values."""
    if len(call.inputs) < 2:
        return None
    pairs, features = _pair_up(call), call.input[-1]
    scaled = bool(argument(call.node, "use_scale"))
    if argument(call.node, "score_mode") == "concat":
        return _attend_by_sums(call, scaled).plus(Effort(others=pairs))
    scores = Effort(pairs.times(features), pairs if scaled else NOTHING)
    return scores.plus(_weigh_values(call, pairs))


def attend_additively(call: Call) -> Effort | None:
    """AdditiveAttention: sums of query and key, with a scale per feature, a softmax, and a weighted sum."""
    return _attend_by_sums(call, scaled=True) if len(call.inputs) > 1 else None


def _attend_by_sums(call: Call, scaled: bool) -> Effort:
    """Query and key are added, scaled if `scaled`, and summed over the features."""
    pairs, features = _pair_up(call), call.input[-1]
    added = number(2).times(features) if scaled else features
    summed = added.plus(number(features.value - 1))
    return Effort(others=pairs.times(summed)).plus(_weigh_values(call, pairs))


def _pair_up(call: Call) -> Term:
    """The number of pairs of a query timestep and a value timestep."""
    return multiply((*call.input[:-1], call.inputs[1][-2]))


def _weigh_values(call: Call, pairs: Term) -> Effort:
    """A softmax over the scores, and the weighted sum of the values."""
    return Effort(pairs.times(call.inputs[1][-1]), number(SOFTMAX).times(pairs))


def attend_with_heads(call: Call) -> Effort | None:
    """MultiHeadAttention: input projections, attention in each head, and an output projection."""
    heads, key = number(integer(call.node, "num_heads")), number(integer(call.node, "key_dim"))
    value = number(integer(call.node, "value_dim") or key.value)
    if len(call.inputs) < 2 or len(call.input) != 3 or argument(call.node, "attention_axes") is not None:
        return None
    return _attend(call, heads, heads, key, value)


def attend_in_groups(call: Call) -> Effort | None:
    """GroupQueryAttention: the same, with several query heads per key and value head."""
    heads, shared = (number(integer(call.node, f"num_{part}_heads")) for part in ("query", "key_value"))
    size = number(integer(call.node, "head_dim"))
    return _attend(call, heads, shared, size, size) if len(call.inputs) > 1 else None


def _attend(call: Call, heads: Term, shared: Term, key: Term, value: Term) -> Effort:
    node, query, values, keys = call.node, call.input, call.inputs[1], call.inputs[-1]
    biased, gated = bool(argument(node, "use_bias")), bool(argument(node, "use_gate"))
    written = multiply(call.output[2:])
    pairs = multiply((query[0], heads, query[1], values[1]))
    each_query = multiply((*query[:2], heads))
    # Keras scales the query if there is dropout, else the scores.
    scale = each_query.times(key) if argument(node, "dropout") else pairs
    return sum_up(
        project(query, heads.times(key), biased),
        project(keys, shared.times(key), biased),
        project(values, shared.times(value), biased),
        Effort(pairs.times(key), scale.plus(number(SOFTMAX).times(pairs))),
        Effort(pairs.times(value)),
        project((*query[:2], heads.times(value)), written, biased),
        *(
            [project(query, heads.times(value), biased), Effort(others=each_query.times(value))]
            if gated
            else ()
        ),
    )


def project(sizes: Sizes, units: Term, biased: bool) -> Effort:
    """A product with a kernel from the features of a sequence to `units`."""
    places = multiply(sizes[:-1])
    return Effort(multiply((places, sizes[-1], units)), places.times(units) if biased else NOTHING)
