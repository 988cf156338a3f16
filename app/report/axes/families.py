"""The functions of keras.ops, grouped by what they do to the axes of their inputs."""

from collections.abc import Mapping

UNARY = (
    *("abs", "absolute", "angle", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh"),
    *("bitwise_invert", "bitwise_not", "cast", "cbrt", "ceil", "celu", "clip", "conj", "conjugate"),
    *("convert_to_tensor", "copy", "cos", "cosh", "deg2rad", "elu", "erf", "erfc", "erfinv"),
    *("exp", "exp2", "expm1", "fabs", "floor", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu"),
    *("hard_swish", "hard_tanh", "i0", "isfinite", "isinf", "isnan", "isneginf", "isposinf"),
    *("leaky_relu", "log", "log10", "log1p", "log2", "log_sigmoid", "logical_not", "nan_to_num"),
    *("negative", "rad2deg", "real", "reciprocal", "relu", "relu6", "round", "rsqrt", "saturate_cast"),
    *("selu", "sigmoid", "sign", "signbit", "silu", "sin", "sinc", "sinh", "soft_shrink", "softplus"),
    *("softsign", "sparse_plus", "sparse_sigmoid", "sqrt", "square", "squareplus", "stop_gradient"),
    *("swish", "tan", "tanh", "tanh_shrink", "threshold", "trunc", "unravel_index"),
)
"""Functions of one tensor, element by element."""

BINARY = (
    *("add", "arctan2", "binary_crossentropy", "bitwise_and", "bitwise_left_shift", "bitwise_or"),
    *("bitwise_right_shift", "bitwise_xor", "divide", "divide_no_nan", "equal", "floor_divide", "fmax"),
    *("fmin", "fmod", "gcd", "greater", "greater_equal", "heaviside", "hypot", "isclose", "lcm", "ldexp"),
    *("left_shift", "less", "less_equal", "logaddexp", "logaddexp2", "logical_and", "logical_or"),
    *("logical_xor", "maximum", "minimum", "mod", "multiply", "nextafter", "not_equal", "polar", "power"),
    *("right_shift", "subtract", "true_divide", "where"),
)
"""Functions of several tensors or constants, element by element."""

LIKE = ("empty_like", "full_like", "ones_like", "zeros_like")
"""Functions that use only the shape of a tensor."""

REDUCING = (
    *("all", "amax", "amin", "any", "argmax", "argmin", "average", "categorical_crossentropy"),
    *("count_nonzero", "logsumexp", "max", "mean", "median", "min", "moments", "nanargmax", "nanargmin"),
    *("nanmax", "nanmean", "nanmedian", "nanmin", "nanpercentile", "nanprod", "nanquantile", "nanstd"),
    *("nansum", "nanvar", "norm", "percentile", "prod", "ptp", "quantile", "std", "sum", "trapezoid", "var"),
)

COMPARING = ("layer_normalization", "log_softmax", "normalize", "softmax", "sparsemax")
"""Functions that normalize or compare each element along `axis`; of one alone they are constant."""

ORDERING = ("argpartition", "argsort", "rms_normalization", "sort")
"""Functions that may move elements along `axis`."""

ADDING_UP = ("cumprod", "cumsum", "nancumprod", "nancumsum")

SPLITTING = ("array_split", "dsplit", "hsplit", "split", "vsplit")

JOINING = ("append", "concatenate", "dstack", "hstack", "vstack")

FLIPPING = ("flip", "fliplr", "flipud")

KEEPING = (
    *("broadcast_to", "cross", "depth_to_space", "diff", "dot_product_attention", "glu", "inv", "pad"),
    *("repeat", "rfft", "roll", "slice", "slice_update", "solve", "space_to_depth", "tile"),
    *("take_along_axis", "top_k", "tril", "triu"),
)
"""Functions that work along an axis and keep it."""

FIXED_AXES: Mapping[str, int] = {
    "ops.dsplit": 2,
    "ops.dstack": 2,
    "ops.fliplr": 1,
    "ops.flipud": 0,
    "ops.hsplit": 1,
    "ops.hstack": 1,
    "ops.top_k": -1,
    "ops.vsplit": 0,
    "ops.vstack": 0,
}
"""Functions without an argument for the axis they work along."""
