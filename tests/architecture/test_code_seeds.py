"""Code as it is pasted from documents about recurrent layers, the numbers of their lists included."""

from pathlib import Path

import pytest

from app.architecture.code import read_code, write_code
from app.frozen import JsonObject

SEEDS = {
    path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).with_name("seeds").glob("*.txt")
}

TWO_EMBEDDINGS = ["InputLayer", "InputLayer", "Embedding", "Embedding", "Concatenate"]

KINDS = {
    "embedding-to-lstm": ["InputLayer", "Embedding", "LSTM", "Dense"],
    "reshape-to-lstm": ["InputLayer", "Reshape", "LSTM", "Dense"],
    "ragged-sequences": ["InputLayer", "Embedding", "LSTM", "Dense"],
    "three-timesteps-of-one-feature": ["InputLayer", "LSTM"],
    "one-timestep-of-three-features": ["InputLayer", "LSTM"],
    "one-layer": ["InputLayer", "LSTM"],
    "concatenate-embeddings": [*TWO_EMBEDDINGS, "Flatten", "Dense", "Dense"],
    "concatenate-different-embeddings": [*TWO_EMBEDDINGS, "Flatten", "Dense", "Dense"],
    "concatenate-with-mask": [*TWO_EMBEDDINGS, "LSTM", "Dense"],
    "stacked-lstm": ["InputLayer", "LSTM", "LSTM", "LSTM", "Dense"],
    "stacked-lstm-without-imports": ["InputLayer", "LSTM", "LSTM", "LSTM", "Dense"],
}

INPUTS: dict[str, list[JsonObject]] = {
    "embedding-to-lstm": [{"batch_shape": [None, 3], "dtype": "int32"}],
    "reshape-to-lstm": [{"batch_shape": [None, 150]}],
    "ragged-sequences": [{"batch_shape": [None, None], "dtype": "int32"}],
    "three-timesteps-of-one-feature": [{"batch_shape": [None, 3, 1]}],
    "one-timestep-of-three-features": [{"batch_shape": [None, 1, 3]}],
    "one-layer": [{"batch_shape": [None, 3, 1]}],
    "concatenate-embeddings": [{"batch_shape": [None, None], "dtype": "int32"}] * 2,
    "concatenate-different-embeddings": [{"batch_shape": [None, None], "dtype": "int32"}] * 2,
    "concatenate-with-mask": [{"batch_shape": [None, None], "dtype": "int32"}] * 2,
    "stacked-lstm": [{"batch_shape": [None, 8, 16]}],
    "stacked-lstm-without-imports": [{"batch_shape": [None, 8, 16]}],
}

NOTES = {
    "embedding-to-lstm": ["input-length-ignored"],
    "reshape-to-lstm": ["input-shape-assumed"],
    "ragged-sequences": ["input-shape-assumed"],
    "three-timesteps-of-one-feature": [
        "import-assumed",
        "model-assumed",
        "old-spelling",
        "source-repaired",
        "tuple-read-as-array",
    ],
    "one-layer": ["import-assumed", "model-assumed", "old-spelling"],
    "concatenate-embeddings": [],
    "concatenate-different-embeddings": [],
    "concatenate-with-mask": [],
    "stacked-lstm": ["old-spelling"],
    "stacked-lstm-without-imports": ["import-assumed", "name-assumed", "old-spelling"],
}
NOTES["one-timestep-of-three-features"] = NOTES["three-timesteps-of-one-feature"]

every_seed = pytest.mark.parametrize("name", sorted(SEEDS))


def test_each_code_block_of_the_documents_is_here() -> None:
    assert sorted(SEEDS) == sorted(KINDS) == sorted(INPUTS) == sorted(NOTES)


@every_seed
def test_layers_are_read_in_the_order_in_which_keras_lists_them(name: str) -> None:
    assert [node.kind for node in read_code(SEEDS[name]).architecture.nodes] == KINDS[name]


@every_seed
def test_the_input_is_what_its_author_means(name: str) -> None:
    nodes = read_code(SEEDS[name]).architecture.nodes
    assert [node.arguments for node in nodes if node.is_input] == INPUTS[name]


@every_seed
def test_what_was_read_otherwise_is_noted(name: str) -> None:
    notes = read_code(SEEDS[name]).notes
    assert sorted({note.code for note in notes}) == NOTES[name]
    assert all(note.severity == "warning" and note.line is not None for note in notes)


@every_seed
def test_the_source_is_kept_and_every_layer_knows_its_line(name: str) -> None:
    reading = read_code(SEEDS[name])
    assert reading.code == SEEDS[name]
    lines = SEEDS[name].split("\n")
    for node in reading.architecture.nodes:
        assert node.line is not None
        if not node.is_input and node.kind != "Concatenate":
            assert f"{node.kind}(" in lines[node.line - 1]


@every_seed
def test_written_as_todays_keras_it_is_the_same_model_without_a_note(name: str) -> None:
    architecture = read_code(SEEDS[name]).architecture
    again = read_code(write_code(architecture))
    assert [node.model_copy(update={"line": None}) for node in again.architecture.nodes] == [
        node.model_copy(update={"line": None}) for node in architecture.nodes
    ]
    assert again.notes == ()


def test_the_length_of_the_padded_data_is_mentioned_but_not_forced_on_the_model() -> None:
    (note,) = read_code(SEEDS["ragged-sequences"]).notes
    assert "the data in the code is 5 long" in note.happened


def test_the_data_that_the_input_was_taken_from_is_named() -> None:
    (note,) = read_code(SEEDS["reshape-to-lstm"]).notes
    assert "`input_data` is (1, 150)" in note.happened
    assert "keras.Input((150,))" in note.fix


def test_numbers_that_were_assumed_are_listed_under_their_names() -> None:
    notes = read_code(SEEDS["stacked-lstm-without-imports"]).notes
    (fix,) = [note.fix for note in notes if note.code == "name-assumed"]
    assert fix == "Write `timesteps = 8` and `data_dim = 16` above the model. Or change the numbers here."
