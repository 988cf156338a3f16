"""The machine on which the figures were measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from app import __version__


def describe_machine() -> str:
    """One line: processor, cores, memory, how busy they are, Python, Keras, TensorFlow, Kerascope."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_name_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB,"
        f" load {os.getloadavg()[0]:.1f} at the start; {platform.system()},"
        f" Python {platform.python_version()}, Keras {version('keras')}, TensorFlow {_find_tensorflow()},"
        f" Kerascope {__version__}"
    )


def _name_processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _find_tensorflow() -> str:
    linux = platform.system() == "Linux" and platform.machine() == "x86_64"
    return version("tensorflow-cpu" if linux else "tensorflow")
