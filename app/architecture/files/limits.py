"""Limits on what is read from a file, whatever the file says about its sizes."""

from app.architecture.spec import Architecture
from app.problems import TooLarge

MAX_CONFIG_BYTES = 10_000_000
"""A configuration takes about 900 bytes per layer, so this is one of 11,000 layers."""

MAX_ARCHITECTURE_BYTES = 2_000_000
"""The same in our own form, which takes about 130 bytes per layer."""


def check_config_size(size: int) -> None:
    """Raise TooLarge for a configuration longer than any model's."""
    if size > MAX_CONFIG_BYTES:
        raise TooLarge(f"The configuration in this file has more than {MAX_CONFIG_BYTES:,} bytes.")


def check_architecture_size(architecture: Architecture) -> Architecture:
    """The same architecture. Raises TooLarge if it is too large for the web process to handle quickly."""
    if len(architecture.model_dump_json()) > MAX_ARCHITECTURE_BYTES:
        raise TooLarge(f"The architecture in this file takes more than {MAX_ARCHITECTURE_BYTES:,} bytes.")
    return architecture
