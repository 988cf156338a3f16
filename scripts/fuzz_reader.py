"""Search for code that crashes the reader of code: `python -m scripts.fuzz_reader SECONDS`.

Libfuzzer changes the sources in the tests, keeps those that reach new lines of the reader, and changes these
again. The reader has to answer any source with a reading or one of our own errors, within limits of time and
memory. A source for which it does not is saved in the working directory, as `fuzz-crash-…` and the like.
"""

import random
import re
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app.architecture"]):
    from app.architecture.code import read_code
    from app.architecture.gallery import load_gallery

from app.problems import AppError
from tests.architecture.test_code_hostile import HARMLESS, PYTHON_STOPS, REACHING_OUT, TOO_MUCH

CASES = Path(__file__).parents[1] / "tests" / "cases"
BLOCK = re.compile(r"^```(?:python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

SECONDS_FOR_ONE = 20
MEMORY_IN_MB = 3_000
LONGEST = 20_000
"""Characters of a source; longer ones reach nothing more."""


def list_sources() -> list[str]:
    """The sources to begin with: code that people write, and hostile code."""
    return [
        *(code for path in sorted(CASES.glob("*.md")) for code in BLOCK.findall(path.read_text("utf-8"))),
        *(example.code for example in load_gallery()),
        *(code for code, _ in REACHING_OUT.values()),
        *PYTHON_STOPS.values(),
    ]


SOURCES = list_sources()
COSTLY = (*HARMLESS.values(), *TOO_MUCH.values())
"""What takes long to answer, as it should: its words are used, and it is not where the search begins."""

WORDS = sorted({word for source in (*SOURCES, *COSTLY) for word in TOKEN.findall(source[:LONGEST])})


def answer(data: bytes) -> None:
    """Read any bytes as code. Raises whatever the reader raises besides its own errors."""
    try:
        read_code(data.decode("utf-8", errors="surrogateescape"))
    except AppError as error:
        assert error.detail


def change_source(data: bytes, longest: int, seed: int) -> bytes:
    """The source with some words or lines exchanged for others, or with other bytes."""
    chance = random.Random(seed)
    if chance.random() < 0.1:
        return bytes(atheris.Mutate(data, longest))
    text = data.decode("utf-8", errors="replace")
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(CHANGES)(text, chance)
    return text.encode("utf-8", errors="replace")[:longest]


def _change_word(text: str, chance: random.Random) -> str:
    words = TOKEN.findall(text) or [""]
    words[chance.randrange(len(words))] = chance.choice(WORDS)
    return "".join(words)


def _swap_words(text: str, chance: random.Random) -> str:
    words = TOKEN.findall(text) or [""]
    one, other = (chance.randrange(len(words)) for _ in range(2))
    words[one], words[other] = words[other], words[one]
    return "".join(words)


def _drop_line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    del lines[chance.randrange(len(lines))]
    return "\n".join(lines)


def _put_line(text: str, chance: random.Random) -> str:
    lines, others = text.split("\n"), chance.choice(SOURCES).split("\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(others))
    return "\n".join(lines)


CHANGES = (_change_word, _change_word, _swap_words, _drop_line, _put_line)


def main(seconds: int) -> None:
    """Search for `seconds` seconds; the process exits with a non-zero status if something is found."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, source in enumerate(SOURCES):
            (Path(corpus) / str(number)).write_bytes(source.encode("utf-8", errors="replace"))
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={SECONDS_FOR_ONE}",
            f"-rss_limit_mb={MEMORY_IN_MB}",
            f"-max_len={LONGEST}",
            "-verbosity=0",
            "-artifact_prefix=fuzz-",
            "-print_final_stats=1",
        ]
        atheris.Setup([sys.argv[0], *options, corpus], answer, custom_mutator=change_source)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
