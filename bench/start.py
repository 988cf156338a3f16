"""How long the server takes to start."""

import subprocess
import sys
import time
from statistics import median

from bench.server import run_server
from bench.stacked import find_example
from bench.table import Figure, Table, within, write_time

STARTS = 3
PAGE_TARGET = 1.0
REPORT_MARGIN = 1.0


def measure() -> Table:
    """Whole processes, started anew each time; `import keras` in a process of its own, for comparison."""
    imports, pages, reports = [], [], []
    for _ in range(STARTS):
        imports.append(_import_keras())
        with run_server() as server:
            server.wait_for("/")
            pages.append(time.perf_counter() - server.started)
            server.report(find_example().code)
            reports.append(time.perf_counter() - server.started)
    return Table(
        "The start",
        f"From the start of the process to the last byte of the answer; medians of {STARTS} starts.",
        (
            Figure("`python -c 'import keras'`", write_time(median(imports))),
            within("the first page", median(pages), PAGE_TARGET),
            within(
                "the first report (target: `import keras` + 1 s)",
                median(reports),
                median(imports) + REPORT_MARGIN,
            ),
        ),
    )


def _import_keras() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import keras"], check=True, capture_output=True)
    return time.perf_counter() - start
