"""Whatever is asked, there is an explanation, and no number is too large for it."""

from typing import Any

import pytest
from explaining import words
from hypothesis import given
from hypothesis import strategies as st

from app.architecture import Architecture, Node, Source
from app.architecture.catalogue import KINDS
from app.report.build import make_report
from app.report.explain.repairs import propose_repairs

values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 9),
    st.floats(-2, 9),
    st.text("aelmrsu_", max_size=9),
    st.lists(st.integers(-2, 4), max_size=3),
    st.just({"kind": "LSTM", "arguments": {"units": 2}}),
    st.just({"kind": "Dense", "arguments": {"units": 2}}),
)
shapes = st.lists(st.none() | st.integers(0, 6), max_size=4)


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    kind = KINDS[draw(st.sampled_from(sorted(set(KINDS) - {"InputLayer"})))]
    names = [argument.name for argument in kind.arguments if argument.type != "ignored"]
    keys = [*(argument.name for argument in kind.arguments if argument.required)]
    keys += draw(st.lists(st.sampled_from([*names, "axes", "output_dim"]), max_size=2))
    inputs = [
        Node(kind="InputLayer", name=f"x{number}", arguments={"batch_shape": [None, *shape]})
        for number, shape in enumerate(draw(st.lists(shapes, min_size=1, max_size=2)))
    ]
    sources = tuple(Source(node=node.name) for node in inputs)
    arguments = {key: draw(values) for key in keys}
    layer = Node(kind=kind.name, name="layer", arguments=arguments, inbound=sources)
    return Architecture(nodes=(*inputs, layer))


@given(architecture=architectures())
def test_every_failure_is_explained_and_every_repair_holds_together(architecture: Architecture) -> None:
    report = make_report(architecture)
    rows = {row.name: row for row in report.layers}
    for problem in report.problems:
        assert problem.happened and problem.expected and problem.fix
        for title, proposal in propose_repairs(problem, architecture, rows):
            assert title
            assert Architecture.model_validate(proposal.model_dump()) == proposal
        for repair in problem.repairs:
            assert make_report(Architecture.model_validate(repair.architecture)).status == "builds"


HUGE = 10**4000


@pytest.mark.parametrize(
    ("shape", "layers"),
    [
        ([HUGE, HUGE], {"Flatten": {}, "LSTM": {"units": 3}}),
        ([5], {"Reshape": {"target_shape": [HUGE, HUGE]}}),
        ([5], {"Dense": {"units": -HUGE}}),
        ([5], {"Dropout": {"rate": HUGE}}),
        ([5, 3], {"Conv1D": {"filters": HUGE, "kernel_size": HUGE, "dilation_rate": HUGE}}),
        ([5, 3], {"Cropping1D": {"cropping": [HUGE, HUGE]}}),
        ([7] * 2000, {"LSTM": {"units": 3}}),
    ],
)
def test_numbers_beyond_reading_are_cut_short(shape: list[int], layers: dict[str, Any]) -> None:
    nodes = [Node(kind="InputLayer", name="x", arguments={"batch_shape": [None, *shape]})]
    for kind, arguments in layers.items():
        nodes.append(Node(kind=kind, name=kind, arguments=arguments, inbound=(Source(node=nodes[-1].name),)))
    (problem,) = make_report(Architecture(nodes=tuple(nodes))).problems
    assert len(words(problem)) < 500
