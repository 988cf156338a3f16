"""The gallery: questions that people ask, answered in prose and code. Tests check each example's shapes."""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal

from app.frozen import Frozen, Shape

_EXAMPLES = Path(__file__).parent / "examples"
_FENCE = re.compile(r"^```(?P<language>python|shapes)\n(?P<body>.*?)^```\n?", re.MULTILINE | re.DOTALL)
_FRONT = re.compile(r"\A---\n(?P<keys>(?:\w+: .+\n)+)---\n")
_KEY = re.compile(r"(?P<key>\w+): (?P<value>.+)")
_TITLE = re.compile(r"\A# (.+)\n")
_SHAPE_LINE = re.compile(r"(?P<layer>\S+)\s+\((?P<sizes>[^)]*)\)")
_WORD = re.compile(r"[a-z]{4,}")
_PROBLEM_LINE = re.compile(r"problem\s+(?P<code>\S+) at (?P<layer>\S+)")

MOST_ANSWERS = 3
STEM = 5
"""How many letters of a word are compared."""

SMALL_WORDS = frozenset(["does", "each", "from", "have", "that", "this", "want", "what", "when", "with"])
"""Words that do not count; neither do those of less than four letters."""


class ExpectedProblem(Frozen):
    """The problem that an example is about, and the layer at which Keras raises."""

    code: str
    layer: str


class Example(Frozen):
    """One question: its title, its answer in Markdown, its code, and the shapes that Keras gives."""

    slug: str
    number: int
    title: str
    prose: str
    code: str
    shapes: dict[str, Shape]
    problem: ExpectedProblem | None = None
    opens: str = ""
    """The part of the page that shows what the example is about, and is open there."""
    like: Literal["layers", "inputs", "numbers"] = "layers"
    """What a model that is like the example has in common with it: its layers; its inputs' shapes, too; or
    all its numbers.
    """
    explains: str = ""
    """The kind of problem that the example answers."""


@cache
def load_gallery() -> tuple[Example, ...]:
    """All examples, in the order of the numbers in their file names."""
    return tuple(_read_example(path) for path in sorted(_EXAMPLES.glob("*.md")))


def find_example(slug: str) -> Example | None:
    """The example with that slug; None if there is none."""
    return next((example for example in load_gallery() if example.slug == slug), None)


def find_answers(question: str) -> tuple[Example, ...]:
    """At most three examples whose titles share words with the question; rare words count first."""
    asked = _list_words(question)
    titles = {example.slug: _list_words(example.title) for example in load_gallery()}
    counts = Counter(word for words in titles.values() for word in words)

    def weigh(example: Example) -> float:
        return sum(1 / counts[word] for word in asked & titles[example.slug])

    return tuple(sorted(filter(weigh, load_gallery()), key=weigh, reverse=True)[:MOST_ANSWERS])


def _list_words(text: str) -> frozenset[str]:
    """The stems of the words in a text, so that `connect` and `connected` are one."""
    words = (word[:STEM] for word in _WORD.findall(text.lower()))
    return frozenset(word for word in words if word not in SMALL_WORDS)


def _read_example(path: Path) -> Example:
    number, slug = path.stem.split("-", 1)
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    keys = dict(_KEY.findall(front["keys"])) if front else {}
    text = _FRONT.sub("", text)
    title = _TITLE.match(text)
    blocks = {match["language"]: match["body"] for match in _FENCE.finditer(text)}
    if title is None or blocks.keys() != {"python", "shapes"}:
        raise ValueError(f"{path.name} needs a title, one python block and one shapes block.")
    problem = _PROBLEM_LINE.search(blocks["shapes"])
    return Example(
        slug=slug,
        number=int(number),
        title=title[1],
        prose=_FENCE.sub("", text[title.end() :]).strip(),
        code=blocks["python"],
        shapes={line["layer"]: _read_shape(line["sizes"]) for line in _SHAPE_LINE.finditer(blocks["shapes"])},
        problem=ExpectedProblem(**problem.groupdict()) if problem else None,
        **keys,
    )


def _read_shape(sizes: str) -> Shape:
    return tuple(None if size == "None" else int(size) for size in sizes.replace(",", " ").split())
