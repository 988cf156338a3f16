"""Any architecture survives the form, and any fields are answered."""

from hypothesis import given
from hypothesis import strategies as st
from submitted_form import BRANCHED, EMBEDDED, Fields, chain, change, fill_in, make_node, name_nodes, node

from app.architecture import Architecture, Source
from app.architecture.catalogue import KINDS
from app.architecture.form import read_form, write_cards
from app.frozen import JsonObject
from app.problems import AppError

ARGUMENT_VALUES = {
    "integer": st.integers(-(10**12), 10**12),
    "number": st.integers(0, 9) | st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "text": st.text(max_size=20),
    "shape": st.lists(st.none() | st.integers(-1, 99), max_size=4),
    "numbers": st.floats(-9, 9) | st.lists(st.floats(-9, 9), min_size=1, max_size=3),
    "pairs": st.integers(0, 9) | st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), max_size=3),
    "ignored": st.none()
    | st.text(max_size=5)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
}
ODD_VALUES = (
    st.none() | st.text(max_size=8) | st.lists(st.integers(), max_size=3) | st.booleans() | st.integers()
)


@st.composite
def draw_arguments(draw: st.DrawFn, kind: str, depth: int = 0) -> JsonObject:
    """Some arguments of a kind, most of them sensible, some of another type than Keras takes."""
    drawn: JsonObject = {}
    for argument in KINDS[kind].arguments:
        if argument.name in ("shape", "batch_size", "batch_shape") or not draw(st.booleans()):
            continue
        if argument.type == "layer" and depth < 2:
            inner = draw(st.sampled_from(["LSTM", "Dense", "Bidirectional", "TimeDistributed"]))
            value = {"kind": inner, "arguments": draw(draw_arguments(inner, depth + 1))}
        elif argument.type == "choice":
            value = draw(st.sampled_from(argument.choices))
        else:
            value = draw(ARGUMENT_VALUES.get(argument.type, st.none()) | ODD_VALUES)
        # A control that stands at its default says nothing: Keras hears the same.
        if value == argument.default and (argument.type in ("boolean", "choice", "text") or value is None):
            continue
        drawn[argument.name] = value
    return drawn


@st.composite
def draw_architecture(draw: st.DrawFn) -> Architecture:
    sizes = draw(st.lists(st.none() | st.integers(-3, 10**9), min_size=1, max_size=4))
    start = {"batch_shape": sizes, **draw(draw_arguments("InputLayer"))}
    nodes = [make_node("InputLayer", "start", (), start)]
    for number, kind in enumerate(draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=6))):
        if kind == "InputLayer":
            nodes.append(node(kind, f"input.{number}", batch_shape=[None, 2]))
            continue
        sources = st.builds(Source, node=st.sampled_from(name_nodes(chain(*nodes))), output=st.integers(0, 3))
        inbound = draw(st.lists(sources, min_size=1, max_size=3))
        nodes.append(make_node(kind, f"</{kind}> {number}", inbound, draw(draw_arguments(kind))))
    return chain(*nodes)


@given(draw_architecture())
def test_every_architecture_survives_the_form(architecture: Architecture) -> None:
    assert read_form(fill_in(architecture)).architecture == architecture


FIELD_NAMES = st.sampled_from(
    sorted({name for name, _ in fill_in(BRANCHED) + fill_in(EMBEDDED)} | {"do", "n0.add"})
)
WORDS = """LSTM InputLayer Bidirectional 0 1.2 -1 NaN [1] {"units":1e999} add:0 add:0:LSTM up:3 down:0
    remove:0 remove:9 axis:0 axis:1 drop-axis:0 : add"""
FIELD_VALUES = st.text(max_size=12) | st.sampled_from((*WORDS.split(), "9" * 5000, "[" * 9999))


@given(st.lists(st.tuples(FIELD_NAMES | st.text(max_size=12), FIELD_VALUES), max_size=60))
def test_any_fields_give_a_question_or_an_error_of_ours(fields: Fields) -> None:
    try:
        read_form(fields)
    except AppError as error:
        assert error.status in (400, 422)


@given(st.dictionaries(FIELD_NAMES, FIELD_VALUES, max_size=4))
def test_any_field_of_a_true_form_may_be_spoilt(spoilt: dict[str, str]) -> None:
    try:
        write_cards(read_form(change(fill_in(EMBEDDED), **spoilt)).architecture or EMBEDDED)
    except AppError as error:
        assert error.status in (400, 422)
