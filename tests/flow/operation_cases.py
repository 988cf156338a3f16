"""Functions of keras.ops, their arguments and the shapes they are called on."""

from typing import Any

S = (4, 3)

Case = tuple[Any, ...]


def cases(names: str, arguments: list[dict[str, Any]], *shapes: tuple[int, ...]) -> list[Case]:
    """Each function with each of the arguments, called on tensors of these shapes."""
    return [(f"ops.{name}", given, *shapes) for name in names.split() for given in arguments]


ELEMENTWISE = (
    cases(
        "abs absolute arcsinh arctan cbrt celu cos cosh deg2rad elu erf erfc exp exp2 expm1 fabs "
        "gelu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu log_sigmoid "
        "nan_to_num negative rad2deg reciprocal relu relu6 selu sigmoid silu sin sinc sinh "
        "soft_shrink softplus softsign sparse_plus sparse_sigmoid square squareplus swish tan "
        "tanh tanh_shrink conj conjugate copy",
        [{}],
        S,
    )
    + cases("arccos arccosh arcsin arctanh erfinv log log10 log1p log2 rsqrt sqrt", [{}], S)
    + cases("clip", [{"x_min": -1.0, "x_max": 1.0}], S)
    + cases("cast saturate_cast", [{"dtype": "float32"}], S)
)

BROADCAST = (
    [
        case
        for shapes in ((S, S), (S, (1, 3)), ((1, 3), S), ((4, 1), S), (S, (4, 1)))
        for case in cases(
            "add subtract multiply divide maximum minimum arctan2 hypot logaddexp", [{}], *shapes
        )
    ]
    + cases("divide_no_nan fmax fmin logaddexp2 mod true_divide", [{}], S, S)
    + cases("add multiply", [{"x2": 2.0}, {"x1": 2.0}], S)
    + cases("power", [{"x2": 2.0}], S)
    + cases("subtract", [{"x1": 1.0}], S)
)

REDUCED = (
    cases(
        "mean sum max min amax amin prod logsumexp var std nansum nanmean nanprod nanvar nanstd "
        "nanmax nanmin median ptp norm",
        [{"axis": 1}, {"axis": -1}, {"axis": [1, 2]}, {"axis": 1, "keepdims": True}],
        S,
    )
    + cases("mean", [{"axis": 2, "keepdims": True}, {"axis": [-1, -2], "keepdims": True}], S)
    + cases("var ptp mean", [{"axis": 2}, {"axis": 1}], (4, 1))
    + cases("var mean", [{"axis": 1}], (1, 3))
)

COMPARED = (
    cases("softmax log_softmax sparsemax", [{}, {"axis": 1}], S)
    + cases("softmax log_softmax", [{}, {"axis": 1}], (4, 1))
    + cases("normalize", [{}, {"axis": 1}], S)
    + cases("sort", [{}, {"axis": 1}], S)
    + cases("cumsum cumprod", [{"axis": 1}, {"axis": 2}], S)
)

MOVED = (
    cases(
        "get_item",
        [
            {"key": key}
            for key in (
                *(":, -1", ":, 0", ":, 1:3", ":, ::2", ":, ::-1", ":, -2:", ":, :-1", ":, :, 0", ":, :, :2"),
                *(
                    "..., 0",
                    "..., -1, :",
                    ":, None",
                    "..., None",
                    ":, 2, None",
                    ":, ..., 1:",
                ),
            )
        ],
        S,
    )
    + cases("expand_dims", [{"axis": 1}, {"axis": -1}, {"axis": 2}, {"axis": [1, -1]}], S)
    + cases("squeeze", [{}, {"axis": 1}], (1, 3))
    + cases("squeeze", [{"axis": -1}, {"axis": 2}], (4, 1))
    + cases("transpose", [{"axes": [0, 2, 1]}, {"axes": [0, 1, 2]}], S)
    + cases("swapaxes", [{"axis1": 1, "axis2": 2}, {"axis1": -1, "axis2": 1}], S)
    + cases("moveaxis", [{"source": 1, "destination": -1}, {"source": [1, 2], "destination": [2, 1]}], S)
    + cases("flip", [{"axis": 1}, {"axis": 2}, {"axis": [1, 2]}, {}], S)
    + cases(
        "roll",
        [
            {"shift": 1, "axis": 1},
            {"shift": -3, "axis": 1},
            {"shift": 1, "axis": 2},
            {"shift": [1, 2], "axis": [1, 2]},
        ],
        S,
    )
    + cases("repeat", [{"repeats": 2, "axis": 1}, {"repeats": 3, "axis": -1}], S)
    + cases("tile", [{"repeats": [1, 2, 1]}, {"repeats": [1, 1, 2]}, {"repeats": [2, 1]}], S)
    + cases("pad", [{"pad_width": [[0, 0], [1, 2], [0, 0]]}, {"pad_width": [[0, 0], [0, 0], [1, 1]]}], S)
    + cases(
        "pad",
        [
            {"pad_width": [[0, 0], ends, [0, 0]], "mode": mode}
            for mode in ("reflect", "symmetric")
            for ends in ([1, 2], [3, 0], [0, 3])
        ],
        S,
    )
    + cases(
        "take",
        [
            {"indices": [0, 2], "axis": 1},
            {"indices": [-1, 1, 1], "axis": 1},
            {"indices": -1, "axis": 1},
            {"indices": [1], "axis": -1},
        ],
        S,
    )
    + cases("split", [{"indices_or_sections": 2, "axis": 1}, {"indices_or_sections": [1, 3], "axis": 1}], S)
    + cases("split", [{"indices_or_sections": 3, "axis": -1}], S)
    + cases("unstack", [{"axis": 1}, {"axis": 2}], S)
    + cases("stack", [{"axis": 1}, {"axis": 2}, {"axis": -1}], S, S)
    + cases("stack", [{"axis": 1}], (3,), (3,))
    + cases("concatenate", [{"axis": -1}], S, (4, 2))
    + cases("concatenate", [{"axis": 1}], S, (2, 3))
    + cases("reshape", [{"newshape": [-1, 12]}, {"newshape": [-1, 6, 2]}, {"newshape": [-1, 4, 3, 1]}], S)
)

MULTIPLIED = (
    cases("matmul", [{}], S, (3, 5))
    + cases("matmul", [{}], (3, 4), (4, 2))
    + cases("einsum", [{"subscripts": "btf->bft"}, {"subscripts": "btf->bf"}, {"subscripts": "btf->bt"}], S)
    + cases("einsum", [{"subscripts": "btf,bsf->bts"}], S, (5, 3))
    + cases("einsum", [{"subscripts": "btf,btg->bfg"}, {"subscripts": "btf,btg->btfg"}], S, (4, 2))
)

CASES = ELEMENTWISE + BROADCAST + REDUCED + COMPARED + MOVED + MULTIPLIED

STEPPED = (
    cases("ceil floor round sign signbit trunc isfinite isinf isnan logical_not stop_gradient", [{}], S)
    + cases("cast", [{"dtype": "int32"}, {"dtype": "bool"}], S)
    + cases("greater less equal not_equal greater_equal less_equal floor_divide fmod", [{"x2": 0.5}], S)
    + cases("heaviside logical_and logical_or logical_xor", [{}], S, S)
    + cases("where", [{"x1": 1.0, "x2": 0.0}], S)
    + cases("argmax argmin", [{"axis": 1}, {"axis": -1}, {"axis": 1, "keepdims": True}], S)
    + cases("all any count_nonzero", [{"axis": 1}, {"axis": -1}], S)
    + cases("argsort", [{}, {"axis": 1}], S)
    + cases("one_hot", [{"num_classes": 5}], (4,))
    + cases("empty_like ones_like zeros_like", [{}], S)
    + cases("full_like", [{"fill_value": 2.0}], S)
)
"""Functions without a useful derivative: other numbers are put in, and what comes out is compared."""
