"""Pictures by address: as PNG in two sizes, and as what a chat shows beside a link."""

import re
import struct

import httpx
from browsers import HTML

LSTM = {"code": "Sequential([Input((3, 2)), LSTM(4), Dense(1)])"}


def make_link(client: httpx.Client) -> str:
    id: str = client.post("/api/v1/links", json=LSTM).json()["id"]
    return id


def read_width(png: bytes) -> int:
    width: int = struct.unpack(">I", png[16:20])[0]
    return width


def test_a_link_with_an_ending_is_a_png_at_two_sizes(client: httpx.Client) -> None:
    id = make_link(client)
    once, twice = (client.get(f"/a/{id}.png", params={"scale": scale}) for scale in (1, 2))
    assert once.headers["content-type"] == twice.headers["content-type"] == "image/png"
    assert abs(read_width(twice.content) - 2 * read_width(once.content)) <= 1
    assert once.headers["etag"] != twice.headers["etag"]
    assert client.get(f"/a/{id}.png").content == once.content


def test_a_png_is_kept_by_its_etag(client: httpx.Client) -> None:
    address = f"/a/{make_link(client)}.png"
    etag = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_the_scale_means_nothing_to_an_svg(client: httpx.Client) -> None:
    address = f"/a/{make_link(client)}.svg"
    assert client.get(address).headers["etag"] == client.get(f"{address}?scale=2").headers["etag"]


def test_a_shared_page_tells_chats_where_its_picture_is(client: httpx.Client) -> None:
    page = client.get(f"/a/{make_link(client)}", headers=HTML).text
    (address,) = re.findall(r'<meta property="og:image" content="([^"]*)">', page)
    assert address.startswith("http://")
    picture = client.get(address.replace("&amp;", "&"))
    assert picture.headers["content-type"] == "image/png"


def test_so_does_a_page_whose_address_is_the_state(client: httpx.Client) -> None:
    link = client.post("/api/v1/reports", json=LSTM).json()["links"]["page"]
    page = client.get(link, headers=HTML).text
    (address,) = re.findall(r'<meta property="og:image" content="([^"]*)">', page)
    assert client.get(address.replace("&amp;", "&")).headers["content-type"] == "image/png"


def test_a_file_is_shown_or_kept_as_it_is_asked_for(client: httpx.Client) -> None:
    address = "/api/v1/render.svg?code=Sequential([Input((3,4)),LSTM(2)])"
    assert "content-disposition" not in client.get(address).headers
    kept = client.get(f"{address}&download=1")
    assert kept.headers["content-disposition"] == 'attachment; filename="kerascope.svg"'
