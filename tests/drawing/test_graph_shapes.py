"""The shapes of graphs: what is called again, what is inside, what is an operation, which tensor is read."""

import pytest
from graphs import GRAPHS, report_on_graph
from scenes import list_arrows, list_marks

from app.architecture import Node
from app.drawing import FORMATS
from app.drawing.boxes.kinds import spell_operation, tell_kind
from app.drawing.boxes.shapes import place_shapes
from app.drawing.describe import describe_shapes
from app.drawing.headline import name_model
from app.drawing.scene import Box, Span, Text
from app.drawing.words import count_layers
from app.flow import trace_flow


def list_words(slug: str) -> list[str]:
    texts = [mark for mark in list_marks(place_shapes(report_on_graph(slug))) if isinstance(mark, Text)]
    spans = [(Span(text.text),) if isinstance(text.text, str) else text.text for text in texts]
    return ["".join(span.text for span in line) for line in spans]


def list_looks(slug: str) -> list[str]:
    return [mark.look for mark in list_marks(place_shapes(report_on_graph(slug))) if isinstance(mark, Box)]


def write(slug: str, name: str) -> str:
    report = report_on_graph(slug)
    text = FORMATS[name].write(report, trace_flow(report, 8), "")
    assert isinstance(text, str)
    return text


def test_the_parameters_of_a_shared_layer_are_said_once() -> None:
    words = list_words("siamese")
    assert words.count("64,000 params") == 1
    assert {"embedding, call 2", "lstm, call 2", "same weights"} <= set(words)


@pytest.mark.parametrize("slug", GRAPHS)
def test_no_way_bends_by_a_hair(slug: str) -> None:
    for arrow in list_arrows(place_shapes(report_on_graph(slug))):
        xs = [x for x, _ in arrow.points]
        assert max(xs) == min(xs) or max(xs) - min(xs) > 8, arrow


def test_an_arrow_leaves_from_the_tensor_that_is_read() -> None:
    read = [arrow.source for arrow in list_arrows(place_shapes(report_on_graph("encoder-and-decoder")))
            if arrow.target == "decoder/in"]  # fmt: skip
    assert sorted(read) == ["encoder/out/1", "encoder/out/2", "target/out"]


def test_the_parts_of_a_split_are_read_one_by_one() -> None:
    arrows = list_arrows(place_shapes(report_on_graph("split")))
    assert sorted(arrow.source for arrow in arrows if arrow.target == "concatenate/in") == [
        "split/out/0",
        "split/out/2",
    ]
    assert "part 2  (batch, 2 timesteps, 4 features)" in list_words("split")


def test_operations_are_small_and_say_what_they_do() -> None:
    assert {"+", "* 2.0", "1 - x", "-x", "x[:, -1]", "mean axis=1", "reshape (-1, 96)"} <= set(
        list_words("arithmetic")
    )
    assert list_looks("arithmetic").count("operation") == 7


def test_a_mask_is_marked_where_an_operation_loses_it() -> None:
    assert list_words("mask-lost-in-sum").count("mask lost") == 1


def test_a_small_model_is_open_where_it_is_called_first() -> None:
    words = list_words("model-in-model")
    assert list_looks("model-in-model").count("frame") == 1
    assert words.count("lstm") == 1
    assert {"encoder, call 2", "same weights"} <= set(words)


def test_a_large_model_is_one_card() -> None:
    assert "Sequential · 17 layers" in list_words("large-model-in-model")
    assert "frame" not in list_looks("large-model-in-model")


def test_a_layer_of_ones_own_looks_declared() -> None:
    assert name_model(report_on_graph("declared")) == "Lambda → Dense"
    assert "Lambda · declared shape" in list_words("declared")
    assert list_looks("declared").count("opaque") == 1


@pytest.mark.parametrize(
    ("kind", "arguments", "said"),
    [
        ("ops.add", {}, "+"),
        ("ops.matmul", {}, "@"),
        ("ops.power", {"x2": 2}, "** 2"),
        ("ops.divide", {"x1": 1}, "1 / x"),
        ("ops.get_item", {"key": "..., 0"}, "x[..., 0]"),
        ("ops.transpose", {"axes": [0, 2, 1]}, "transpose axes=(0, 2, 1)"),
        ("ops.expand_dims", {"axis": 1}, "expand_dims axis=1"),
        ("ops.relu", {}, "relu"),
    ],
)
def test_an_operation_is_spelled_as_in_code(kind: str, arguments: dict[str, object], said: str) -> None:
    node = Node.model_validate({"kind": kind, "name": "x", "arguments": arguments})
    assert spell_operation(node) == said


def test_what_shares_weights_says_with_what() -> None:
    node = Node.model_validate(
        {"kind": "Dense", "name": "again", "arguments": {"units": 3}, "shares": "dense"}
    )
    assert tell_kind(node) == ("Dense", "same weights as dense")


def test_operations_are_not_counted_as_layers() -> None:
    assert count_layers(report_on_graph("arithmetic")) == "3 layers and 7 operations"
    assert name_model(report_on_graph("arithmetic")) == "Dense, Concatenate"
    assert describe_shapes(report_on_graph("siamese")).startswith("model has 5 layers and ")


def test_the_words_say_what_a_model_inside_is_made_of() -> None:
    assert "It is made of lstm (LSTM, 3 units), dense (Dense, 2 units)." in describe_shapes(
        report_on_graph("model-in-model")
    )


def test_the_layers_inside_are_in_every_table() -> None:
    for name in ("md", "txt"):
        lines = [line for line in write("model-in-model", name).splitlines() if "↳" in line]
        names = [line.split("↳ ")[1].split()[0].replace("\\", "") for line in lines]
        assert names == ["input_layer", "lstm", "dense"]


@pytest.mark.parametrize("name", ["md", "txt", "mmd"])
def test_a_further_call_names_the_layer_whose_weights_it_uses(name: str) -> None:
    assert "same weights as embedding" in write("siamese", name).replace("\\", "")


def test_mermaid_draws_a_model_around_its_layers() -> None:
    written = write("model-in-model", "mmd")
    assert written.count("subgraph ") == 1
    assert "\n  end\n" in written


def test_mermaid_writes_on_an_arrow_the_tensor_that_is_read() -> None:
    written = write("encoder-and-decoder", "mmd")
    assert '-->|"h (batch, 16 units)"|' in written
    assert '-->|"c (batch, 16 units)"|' in written
