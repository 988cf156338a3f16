"""read_file(): an uploaded file as a Question. read_text(): pasted text as a Question."""

import codecs
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic_core import from_json

from app.architecture.config import read_config
from app.architecture.config.left_out import list_left_out
from app.architecture.files.archive import read_archive
from app.architecture.files.limits import check_architecture_size, check_config_size
from app.architecture.files.operations import name_operations
from app.architecture.files.refusals import refuse_by_name, refuse_damaged
from app.architecture.pasted import read_pasted
from app.architecture.question import Question
from app.frozen import JsonObject
from app.problems import FileError


def read_file(path: Path, name: str) -> Question:
    """The code in a file, or the architecture of the model in it. Weights are never read.

    `name` is the file's original name. Runs in a builder process, since the C library for HDF5 may crash on a
    hostile file. Raises FileError, WeightsOnly or TooLarge, and what read_text raises.
    """
    refuse_by_name(name)
    with path.open("rb") as file:
        head = file.read(max(map(len, READERS)))
    for signature, read in READERS.items():
        if head.startswith(signature):
            return _ask(_parse_config(read(path)))
    refuse_damaged(name)
    return read_text(_decode(_read_all(path)))


def read_text(text: str) -> Question:
    """The code in a text, or the architecture in its JSON. Raises TooLarge, and what reading them raises."""
    question = read_pasted(text)
    if question.keras is None:
        return question
    asked = _ask(question.keras)
    return question.model_copy(
        update={"keras": None, "architecture": asked.architecture, "left_out": asked.left_out}
    )


def _ask(config: JsonObject) -> Question:
    # Our own form is shorter than Keras', so it is likelier to fit into a link.
    architecture = check_architecture_size(read_config(config))
    return Question(architecture=architecture, left_out=list_left_out(config))


def _read_hdf5(path: Path) -> bytes:
    # Imported here, as the web process imports this module and should not wait for HDF5 and numpy.
    from app.architecture.files.hdf5 import read_hdf5

    return read_hdf5(path)


READERS: Mapping[bytes, Callable[[Path], bytes]] = {
    b"PK\x03\x04": read_archive,
    b"PK\x05\x06": read_archive,
    b"\x89HDF\r\n\x1a\n": _read_hdf5,
}
"""The function that reads the configuration, by the file's first bytes, which are more reliable than its
name."""


def _parse_config(content: bytes) -> JsonObject:
    try:
        config = from_json(content, allow_inf_nan=False)
    except ValueError as error:
        raise FileError(f"The configuration in this file is no JSON: {error}.") from None
    if not isinstance(config, dict):
        raise FileError("The configuration in this file is no JSON object.")
    name_operations(config)
    return config


def _read_all(path: Path) -> bytes:
    check_config_size(path.stat().st_size)
    return path.read_bytes()


BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def _decode(content: bytes) -> str:
    encoding = next((name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark)), "utf-8")
    text = content.decode(encoding, errors="replace")
    if not text.strip():
        raise FileError("This file is empty.")
    if "\0" in text or "\ufffd" in text:
        raise FileError(
            "This file is neither text nor one that Keras writes. "
            "Open a `.keras`, `.h5`, `.json`, `.py` or `.ipynb` file."
        )
    return text
