"""read_file(): a file means what `model.to_json()` of the model in it would mean, however it was written."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keras
import pytest
from hypothesis import given
from hypothesis import strategies as st
from saved import KERAS_2, make_model, save, save_weights, write_archive, write_hdf5

from app.architecture import Architecture
from app.architecture.config import read_config
from app.architecture.files import read_file, read_text
from app.problems import AppError, BadRequest, FileError, NoModelFound, TooLarge, WeightsOnly


def write_json(path: Path, model: keras.Model) -> None:
    path.write_text(model.to_json(), encoding="utf-8")


def write_json_twice(path: Path, model: keras.Model) -> None:
    path.write_text(json.dumps(model.to_json()), encoding="utf-8")


def write_json_for_windows(path: Path, model: keras.Model) -> None:
    path.write_text(model.to_json(indent=2), encoding="utf-16")


WRITERS: dict[str, Callable[[Path, keras.Model], None]] = {
    "model.keras": save,
    "model.h5": save,
    "model.hdf5": save,
    "model.json": write_json,
    "dumped.json": write_json_twice,
    "windows.json": write_json_for_windows,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_keras_wrote_means_what_its_json_means(name: str, tmp_path: Path) -> None:
    model = make_model()
    WRITERS[name](tmp_path / name, model)
    question = read_file(tmp_path / name, name)
    assert question.architecture == read_config(json.loads(model.to_json()))
    assert (question.code, question.keras) == (None, None)


def test_a_sequential_that_was_trained(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((3, 1)), keras.layers.LSTM(2), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    save(tmp_path / "model.keras", model)
    architecture = read_file(tmp_path / "model.keras", "model.keras").architecture
    assert architecture and [node.kind for node in architecture.nodes] == ["InputLayer", "LSTM", "Dense"]


@pytest.mark.parametrize("write", [write_hdf5, write_archive])
def test_a_file_of_keras_2(write: Callable[[Path], Path], tmp_path: Path) -> None:
    architecture = read_file(write(tmp_path / "model"), "model").architecture
    assert architecture == read_config(KERAS_2)
    assert architecture and [node.arguments for node in architecture.nodes] == [
        {"batch_shape": [None, 20], "dtype": "int32"},
        {"input_dim": 1000, "output_dim": 64, "mask_zero": True},
        {"units": 32},
    ]


def test_an_archive_of_tf_keras(tmp_path: Path) -> None:
    # Its last versions wrote `.keras` as well: the modules of Keras 3, and the rest as Keras 2 had it.
    config = copy.deepcopy(KERAS_2)
    config |= {
        "module": "keras.src.engine.functional",
        "class_name": "Functional",
        "registered_name": "Functional",
    }
    for layer in config["config"]["layers"]:
        layer |= {
            "module": "keras.layers",
            "registered_name": None,
            "build_config": {"input_shape": [None, 20]},
        }
    path = write_archive(tmp_path / "model.keras", json.dumps(config))
    assert read_file(path, "model.keras").architecture == read_config(KERAS_2)


def test_the_first_bytes_tell_more_than_the_name(tmp_path: Path) -> None:
    # Before Keras had a format of its own, `model.save("model.keras")` wrote HDF5.
    path = write_hdf5(tmp_path / "model.keras")
    assert read_file(path, "model.keras").architecture == read_config(KERAS_2)


@pytest.mark.parametrize("name", ["weights.weights.h5", "model.weights.h5"])
def test_weights_that_keras_wrote_have_no_architecture(name: str, tmp_path: Path) -> None:
    save_weights(tmp_path / name, make_model())
    with pytest.raises(WeightsOnly, match="no architecture"):
        read_file(tmp_path / name, name)


CODE = "from keras import layers, Sequential\nmodel = Sequential([layers.LSTM(2)])\n"


@pytest.mark.parametrize("name", ["model.py", "model.txt", "notes.md", "model"])
def test_code_is_left_as_it_was_written(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(CODE.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_file(tmp_path / name, name).code == CODE


REPORT = {"kerascope": "0.1.0", "layers": [], "architecture": read_config(KERAS_2).model_dump(mode="json")}


@pytest.mark.parametrize("content", [REPORT, REPORT["architecture"], {"keras": KERAS_2}])
def test_what_kerascope_wrote_is_opened_again(content: object) -> None:
    assert read_text(json.dumps(content)).architecture == read_config(KERAS_2)


def test_how_a_question_wants_to_be_looked_at_is_kept() -> None:
    question = read_text(json.dumps({"keras": KERAS_2, "timesteps": 5, "inputs": {"words": [None, 7]}}))
    assert (question.timesteps, question.inputs) == (5, {"words": (None, 7)})


def test_text_longer_than_any_model_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "model.json").open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(TooLarge, match="10,000,000 bytes"):
        read_file(tmp_path / "model.json", "model.json")


def test_an_argument_longer_than_any_layer_has_is_not_handed_on() -> None:
    layer = {"class_name": "Reshape", "config": {"name": "long", "target_shape": [1] * 1_000_000}}
    with pytest.raises(TooLarge, match="2,000,000 bytes"):
        read_text(json.dumps({"class_name": "Sequential", "config": {"layers": [layer]}}))


NO_TEXT = {"a picture": b"\x89PNG\r\n\x1a\n\0\0", "bytes": bytes(range(256)), "zeros": bytes(100)}


@pytest.mark.parametrize("content", NO_TEXT.values(), ids=NO_TEXT)
def test_what_is_no_text_is_told_what_can_be_opened(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(content)
    with pytest.raises(FileError, match=r"`\.keras`"):
        read_file(tmp_path / "model", "model")


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model.py").write_bytes(content)
    with pytest.raises(FileError, match="empty"):
        read_file(tmp_path / "model.py", "model.py")


@pytest.mark.parametrize("text", ['{"class_name": NaN}', '{"a": ' + "[" * 10_000, "{'a': 1}"])
def test_json_that_is_none(text: str) -> None:
    with pytest.raises(BadRequest, match="begins like JSON"):
        read_text(text)


def test_code_that_is_none_is_told_by_who_reads_code(tmp_path: Path) -> None:
    from app.architecture import read_question

    with pytest.raises(NoModelFound):
        read_question(read_text(""))


@given(
    content=st.binary(max_size=60), name=st.sampled_from(["model.keras", "model.h5", "model.json", "model"])
)
def test_any_bytes_are_answered(content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    try:
        read_file(path, name)
    except AppError as error:
        assert error.detail


def test_the_web_process_takes_no_time_with_hdf5() -> None:
    script = "import sys, app.architecture.files; print({'h5py', 'numpy', 'keras'} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


def test_an_architecture_is_small_where_the_configuration_is_large() -> None:
    architecture = read_text(json.dumps(KERAS_2)).architecture
    assert isinstance(architecture, Architecture)
    assert len(architecture.model_dump_json()) < len(json.dumps(KERAS_2))
