"""`.keras` archives: config.json is read, whatever else is in there; bombs and damage are no models."""

import json
import struct
import warnings
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from saved import KERAS_2, make_model, save, write_archive

from app.architecture.files import read_file
from app.architecture.files.archive import read_archive
from app.problems import AppError, FileError, TooLarge, WeightsOnly

CONFIG = json.dumps(KERAS_2).encode()


def refused(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_archive(path)
    return caught.value.detail


def test_nothing_but_the_configuration_is_unpacked(tmp_path: Path) -> None:
    path = save(tmp_path / "model.keras", make_model())
    content = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        weights = archive.getinfo("model.weights.h5")
    # Whoever unpacked the weights would stumble over them.
    content[weights.header_offset + 100 : weights.header_offset + 1_100] = bytes(1_000)
    path.write_bytes(content)
    assert json.loads(read_archive(path))["config"]["name"] == "branches"
    assert [file.name for file in tmp_path.iterdir()] == ["model.keras"]


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    for name in ("../../config.json", "/config.json", "folder/config.json", "CONFIG.JSON", "C:\\config.json"):
        assert "no `config.json`" in refused(write_archive(tmp_path / "model.keras", CONFIG, name))


def test_a_bomb_says_how_large_it_is(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "model.keras", b" " * 50_000_000)
    assert path.stat().st_size < 60_000
    with pytest.raises(TooLarge, match="10,000,000 bytes"):
        read_archive(path)


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "model.keras", b" " * 50_000_000)
    true, told = struct.pack("<L", 50_000_000), struct.pack("<L", 100)
    content = path.read_bytes()
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, told))
    assert "damaged" in refused(path)


def test_two_configurations_are_none(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "model.keras")
    with ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("config.json", "{}")
    assert "2 times" in refused(path)


def test_more_entries_than_keras_writes(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    with ZipFile(path, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"assets/{number}", b"")
        archive.writestr("config.json", CONFIG)
    assert "far more files" in refused(path)


def test_an_end_that_sends_the_reader_to_a_larger_one(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "model.keras")
    content = path.read_bytes()
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    path.write_bytes(content[:-22] + locator + content[-22:])
    assert "far more files" in refused(path)


def test_an_archive_with_a_password(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "model.keras")
    content = bytearray(path.read_bytes())
    with ZipFile(path) as archive:
        entry = archive.getinfo("config.json")
    content[entry.header_offset + 6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "encrypted" in refused(path)


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_packed_as_keras_never_packs(method: int, tmp_path: Path) -> None:
    with ZipFile(tmp_path / "model.keras", "w", method) as archive:
        archive.writestr("config.json", CONFIG)
    assert "packed in a way" in refused(tmp_path / "model.keras")


def test_weights_without_the_configuration(tmp_path: Path) -> None:
    path = save(tmp_path / "model.keras", make_model())
    with ZipFile(path) as whole, ZipFile(tmp_path / "part.keras", "w") as part:
        part.writestr("model.weights.h5", whole.read("model.weights.h5"))
    with pytest.raises(WeightsOnly, match="weights, and no architecture"):
        read_archive(tmp_path / "part.keras")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("model/saved_model.pb", "SavedModel"),
        ("archive/data.pkl", "PyTorch"),
        ("word/document.xml", "no model"),
    ],
)
def test_archives_of_others_are_called_by_their_name(entry: str, words: str, tmp_path: Path) -> None:
    assert words in refused(write_archive(tmp_path / "model.zip", b"", entry))


@pytest.mark.parametrize(
    "config", [b"", b"[]", b"\xff\xfe", b'{"class_name": NaN}', b'{"a": ' + b"[" * 100_000]
)
def test_a_configuration_that_is_no_json_object(config: bytes, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="JSON"):
        read_file(write_archive(tmp_path / "model.keras", config), "model.keras")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_archive(tmp_path_factory.mktemp("good") / "model.keras").read_bytes()


def answers(content: bytes, path: Path) -> None:
    """A question, or one of our own errors; never anything else."""
    path.write_bytes(content)
    try:
        assert read_file(path, "model.keras").architecture
    except AppError as error:
        assert error.detail


def test_cut_off_anywhere(good: bytes, tmp_path: Path) -> None:
    for length in range(len(good)):
        with pytest.raises(FileError, match=r"damaged|empty|neither|begin"):
            answers_with(good[:length], tmp_path / "model.keras")


def answers_with(content: bytes, path: Path) -> None:
    path.write_bytes(content)
    read_file(path, "model.keras")


@given(data=st.data())
def test_any_damage_is_answered(
    data: st.DataObject, good: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    answers(bytes(content), tmp_path_factory.getbasetemp() / "damaged.keras")
