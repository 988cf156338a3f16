"""What a file may make us read, whatever it says of itself."""

from app.architecture.spec import Architecture
from app.problems import TooLarge

MAX_CONFIG_BYTES = 10_000_000
"""A configuration takes some 900 bytes for each layer: this is one of 11,000 layers."""

MAX_ARCHITECTURE_BYTES = 2_000_000
"""The same in our own form, which takes some 130: what is longer has arguments that no layer has."""


def check_config_size(size: int) -> None:
    """Refuse, with TooLarge, a configuration that is longer than that of any model."""
    if size > MAX_CONFIG_BYTES:
        raise TooLarge(f"The configuration in this file has more than {MAX_CONFIG_BYTES:,} bytes.")


def check_architecture_size(architecture: Architecture) -> Architecture:
    """The same architecture; TooLarge for one that the web process, which handles it, would be busy with."""
    if len(architecture.model_dump_json()) > MAX_ARCHITECTURE_BYTES:
        raise TooLarge(f"The architecture in this file takes more than {MAX_ARCHITECTURE_BYTES:,} bytes.")
    return architecture
