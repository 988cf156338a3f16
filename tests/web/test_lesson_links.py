"""An example's answer leads to the folded part that shows what it speaks of."""

import re

import httpx
import pytest

from app.architecture.gallery import Example, load_gallery

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

SPOKEN_OF = {"mask": "masks", "gate": "cells"}
"""Words of an answer, and the part that shows the thing."""


def find_links(example: Example) -> set[str]:
    return set(re.findall(r"\]\(#([\w-]+)\)", example.prose))


@pytest.mark.parametrize("example", load_gallery(), ids=lambda example: example.slug)
def test_each_link_leads_to_a_part_that_the_page_has(client: httpx.Client, example: Example) -> None:
    page = client.get(f"/examples/{example.slug}", headers={"Accept": "text/html"}).text
    parts = set(re.findall(r'<details class="part" id="(\w+)"', page))
    assert find_links(example) <= parts
    for word, part in SPOKEN_OF.items():
        assert not re.search(rf"\b{word}s?\b", example.prose) or part in find_links(example)


@pytest.mark.parametrize("slug", ["one-lstm-cell", "two-layers-two-units", "one-timestep-of-three-features"])
def test_what_an_example_is_about_is_open(client: httpx.Client, slug: str) -> None:
    (example,) = [example for example in load_gallery() if example.slug == slug]
    address, part = f"/examples/{slug}", f'<details class="part" id="{example.opens}"'
    assert f"{part} open>" in client.get(address, headers={"Accept": "text/html"}).text
    closed = client.get(address, headers={"Accept": "text/html", "Open-Parts": ""}).text
    assert f"{part}>" in closed


def test_every_part_that_tells_something_is_linked() -> None:
    linked = {part for example in load_gallery() for part in find_links(example)}
    assert linked >= {"table", "cells", "units", "data", "masks"}
