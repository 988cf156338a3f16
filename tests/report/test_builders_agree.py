"""A report is the same whichever builder makes it, after whatever that builder was asked before."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

import jobs

from app.architecture.code import read_code
from app.architecture.gallery import load_gallery
from app.report.build import make_report
from app.report.processes.pool import BuilderPool
from app.settings import Settings

MODELS = [read_code(example.code).architecture.without_lines() for example in load_gallery()]


async def ask_both(order: list[int]) -> list[str]:
    """The reports on the models in this order, all asked for at once of two builders."""
    pool = BuilderPool(Settings(builders=2))
    pool.start()
    try:
        asked: list[Coroutine[Any, Any, Any]] = [pool.run(jobs.report_on, MODELS[place]) for place in order]
        return [report.model_dump_json() for report in await asyncio.gather(*asked)]
    finally:
        await pool.stop()


def test_two_builders_that_are_asked_in_turns_answer_as_one() -> None:
    alone = [make_report(architecture).model_dump_json() for architecture in MODELS]
    order = random.Random(3).sample(range(len(MODELS)), len(MODELS)) * 2
    assert asyncio.run(ask_both(order)) == [alone[place] for place in order]
