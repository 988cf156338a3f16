"""Says in one sentence why this Python cannot make the virtual environment, if it cannot."""

from __future__ import annotations  # An older Python has to read this file to be told that it is too old.

import importlib.util
import platform
import sys

OLDEST, NEWEST = (3, 11), (3, 13)


def find_obstacle() -> str | None:
    """What is wrong, and what to do about it; None if all is well."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return (
            f"Kerascope runs on Python 3.11, 3.12 and 3.13; {sys.executable} is {platform.python_version()}."
            " Name another one: make PYTHON=python3.11 …"
        )
    if importlib.util.find_spec("ensurepip") is None:
        return (
            f"{sys.executable} cannot make virtual environments."
            " On Debian and Ubuntu: sudo apt-get install python3-venv"
        )
    return None


if __name__ == "__main__":
    sys.exit(find_obstacle())
