"""Files without an architecture: a word for each kind that people have, and a way out."""

from pathlib import Path

import pytest

from app.architecture.files import read_file
from app.architecture.files.refusals import OWN, WORDS
from app.problems import FileError, WeightsOnly

NAMES = {
    "saved_model.pb": "SavedModel",
    "model.tflite": "converted",
    "model.ONNX": "converted",
    "model.pt": "another library",
    "model.pth": "another library",
    "model.pkl": "pickle",
    "config.yaml": "to_json",
    "model.h5.gz": "Unpack",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_clear_word_for_each(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"PK\x03\x04")
    with pytest.raises(FileError, match=NAMES[name]) as caught:
        read_file(tmp_path / "file", name)
    assert not isinstance(caught.value, WeightsOnly)
    assert name in caught.value.detail


@pytest.mark.parametrize(
    "name", ["cp.ckpt", "cp.ckpt.data-00000-of-00001", "cp.ckpt.index", "w.npz", "w.safetensors"]
)
def test_weights_are_called_weights(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"anything")
    with pytest.raises(WeightsOnly, match="no architecture"):
        read_file(tmp_path / "file", name)


@pytest.mark.parametrize("name", sorted(OWN))
@pytest.mark.parametrize(
    "content", [b"", b"version https://git-lfs.github.com/spec/v1\n", b"<!DOCTYPE html>"]
)
def test_something_else_under_the_name_of_a_model(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(FileError, match="does not begin"):
        read_file(tmp_path / "file", f"model{name}")


def test_every_word_is_a_sentence_that_follows_a_name() -> None:
    for _, words in WORDS.values():
        assert words.split()[0] in ("is", "holds")
        assert words.endswith(".")


def test_a_name_is_only_a_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("model = 3\n", encoding="utf-8")
    for name in ("/etc/passwd", "../../x.py", "", "\0", "a" * 10_000, "model.py\n"):
        assert read_file(tmp_path / "file", name).code == "model = 3\n"
