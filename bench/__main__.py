"""Run every benchmark and write bench/RESULTS.md."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench import crowd, depth, keystroke, killed_builder, memory, reading, stages, start, tweak, width, zoo
from bench.machine import describe_machine
from bench.table import Table, write_table

RESULTS = Path(__file__).parent / "RESULTS.md"
BENCHMARKS: tuple[Callable[[], Table], ...] = (
    tweak.measure,
    crowd.measure,
    depth.measure,
    width.measure,
    zoo.measure,
    start.measure,
    killed_builder.measure,
    keystroke.measure,
    memory.measure,
    stages.measure,
    reading.measure,
)


def main() -> None:
    """Run the benchmarks one by one, print each table when it is ready, and write all of them."""
    head = f"# How fast it is\n\nOne run of `make bench` on {date.today()}: {describe_machine()}.\n"
    print(head)
    sections = []
    for measure in BENCHMARKS:
        sections.append(write_table(measure()))
        print(sections[-1], flush=True)
    RESULTS.write_text("\n".join([head, *sections]), encoding="utf-8")


if __name__ == "__main__":
    main()
