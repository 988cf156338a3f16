"""`.keras` files: a zip archive, of which only config.json is read."""

import struct
import zlib
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.architecture.files.limits import MAX_CONFIG_BYTES, check_config_size
from app.architecture.files.refusals import REBUILD
from app.problems import FileError, WeightsOnly

CONFIG = "config.json"
WEIGHTS = "model.weights.h5"

END = b"PK\x05\x06"
END_BYTES = 22
LONGEST_COMMENT = 2**16
LARGE_END = b"PK\x06\x07"
LARGE_END_BYTES = 20
"""The record before the end of an archive of more than 4 GB or 65,535 entries."""

MAX_CONTENTS_BYTES = 1_000_000
"""The table of contents of about 10,000 entries; Keras writes three, and one per vocabulary."""

ENCRYPTED = 0x1

TELLTALE = {
    "saved_model.pb": "This is a SavedModel in a zip archive: a program of TensorFlow's, without a model's "
    "configuration. Load it where it was made and save it as `model.keras`.",
    "data.pkl": "This is a file of PyTorch's. Kerascope reads Keras models only.",
}
"""The answer for an archive that has an entry of this name in any folder."""


def read_archive(path: Path) -> bytes:
    """The configuration in a `.keras` file, as JSON. No other entry is unpacked, and nothing is written to
    disk.

    Raises FileError if the file cannot be read, WeightsOnly if there is no configuration, TooLarge.
    """
    try:
        with path.open("rb") as file:
            _check_contents(file)
            with ZipFile(file) as archive:
                return _read_entry(archive, _find_config(archive))
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        struct.error,
        ValueError,
        zlib.error,
    ) as error:
        raise FileError(f"This archive is damaged or cut off: {error}. Copy or save it again.") from None


def _check_contents(file: BinaryIO) -> None:
    """Refuse a long table of contents before it is read, as zipfile reads all of it at once."""
    size = file.seek(0, 2)
    file.seek(max(0, size - LONGEST_COMMENT - END_BYTES))
    tail = file.read()
    end = tail.rfind(END)
    if end < 0:
        raise BadZipFile("its end is missing")
    (length,) = struct.unpack_from("<L", tail, end + 12)
    if length > MAX_CONTENTS_BYTES or tail[max(0, end - LARGE_END_BYTES) : end].startswith(LARGE_END):
        raise FileError("This archive holds far more files than Keras writes into one.")


def _find_config(archive: ZipFile) -> ZipInfo:
    entries = [entry for entry in archive.infolist() if entry.filename == CONFIG]
    if len(entries) == 1:
        return entries[0]
    if entries:
        raise FileError(f"This archive holds `{CONFIG}` {len(entries)} times, and Keras writes it once.")
    names = {name.rpartition("/")[2] for name in archive.namelist()}
    for name, words in TELLTALE.items():
        if name in names:
            raise FileError(words)
    if WEIGHTS in names:
        raise WeightsOnly(
            f"This archive holds `{WEIGHTS}` and no `{CONFIG}`: weights, and no architecture. {REBUILD}"
        )
    raise FileError(f"This zip archive has no `{CONFIG}`: it is no model that Keras has saved.")


def _read_entry(archive: ZipFile, entry: ZipInfo) -> bytes:
    if entry.flag_bits & ENCRYPTED:
        raise FileError("This archive is encrypted. Save the model anew, without a password.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FileError("This archive is packed in a way that Keras does not use. Save the model anew.")
    check_config_size(entry.file_size)
    with archive.open(entry) as config:
        # One byte more than allowed, as the size that an entry states may be wrong.
        content = config.read(MAX_CONFIG_BYTES + 1)
    check_config_size(len(content))
    return content
