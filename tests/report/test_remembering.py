"""What is remembered of one layer is used for the next: no answer may depend on what was asked before it."""

import random

import pytest

from app.architecture import Architecture, Node, Source
from app.architecture.code import read_code
from app.architecture.gallery import load_gallery
from app.report import description, evaluate
from app.report.build import make_report

MODELS = {example.slug: read_code(example.code).architecture.without_lines() for example in load_gallery()}


def forget() -> None:
    evaluate._remember_keras.cache_clear()
    evaluate._remember_models.cache_clear()
    description._remember.cache_clear()


@pytest.fixture(scope="module")
def fresh() -> dict[str, str]:
    """The report on each model, as a builder that was never asked anything gives it."""
    reports = {}
    for name, architecture in MODELS.items():
        forget()
        reports[name] = make_report(architecture).model_dump_json()
    return reports


def test_the_order_of_requests_changes_no_answer(fresh: dict[str, str]) -> None:
    forget()
    order = random.Random(7).choices(sorted(MODELS), k=3 * len(MODELS))
    assert [make_report(MODELS[name]).model_dump_json() for name in order] == [fresh[name] for name in order]


def rename(architecture: Architecture, prefix: str) -> Architecture:
    """The same layers under other names."""

    def rename_source(source: Source) -> Source:
        return source.model_copy(update={"node": prefix + source.node})

    def rename_node(node: Node) -> Node:
        shares = node.shares and prefix + node.shares
        inbound = tuple(map(rename_source, node.inbound))
        return node.model_copy(update={"name": prefix + node.name, "inbound": inbound, "shares": shares})

    nodes = tuple(map(rename_node, architecture.nodes))
    return architecture.model_copy(
        update={"nodes": nodes, "outputs": tuple(map(rename_source, architecture.outputs))}
    )


@pytest.mark.parametrize("name", MODELS)
def test_other_names_change_nothing_but_names(name: str) -> None:
    original, renamed = make_report(MODELS[name]), make_report(rename(MODELS[name], "other_"))
    assert renamed.totals.parameters == original.totals.parameters
    for row, other in zip(original.rows, renamed.rows, strict=True):
        assert other.name == f"other_{row.name}"
        assert (other.status, other.input_shapes, other.output_shapes, other.output_dtypes, other.mask) == (
            row.status,
            row.input_shapes,
            row.output_shapes,
            row.output_dtypes,
            row.mask,
        )
        assert (other.weights, other.parameters, other.bytes) == (row.weights, row.parameters, row.bytes)


def test_one_layer_called_twice_is_told_from_two_equal_layers() -> None:
    entering = {"kind": "InputLayer", "name": "x", "arguments": {"batch_shape": [None, 4]}}
    dense = {"kind": "Dense", "arguments": {"units": 3}, "inbound": ["x"]}
    two = {"nodes": [entering, {**dense, "name": "a"}, {**dense, "name": "b"}]}
    one = {"nodes": [entering, {**dense, "name": "a"}, {**dense, "name": "b", "shares": "a"}]}
    for _ in range(2):
        assert make_report(Architecture.model_validate(two)).totals.parameters == 30
        assert make_report(Architecture.model_validate(one)).totals.parameters == 15
