"""The server's processes, read from /proc."""

import os
from pathlib import Path


def list_descendants(pid: int) -> list[int]:
    """Every process below `pid`, its children first."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (parent := _find_parent(entry)):
            children.setdefault(parent, []).append(int(entry.name))
    found = list(children.get(pid, []))
    for child in found:
        found.extend(children.get(child, []))
    return found


def list_builders(pid: int) -> list[int]:
    """The builders of the server `pid`: the grandchildren, forked from the forkserver."""
    return [process for process in list_descendants(pid) if _find_parent(Path(f"/proc/{process}")) != pid]


def measure_memory(pid: int) -> int:
    """Resident bytes of `pid` and all processes below it. Shared pages count once for each process."""
    return sum(_measure_resident(process) for process in [pid, *list_descendants(pid)])


def _find_parent(entry: Path) -> int | None:
    try:
        # The name, in brackets, may hold spaces: count from its end.
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def _measure_resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
