"""All layers of a large model: a page of its own, which needs no script to lead to any of them."""

import html
import re

import httpx

from app.architecture import Question
from app.links import encode_state


def link(units: str, layers: int) -> str:
    code = (
        "model = keras.Sequential([keras.Input((8,)), "
        f"*[layers.Dense({units}) for i in range({layers})], layers.Dense(1, name='a last one')])"
    )
    return encode_state(Question(code=code))


ALIKE, DIFFERENT, SMALL = link("8", 90), link("8 + i", 90), link("8", 3)


def test_the_page_of_a_model_draws_identical_layers_once_and_links_to_all(client: httpx.Client) -> None:
    page = client.get(f"/?s={ALIKE}", headers={"HX-Request": "true"}).text
    assert "× 90 identical layers" in page
    assert f'<a href="/layers?s={ALIKE}">All 92 layers</a>' in page
    assert "chart-overview" not in page


def test_layers_that_differ_are_all_there_with_a_map_beside_them(client: httpx.Client) -> None:
    page = client.get(f"/?s={DIFFERENT}", headers={"HX-Request": "true"}).text
    assert page.count('class="layer" data-layer=') == 92
    assert "chart-overview" in page
    assert "/layers?s=" not in page


def test_a_small_model_is_a_picture(client: httpx.Client) -> None:
    page = client.get(f"/?s={SMALL}", headers={"HX-Request": "true"}).text
    assert "chart-overview" not in page and "/layers?s=" not in page


def test_every_layer_is_listed_and_its_link_leads_to_it(client: httpx.Client) -> None:
    page = html.unescape(client.get(f"/layers?s={ALIKE}").text)
    links = re.findall(r'<a href="#(at-[^"]*)">', page)
    addresses = re.findall(r'<g id="(at-[^"]*)"', page)
    assert len(links) == 92
    assert [link.replace("%20", " ") for link in links] == addresses
    assert f'<a href="/?s={ALIKE}">Back to the model</a>' in page


def test_a_damaged_link_is_told_to_be_one(client: httpx.Client) -> None:
    assert client.get("/layers?s=x").status_code == 400
