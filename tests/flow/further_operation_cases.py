"""More functions of keras.ops: those that work along an axis, join, split, multiply or look at each other."""

from operation_cases import Case, S, cases

ALONG = (
    cases("diff", [{"axis": 1}, {"axis": 2}, {"n": 2, "axis": 1}, {"n": 3, "axis": 1}], S)
    + cases("glu", [{"axis": 1}], S)
    + cases("glu", [{}], (3, 4))
    + cases("glu", [{"axis": 1}], (6, 1))
    + cases("top_k", [{"k": 2}], S)
    + cases("nancumsum nancumprod", [{"axis": 1}, {"axis": 2}], S)
    + cases("layer_normalization rms_normalization", [{}, {"axis": 1}], S)
    + cases("layer_normalization rms_normalization", [{}, {"axis": 1}], (4, 1))
    + cases("tril triu", [{"k": k} for k in (-3, -2, -1, 0, 1, 2)], S)
    + cases("tril triu", [{"k": k} for k in (-2, 0, 2)], (3, 5))
    + cases("take_along_axis", [{"axis": 1}], S, S)
    + cases("take_along_axis", [{"axis": 1}], S, (6, 3))
    + cases("take_along_axis", [{"axis": 2}], S, S)
)

SUMMED_UP = (
    cases(
        "moments",
        [{"axes": [1]}, {"axes": [-1]}, {"axes": [1, 2]}, {"axes": [1], "keepdims": True}],
        S,
    )
    + cases("average nanmedian", [{"axis": 1}, {"axis": -1}], S)
    + cases("average", [{"axis": 1}, {"axis": -1}], S, S)
    + cases("percentile nanpercentile", [{"q": 30, "axis": 1}, {"q": 30, "axis": 2, "keepdims": True}], S)
    + cases("quantile nanquantile", [{"q": 0.3, "axis": 1}, {"q": 0.6, "axis": -1}], S)
    + cases("trapezoid", [{}, {"axis": 1}, {"axis": 1, "dx": 0.5}], S)
    + cases("trapezoid", [{"axis": 1}], S, S)
    + cases("trapezoid", [{"axis": 2}], (4, 1))
    + cases("categorical_crossentropy", [{"from_logits": True}, {"from_logits": True, "axis": 1}], S, S)
    + cases("binary_crossentropy", [{}], S, S)
    + cases("ldexp", [{"x2": 2}], S)
)

PARTS = (
    cases("array_split", [{"indices_or_sections": count, "axis": 1} for count in (2, 3, 4)], S)
    + cases("array_split", [{"indices_or_sections": 2, "axis": -1}], S)
    + cases("hsplit", [{"indices_or_sections": 2}, {"indices_or_sections": [1, 3]}], S)
    + cases("dsplit", [{"indices_or_sections": 3}], S)
    + cases("fliplr flipud", [{}], S)
    + cases("broadcast_to", [{"shape": [16, 4, 3]}], (1, 3))
    + cases("broadcast_to", [{"shape": [16, 4, 3]}], (4, 1))
    + cases("slice", [{"start_indices": [0, 1, 0], "shape": [16, 2, 3]}], S)
    + cases("extract_sequences", [{"sequence_length": 2, "sequence_stride": 1}], S)
    + cases("rfft", [{}], S)
    + cases("stft", [{"sequence_length": 4, "sequence_stride": 2, "fft_length": 4}], (3, 8))
    + cases("view_as_real", [{}], S)
)

JOINED = (
    cases("append", [{"axis": 1}], S, (2, 3))
    + cases("append", [{"axis": -1}], S, (4, 2))
    + cases("hstack", [{}], S, (2, 3))
    + cases("hstack", [{}], (1, 3), S, (2, 3))
    + cases("dstack", [{}], S, (4, 2))
)

MULTIPLIED = (
    cases("tensordot", [{"axes": [[2], [1]]}], S, (3, 5))
    + cases("tensordot", [{"axes": [[1], [1]]}, {"axes": [[-2], [-2]]}], S, (4, 5))
    + cases("tensordot", [{"axes": [[1, 2], [1, 2]]}], S, S)
    + cases("dot", [{}], S, (3, 5))
    + cases("inner", [{}], S, (5, 3))
    + cases("cross", [{}], S, S)
    + cases("cross", [{}], S, (1, 3))
    + cases("cdist", [{}], S, (5, 3))
    + cases("inv det", [{}], (3, 3))
    + cases("pinv", [{}], S)
    + cases("solve", [{}], (3, 3), (3, 2))
)

POOLED = cases(
    "max_pool average_pool",
    [{"pool_size": 2}, {"pool_size": 3, "strides": 1}, {"pool_size": 3, "strides": 2, "padding": "same"}],
    (7, 2),
)

FURTHER = ALONG + SUMMED_UP + PARTS + JOINED + MULTIPLIED + POOLED

IMAGES: list[tuple[Case, tuple[int, ...]]] = [
    *((case, (0,)) for case in cases("depth_to_space", [{"block_size": 2}], (2, 3, 4))),
    *((case, (0,)) for case in cases("space_to_depth", [{"block_size": 2}], (4, 2, 3))),
    *((case, (0,)) for case in cases("tril triu inv", [{}], (3, 4, 4))),
    *((case, (0,)) for case in cases("max_pool average_pool", [{"pool_size": [2, 1]}], (4, 2, 3))),
    *(
        (case, reads)
        for causal in ({}, {"is_causal": True})
        for shapes, reads in (
            (((4, 2, 3), (5, 2, 3)), (0, 1, 1)),
            (((4, 2, 3), (4, 2, 3)), (0, 0, 1)),
            (((4, 2, 3), (4, 2, 3)), (0, 1, 0)),
            (((4, 2, 3),), (0, 0, 0)),
            (((1, 2, 3),), (0, 0, 0)),
            (((4, 2, 3), (1, 2, 3)), (0, 1, 1)),
        )
        for case in cases("dot_product_attention", [causal], *shapes)
    ),
]
"""Called on films, each with the places of those that it reads."""

FURTHER_STEPPED: list[Case] = (
    cases("angle isneginf isposinf real i0 convert_to_tensor", [{}], S)
    + cases("threshold", [{"threshold": 0.1, "default_value": 2.0}], S)
    + cases("isclose nextafter polar", [{}], S, S)
    + cases("bitwise_invert bitwise_not", [{}], S)
    + cases("bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift", [{}], S, S)
    + cases("left_shift right_shift gcd lcm", [{}], S, S)
    + cases("argpartition", [{"kth": 1}, {"kth": 1, "axis": 1}], S)
    + cases("nanargmax nanargmin", [{"axis": 1}, {"axis": -1}], S)
    + cases("multi_hot", [{"num_classes": 5}], S)
    + cases("unravel_index", [{"shape": [2, 3]}], S)
    + cases("view_as_complex", [{}], (4, 2))
    + cases("logdet", [{}], (3, 3))
    + cases("vsplit", [{"indices_or_sections": 3}], S)
    + cases("vstack", [{}], S, S)
    + cases("slice_update", [{"start_indices": [0, 1, 0]}], S, (2, 3))
    + cases("slice_update", [{"start_indices": [0, 1, 1]}], S, (2, 2))
    + cases("slice_update", [{"start_indices": [0, 0, 1]}], S, (4, 1))
)
"""Without a useful derivative, or not of real numbers."""

ITSELF: list[Case] = (
    cases(
        "einsum",
        [
            {"subscripts": letters}
            for letters in (
                *("btf,bsf->bts", "btf,bsf->bst", "btf,btf->btf", "btf,btg->btfg", "btf,btf->bt"),
                "btf,bsf->bs",
            )
        ],
        S,
    )
    + cases("matmul dot", [{}], (4, 4))
    + cases("matmul", [{}], (1, 1))
    + cases("inner cross subtract add multiply hstack vstack", [{}], S)
    + cases("tensordot", [{"axes": [[2], [2]]}, {"axes": [[1], [1]]}, {"axes": [[1, 2], [1, 2]]}], S)
    + cases("tensordot", [{"axes": [[2], [1]]}, {"axes": [[1], [2]]}], (4, 4))
    + cases("append concatenate", [{"axis": 1}, {"axis": -1}], S)
    + cases("solve", [{}], (3, 3))
    + cases("trapezoid", [{"axis": 1}, {"axis": -1}], S)
)
"""Called on the same tensor twice."""
