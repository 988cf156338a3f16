"""What a file may make us read, whatever it says of itself."""

from app.problems import TooLarge

MAX_CONFIG_BYTES = 20_000_000
"""A configuration takes some 900 bytes for each layer: this is one of as many layers as are ever built."""


def check_config_size(size: int) -> None:
    """Refuse, with TooLarge, a configuration that is longer than that of any model that is built."""
    if size > MAX_CONFIG_BYTES:
        raise TooLarge(f"The configuration in this file has more than {MAX_CONFIG_BYTES:,} bytes.")
