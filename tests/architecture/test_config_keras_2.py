"""Graphs as tf.keras saved them: states behind an input, attention by names, layers for graphics cards."""

from typing import Any

from app.architecture.config import read_config
from app.architecture.spec import Architecture, Source
from app.report.build import make_report

Call = list[Any]


def write_layer(name: str, kind: str, config: dict[str, Any], *read: Call) -> dict[str, Any]:
    return {
        "name": name,
        "class_name": kind,
        "config": {"name": name, **config},
        "inbound_nodes": [list(read)] if read else [],
    }


def write_input(name: str, *shape: int | None) -> dict[str, Any]:
    return write_layer(name, "InputLayer", {"batch_input_shape": [None, *shape], "dtype": "float32"})


def read_graph(*layers: dict[str, Any]) -> Architecture:
    """The model between its inputs and the last of its layers."""
    inputs = [[layer["name"], 0, 0] for layer in layers if layer["class_name"] == "InputLayer"]
    config = {
        "name": "model",
        "layers": list(layers),
        "input_layers": inputs,
        "output_layers": [[layers[-1]["name"], 0, 0]],
    }
    return read_config({"class_name": "Functional", "config": config, "keras_version": "2.11.0"})


def test_the_states_of_an_encoder_stand_behind_the_input_of_the_decoder() -> None:
    architecture = read_graph(
        write_input("source", None, 5),
        write_input("target", None, 4),
        write_layer("encoder", "LSTM", {"units": 3, "return_state": True}, ["source", 0, 0, {}]),
        write_layer(
            "decoder",
            "LSTM",
            {"units": 3},
            *(["target", 0, 0, {}], ["encoder", 0, 1, {}], ["encoder", 0, 2, {}]),
        ),
    )
    decoder = architecture.node("decoder")
    assert decoder.inputs == (Source(node="target"),)
    assert decoder.call == {"initial_state": [{"inbound": 1}, {"inbound": 2}]}
    report = make_report(architecture)
    assert report.status == "builds"
    assert report.totals.parameters == 4 * ((5 + 3) * 3 + 3) + 4 * ((4 + 3) * 3 + 3)


def test_attention_by_names_is_no_compiled_code() -> None:
    attention = {"num_heads": 2, "key_dim": 4, "query_shape": [None, 6, 8]}
    architecture = read_graph(
        write_input("x", 6, 8),
        write_layer("attention", "MultiHeadAttention", attention, ["x", 0, 0, {"value": ["x", 0, 0]}]),
    )
    assert [source.node for source in architecture.nodes[1].inbound] == ["x", "x"]
    assert make_report(architecture).totals.parameters == 3 * (8 * 8 + 8) + 8 * 8 + 8


def test_layers_for_graphics_cards_are_the_same_layers() -> None:
    architecture = read_graph(
        write_input("x", 6, 8),
        write_layer("lstm", "CuDNNLSTM", {"units": 3, "return_sequences": True}, ["x", 0, 0, {}]),
        write_layer("gru", "CuDNNGRU", {"units": 2}, ["lstm", 0, 0, {}]),
    )
    assert [node.kind for node in architecture.nodes] == ["InputLayer", "LSTM", "GRU"]
    assert make_report(architecture).outputs[0].shape == (None, 2)
