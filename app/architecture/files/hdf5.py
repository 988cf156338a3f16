"""`.h5` files of Keras 2: one attribute of the HDF5 file is read, and nothing else."""

from pathlib import Path

import h5py
from h5py import h5a, h5s, h5t

from app.architecture.files.limits import check_config_size
from app.architecture.files.refusals import REBUILD
from app.problems import FileError, WeightsOnly

CONFIG = b"model_config"


def read_hdf5(path: Path) -> bytes:
    """The configuration in an `.h5` file, as JSON. No group or dataset is opened, so no link is followed.

    Raises FileError if the file cannot be read, WeightsOnly if there is no configuration, TooLarge.
    """
    try:
        with h5py.File(path, "r", locking=False) as file:
            if not h5a.exists(file.id, CONFIG):
                raise WeightsOnly(
                    "This HDF5 file has no `model_config`: it holds weights or data, and no architecture. "
                    + REBUILD
                )
            _check_attribute(h5a.open(file.id, CONFIG))
            config = file.attrs[CONFIG.decode()]
    except (OSError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise FileError(f"This HDF5 file is damaged or cut off: {error}. Copy or save it again.") from None
    content = config.encode(errors="surrogateescape") if isinstance(config, str) else bytes(config)
    check_config_size(len(content))
    return content


def _check_attribute(attribute: h5a.AttrID) -> None:
    """Refuse an attribute that is not one text: a list of texts may be large though the file is small."""
    kind, space = attribute.get_type(), attribute.get_space()
    if not isinstance(kind, h5t.TypeStringID) or space.get_simple_extent_type() != h5s.SCALAR:
        raise FileError("The `model_config` of this HDF5 file is no text; Keras did not write it.")
    check_config_size(kind.get_size())
