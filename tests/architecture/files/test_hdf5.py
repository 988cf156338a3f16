"""`.h5` files: one attribute is read, and no link, dataset or long list that somebody put into its place."""

import json
from pathlib import Path

import h5py
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from saved import KERAS_2, write_hdf5

from app.architecture.files import read_file
from app.architecture.files.hdf5 import read_hdf5
from app.problems import AppError, FileError, TooLarge, WeightsOnly

CONFIG = json.dumps(KERAS_2)

TEXTS = {
    "as h5py writes text": CONFIG,
    "as Keras writes it": CONFIG.encode(),
    "of fixed length": numpy.bytes_(CONFIG),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_configuration_in_each_of_its_forms(text: object, tmp_path: Path) -> None:
    assert json.loads(read_hdf5(write_hdf5(tmp_path / "model.h5", text))) == KERAS_2


NO_TEXT = {
    "a number": 3,
    "an array": numpy.zeros(4),
    "nothing": h5py.Empty("S10"),
    "a list of one text": numpy.array([CONFIG], dtype=h5py.string_dtype()),
    "many texts": numpy.array(["{}"] * 1_000, dtype=h5py.string_dtype()),
    "a record": numpy.zeros((), dtype=[("text", "S10")]),
}


@pytest.mark.parametrize("value", NO_TEXT.values(), ids=NO_TEXT)
def test_an_attribute_that_is_no_text(value: object, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no text"):
        read_hdf5(write_hdf5(tmp_path / "model.h5", value))


def test_a_configuration_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        read_hdf5(write_hdf5(tmp_path / "model.h5", " " * 10_000_001))


def test_a_text_of_fixed_length_is_measured_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "model.h5"
    with h5py.File(path, "w", libver="latest") as file:
        file.attrs["model_config"] = numpy.bytes_(b" " * 30_000_000)
    with pytest.raises(TooLarge):
        read_hdf5(path)


def test_links_out_of_the_file_are_not_followed(tmp_path: Path) -> None:
    elsewhere = write_hdf5(tmp_path / "elsewhere.h5")
    with h5py.File(tmp_path / "model.h5", "w") as file:
        file["model_config"] = h5py.ExternalLink(str(elsewhere), "/")
        file["model_weights"] = h5py.ExternalLink("/etc/passwd", "/")
        file["again"] = h5py.SoftLink("/again")
        layout = h5py.VirtualLayout((10**9,), "f4")
        layout[:] = h5py.VirtualSource(str(elsewhere), "data", (10**9,))
        file.create_virtual_dataset("layers", layout)
    with pytest.raises(WeightsOnly):
        read_hdf5(tmp_path / "model.h5")


def test_weights_beside_the_configuration_are_not_looked_at(tmp_path: Path) -> None:
    path = write_hdf5(tmp_path / "model.h5")
    with h5py.File(path, "a") as file:
        weights = file["model_weights"]
        weights["lstm"] = h5py.ExternalLink("/nowhere", "/")
        weights.create_dataset("large", (10**12,), "f4", chunks=True, compression="gzip")
        for depth in range(1_000):
            weights = weights.create_group(f"{depth}")
    assert json.loads(read_hdf5(path)) == KERAS_2


def test_an_open_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = write_hdf5(tmp_path / "model.h5")
    path.chmod(0o400)
    before = path.stat()
    read_hdf5(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_cut_off(tmp_path: Path) -> None:
    content = write_hdf5(tmp_path / "model.h5").read_bytes()
    for length in range(8, len(content) - 1, 97):
        (tmp_path / "part.h5").write_bytes(content[:length])
        with pytest.raises(FileError, match="damaged"):
            read_file(tmp_path / "part.h5", "part.h5")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_hdf5(tmp_path_factory.mktemp("good") / "model.h5").read_bytes()


@settings(max_examples=50)
@given(data=st.data())
def test_any_damage_is_answered(
    data: st.DataObject, good: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(8, len(good) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.h5"
    path.write_bytes(content)
    try:
        read_file(path, "model.h5")
    except AppError as error:
        assert error.detail
