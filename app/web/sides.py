"""find_side(): one of two models to compare, by whatever a visitor or a link calls it."""

import asyncio
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from fastapi import Request

from app.architecture import Question
from app.architecture.gallery import Example, load_gallery
from app.architecture.pasted import read_pasted
from app.problems import LinkNotFound, StateUnreadable, TooLarge
from app.web.addresses import write_links
from app.web.dependencies import load_link, read_state
from app.web.lesson import recognise_example
from app.web.pieces import place_piece

LONGEST_SAID = 60
"""A longer name is a state or a link, which says nothing to a person."""

SHORTEST_PART = 3
"""How many letters of an example's name are enough."""


class Found(NamedTuple):
    """A model: its short name in an address, its page, and whose it is."""

    question: Question
    name: str
    href: str
    whose: str
    example: Example | None = None


async def find_side(request: Request, asked: str, whose: str = "Your model") -> Found:
    """The model for an example's name or title or a unique part of it, a link, its id or its state, or code.

    Raises LinkNotFound, StateUnreadable; TooLarge for code that is too long for a link; BadRequest for JSON
    that is no model.
    """
    if _is_code(asked):
        return await asyncio.to_thread(_find_code, request, asked, whose)
    name = _read_name(asked)
    if example := _find_example(name):
        return _show_example(example)
    try:
        question = await read_state(request, name)
        own = recognise_example(question)
        # With other options, such as more timesteps, it is the visitor's model.
        if own and question == Question(code=question.code):
            return _show_example(own)
        return Found(question, name, f"/?s={name}", _name_choice(question) or whose)
    except StateUnreadable:
        # Ids and states look alike; the error for an unknown id fits both.
        pass
    try:
        question = (await load_link(request, name)).question
    except LinkNotFound:
        said = repr(asked) if len(asked) <= LONGEST_SAID else "What stands here"
        raise LinkNotFound(
            f"{said} is neither an example nor a link. Choose an example from the list, or paste the "
            "whole address of a model's page, or Keras code."
        ) from None
    return Found(question, name, f"/a/{name}", "A shared model")


def _name_choice(question: Question) -> str:
    """Which model of a text or of code was chosen; empty if none was."""
    if question.shown_model:
        return f"Model {question.shown_model} of your code"
    if question.piece and question.code is not None:
        return f"Model {place_piece(question.code, question.piece)} of your text"
    return ""


def _is_code(asked: str) -> bool:
    """Whether it looks like code or JSON; titles may have brackets too."""
    if "://" in asked or _list_named(asked):
        return False
    return "(" in asked or "\n" in asked.strip() or asked.lstrip().startswith("{")


def _find_code(request: Request, code: str, whose: str) -> Found:
    question = read_pasted(code)
    links = write_links(request, question)
    if links.state is None or links.page is None:
        raise TooLarge(
            "This code is too long for a link. Open it, press Share, and paste the short link here."
        )
    return Found(question, links.state, links.page, whose)


def _show_example(example: Example) -> Found:
    return Found(Question(code=example.code), example.slug, f"/examples/{example.slug}", "", example)


def _find_example(name: str) -> Example | None:
    """The example of that name, or the only one whose name or title contains it. Raises LinkNotFound."""
    wanted = _spell(name)
    parts = [
        example
        for example in load_gallery()
        if wanted in _spell(example.slug) or wanted in _spell(example.title)
    ]
    found = _list_named(name) or (parts if len(wanted) >= SHORTEST_PART else [])
    if len(found) > 1:
        titles = "; ".join(example.title for example in found)
        raise LinkNotFound(f"More than one example has {name!r} in its name: {titles}. Choose one of them.")
    return found[0] if found else None


def _list_named(name: str) -> list[Example]:
    """The example with exactly that name or title."""
    wanted = _spell(name)
    return [example for example in load_gallery() if wanted in (_spell(example.slug), _spell(example.title))]


def _spell(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def _read_name(asked: str) -> str:
    """The id or state in a whole link; anything else as it is."""
    try:
        link = urlsplit(asked.strip())
    except ValueError:
        return asked
    states = parse_qs(link.query).get("s", [])
    if states:
        return states[0]
    return link.path.rstrip("/").rpartition("/")[2] if "/" in asked else asked.strip()
