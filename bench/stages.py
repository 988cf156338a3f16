"""How long each stage of one answer takes, inside one builder."""

import gc
import time
from collections.abc import Callable
from statistics import median

from app.architecture import Architecture, Question
from app.architecture.code import read_code
from app.drawing import FORMATS, PNG, draw_pictures
from app.flow import trace_flow
from app.pipeline import write_answer
from app.report import Report
from app.report.processes.builder import OBJECTS_BETWEEN_COLLECTIONS
from bench.stacked import FIRST_NEW, Units, find_example, write_code
from bench.table import Figure, Table, at_most, timing, within

METHOD = """\
The stacked-LSTM example in one process, without HTTP. A layer is new where its units were never seen
before; Keras is asked for new layers and for those whose input they change. *The whole answer* is what a
tweak over HTTP waits for: the first LSTM is new, so Keras is asked about two layers; beyond that, a tweak
waits for two processes that wake up and pass bytes on. The *picture* is the .svg, the shapes and the
timesteps; the one hundred layers are LSTMs that all differ. Medians."""

TIMES = 50
WARM_UP = 5
MOST_FOR_PICTURE, MOST_FOR_HUNDRED = 0.002, 0.020
MOST_FOR_LENGTH = 1.2

HUNDRED_LAYERS = """
model = keras.Sequential([
    keras.Input((8, 16)),
    *[layers.LSTM(8 + place, return_sequences=True) for place in range(99)],
    layers.Dense(10),
])
"""


def measure() -> Table:
    """Each stage by itself, given the value of the stage before it."""
    # Imported here: it prepares Keras for builds without weights, which plain Keras beside it shall not feel.
    import keras

    from app.report.build import make_report

    def ask_keras() -> None:
        with keras.StatelessScope(initialize_variables=False):
            keras.layers.LSTM(32, return_sequences=True)(keras.KerasTensor((None, 8, 16)))

    # As builders do.
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    code = find_example().code
    architecture = read_code(code).architecture
    report = make_report(architecture)
    flow = trace_flow(report, 8)
    tweaks = iter([write_code((n, 32, 32)) for n in range(FIRST_NEW, FIRST_NEW + TIMES + WARM_UP)])
    all_new = iter([_read((n, n, n)) for n in range(FIRST_NEW, FIRST_NEW + TIMES + WARM_UP)])
    last_new = iter([_read((32, 32, n)) for n in range(FIRST_NEW, FIRST_NEW + TIMES + WARM_UP)])
    hundred = make_report(read_code(HUNDRED_LAYERS).architecture)
    short, long = (make_report(_lengthen(code, timesteps)) for timesteps in (10, 10**6))
    return Table(
        "The stages",
        METHOD,
        (
            timing("the whole answer", _repeat(lambda: write_answer(Question(code=next(tweaks)), 0))),
            timing("of it, Keras alone: an LSTM is made and called", _repeat(ask_keras)),
            timing("read the source", _repeat(lambda: read_code(code))),
            timing("report, every LSTM new", _repeat(lambda: make_report(next(all_new)))),
            timing("report, the last LSTM new", _repeat(lambda: make_report(next(last_new)))),
            timing("report, nothing new", _repeat(lambda: make_report(architecture))),
            timing("trace the timesteps", _repeat(lambda: trace_flow(report, 8))),
            timing("draw every picture of the page", _repeat(lambda: draw_pictures(report, flow))),
            within("trace, place and write the picture", _time_picture(report), MOST_FOR_PICTURE),
            within("the same of 100 layers", _time_picture(hundred), MOST_FOR_HUNDRED),
            at_most(
                "the picture of 10^6 timesteps ÷ of 10",
                _time_picture(long) / _time_picture(short),
                MOST_FOR_LENGTH,
            ),
            Figure("size of the timesteps for each lane", _weigh_lanes(report)),
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


def _write_picture(report: Report) -> str:
    return FORMATS["svg"].write(report, trace_flow(report, 8), "")


def _time_picture(report: Report) -> float:
    return median(_repeat(lambda: _write_picture(report)))


def _lengthen(code: str, timesteps: int) -> Architecture:
    return read_code(code.replace("timesteps = 8", f"timesteps = {timesteps}")).architecture


def _weigh_lanes(report: Report) -> str:
    flow = trace_flow(report, 8)
    return f"{len(FORMATS['time.svg'].write(report, flow, '').encode()) / 1000 / len(flow.lanes):.1f} kB"


def _read(units: Units) -> Architecture:
    return read_code(write_code(units)).architecture


def _repeat(work: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(WARM_UP + TIMES):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times[WARM_UP:]
