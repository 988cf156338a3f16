"""Addresses: links to a question, and to the pictures of its answer."""

from fastapi import Request

from app import links
from app.architecture import Question
from app.architecture.gallery import Example
from app.links import PageLinks, encode_state
from app.web.dependencies import settings


def write_links(request: Request, question: Question) -> PageLinks:
    """The links that hold the whole question."""
    return link_state(request, encode_state(question))


def link_state(request: Request, state: str) -> PageLinks:
    """The links to a question, given its encoded state."""
    return links.link_state(state, settings(request).max_state_characters)


def write_address(
    request: Request, state: str, example: Example | None, by_layers: bool = False
) -> str | None:
    """The link to the question with this state, with the example that it began from.

    None if the state is too long for a link. `by_layers` opens the page at its layers.
    """
    link = link_state(request, state).page
    if link is None:
        return None
    origin = f"&example={example.slug}" if example else ""
    return f"{link}{origin}{'&tab=layers' if by_layers else ''}"


def short_url(request: Request, id: str) -> str:
    """The full address of a short link."""
    return f"{find_site(request)}/a/{id}"


def find_picture(request: Request, state: str) -> str:
    """The full address of the picture of the page with this state; by its short link, if it has one."""
    id = request.path_params.get("id")
    return f"{short_url(request, id)}.svg" if id else f"{find_site(request)}/api/v1/render.svg?s={state}"


def find_preview(request: Request, state: str) -> str | None:
    """The full address of the card that chats show beside a link; None if the state is too long."""
    if id := request.path_params.get("id"):
        return f"{short_url(request, id)}.card.png?scale=2"
    link = link_state(request, state).state
    return f"{find_site(request)}/api/v1/render.card.png?s={link}&scale=2" if link else None


def find_site(request: Request) -> str:
    """Scheme and host that links begin with."""
    return (settings(request).public_url or str(request.base_url)).rstrip("/")
