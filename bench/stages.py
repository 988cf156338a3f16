"""Where the time of one answer goes, stage by stage, inside one builder."""

import time
from collections.abc import Callable

from app.architecture import Architecture
from app.architecture.code import read_code
from app.drawing import FORMATS, PNG, draw_pictures
from app.flow import trace_flow
from bench.stacked import FIRST_NEW, Units, find_example, write_code
from bench.table import Figure, Table, timing

METHOD = """\
The stacked-LSTM example in one process, without HTTP. A layer is new where its units were never seen
before; Keras is asked for new layers and for those whose input they change. Medians."""

TIMES = 50
WARM_UP = 5


def measure() -> Table:
    """Each stage on its own, with the value of the stage before it."""
    # Imported here: it prepares Keras for builds without weights, which plain Keras beside it shall not feel.
    from app.report.build import make_report

    code = find_example().code
    architecture = read_code(code).architecture
    report = make_report(architecture)
    flow = trace_flow(report, 8)
    all_new = iter([_read((n, n, n)) for n in range(FIRST_NEW, FIRST_NEW + TIMES + WARM_UP)])
    last_new = iter([_read((32, 32, n)) for n in range(FIRST_NEW, FIRST_NEW + TIMES + WARM_UP)])
    return Table(
        "The stages",
        METHOD,
        (
            timing("read the source", _repeat(lambda: read_code(code))),
            timing("report, every LSTM new", _repeat(lambda: make_report(next(all_new)))),
            timing("report, the last LSTM new", _repeat(lambda: make_report(next(last_new)))),
            timing("report, nothing new", _repeat(lambda: make_report(architecture))),
            timing("trace the timesteps", _repeat(lambda: trace_flow(report, 8))),
            timing("draw every picture of the page", _repeat(lambda: draw_pictures(report, flow))),
            *(
                Figure(
                    f"size of the .{name}", f"{len(format.write(report, flow, code).encode()) / 1000:.1f} kB"
                )
                for name, format in FORMATS.items()
                # What writes a PNG gives the SVG that it is made of.
                if format.media_type != PNG
            ),
        ),
    )


def _read(units: Units) -> Architecture:
    return read_code(write_code(units)).architecture


def _repeat(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(WARM_UP + TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times[WARM_UP:]
