"""Random calls of any layer, sensible and not."""

from typing import Any

from hypothesis import strategies as st

from app.architecture.catalogue import KINDS
from app.report.asked import TensorSpec

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=6,
)


@st.composite
def any_call(draw: st.DrawFn) -> tuple[str, dict[str, Any], tuple[TensorSpec, ...]]:
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    required = {argument.name for argument in kind.arguments if argument.required}
    names = required | draw(
        st.sets(st.sampled_from([argument.name for argument in kind.arguments]), max_size=3)
    )
    plausible = st.integers(-2, 8) | st.booleans() | st.lists(st.integers(-2, 8), max_size=3)
    inner = st.just({"kind": "GRU", "arguments": {"units": 2, "return_state": True}})
    arguments = {name: draw(plausible | JSON | inner) for name in sorted(names)}
    dimension = st.none() | st.integers(0, 9)
    shapes = draw(st.lists(st.lists(dimension, max_size=5), min_size=1, max_size=3))
    masks = draw(st.lists(st.booleans(), min_size=3, max_size=3))
    specs = (
        TensorSpec(tuple(s), "float32", tuple(s[:2]) if m else None)
        for s, m in zip(shapes, masks, strict=False)
    )
    return kind.name, arguments, tuple(specs)
