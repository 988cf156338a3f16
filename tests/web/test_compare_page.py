"""Two models side by side: every row has the same columns, and a side that is none is said at its field."""

import html
import re
from urllib.parse import urlencode

import httpx
import pytest
from browsers import HTML

from app.architecture import Question
from app.architecture.gallery import find_example, load_gallery
from app.links import encode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

MODEL = "Sequential([Input((8, 4)), {}Dense(1)])"


def write_side(layers: str) -> str:
    return encode_state(Question(code=MODEL.format(layers)))


@pytest.mark.parametrize(("left", "right"), [("LSTM(2), ", ""), ("", "LSTM(2), ")])
def test_a_layer_of_one_side_only_leaves_the_columns_as_they_are(
    client: httpx.Client, left: str, right: str
) -> None:
    page = client.get(f"/compare?a={write_side(left)}&b={write_side(right)}", headers=HTML).text
    (table,) = re.findall(r'<table class="pairs">.*?</table>', page, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    assert len(rows) == 5
    assert "no such layer" in table
    assert [len(re.findall(r"<t[dh]\b", row)) for row in rows] == [4] * 5
    assert "colspan" not in table


@pytest.mark.parametrize("asked", ["hello", "http://[", "AbaIvplmFnc"])
def test_a_side_that_is_none_is_said_at_its_field_and_the_other_one_is_kept(
    client: httpx.Client, asked: str
) -> None:
    response = client.get("/compare", params={"a": asked, "b": "stacked-lstm"}, headers=HTML)
    assert response.status_code == 404
    assert f"&#39;{asked}&#39; is neither an example nor a link." in response.text
    assert re.search(r'id="side-a"[^>]*aria-describedby="side-a-fault"', response.text)
    assert 'id="side-b-fault"' not in response.text
    assert 'name="b" value="stacked-lstm"' in response.text


def test_a_side_that_cannot_be_read_says_why(client: httpx.Client) -> None:
    state = encode_state(Question(code="x = 1"))
    response = client.get(f"/compare?a=stacked-lstm&b={state}", headers=HTML)
    assert response.status_code == 422
    assert re.search(r'id="side-b-fault">\s*<strong>There is no model in this code', response.text)


def test_data_that_is_cut_in_the_same_ways_is_drawn_once(client: httpx.Client) -> None:
    sides = {"a": write_side("LSTM(2), "), "b": write_side("GRU(2), ")}
    page = client.get("/compare", params=sides, headers=HTML).text
    assert (page.count('id="data-a-1"'), page.count('id="data-b-1"')) == (1, 0)
    assert "<code>input_layer</code> are cut in the same ways as in A." in page
    sides["b"] = encode_state(Question(code="Sequential([Input((7, 4)), GRU(2)])"))
    assert 'id="data-b-1"' in client.get("/compare", params=sides, headers=HTML).text


def read_titles(page: str) -> list[str]:
    """What each side is called, in the order of the page."""
    found = re.findall(r'<h2 id="title-[ab]">\s*[AB]: <a [^>]*>(.*?)</a>', page, re.DOTALL)
    return [" ".join(html.unescape(title).split()) for title in found]


def test_the_two_are_called_a_and_b_wherever_they_stand(client: httpx.Client) -> None:
    page = client.get("/compare", headers=HTML).text
    assert [words for words in ("on the left", "on the right", "Left:", "Right:") if words in page] == []
    said = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())
    assert "lstm Reads 3 timesteps of 1 feature in A, 1 timestep of 3 features in B." in said
    assert said.index("A: (53394, 3, 1)") < said.index("B: (53394, 1, 3)")


def read_carried(page: str) -> dict[str, str]:
    """What the Compare of the header takes along."""
    inputs = re.findall(r'<input type="hidden"\s+form="compare"\s[^>]*>', page)
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'name="(\w+)".*?value="([^"]*)"', "\n".join(inputs), re.DOTALL)
    }


def test_compare_takes_the_changed_example_along_and_its_example_stands_beside_it(
    client: httpx.Client,
) -> None:
    example = find_example("stacked-lstm")
    assert example is not None
    changed = encode_state(Question(code=example.code.replace("10", "12")))
    carried = read_carried(client.get(f"/?s={changed}&example=stacked-lstm", headers=HTML).text)
    assert carried == {"a": changed, "before": "stacked-lstm"}
    page = client.get("/compare", params=carried, headers=HTML).text
    assert read_titles(page) == ["Your model: LSTM → LSTM → LSTM → Dense", example.title]


def test_a_model_of_ones_own_stands_beside_what_it_was(client: httpx.Client) -> None:
    params = {"a": write_side("LSTM(2), "), "before": write_side("LSTM(3), ")}
    page = client.get("/compare", params=params, headers=HTML).text
    assert read_titles(page) == ["Your model: LSTM → Dense", "Your model as you opened it: LSTM → Dense"]


def test_a_model_that_was_not_changed_waits_for_another(client: httpx.Client) -> None:
    state = write_side("LSTM(2), ")
    page = client.get("/compare", params={"a": state, "before": state}, headers=HTML).text
    assert read_titles(page) == ["Your model: LSTM → Dense"]
    assert "Choose what stands beside it" in page


@pytest.mark.parametrize("asked", ["stacked", "Stacked-LSTM", "Sequential([Input((8, 4)), GRU(7)])\n"])
def test_a_side_is_chosen_by_a_part_of_its_name_or_by_code(client: httpx.Client, asked: str) -> None:
    fields = {"a": write_side(""), "b": "two-layers-one-unit", "other_a": "", "code_a": "", "other_b": asked}
    response = client.post("/compare", data=fields, headers=HTML)
    assert response.status_code == 303
    page = client.get(response.headers["Location"], headers=HTML).text
    expected = "Your model: GRU" if "GRU" in asked else getattr(find_example("stacked-lstm"), "title", None)
    assert read_titles(page) == ["Your model: Dense", expected]


def test_a_name_that_several_examples_have_lists_them(client: httpx.Client) -> None:
    response = client.post("/compare", data={"a": "stacked-lstm", "other_b": "two-layers"}, headers=HTML)
    assert re.search(
        r'id="side-b-fault">.*More than one example has &#39;two-layers&#39;', response.text, re.DOTALL
    )
    assert 'name="other_b" list="examples" value="two-layers"' in " ".join(response.text.split())


def test_no_field_shows_what_only_an_address_needs(client: httpx.Client) -> None:
    params = {"a": write_side("LSTM(2), "), "b": "eNqrVkrVVTIyMjA1AQAQ" * 5}
    page = client.get("/compare", params=params, headers=HTML).text
    visible = re.sub(r'<input type="hidden"[^>]*>|href="[^"]*"', "", page)
    assert "eNq" not in visible


def test_the_title_of_every_example_names_it(client: httpx.Client) -> None:
    for example in load_gallery():
        response = client.post("/compare", data={"a": "stacked-lstm", "other_b": example.title})
        assert response.headers["Location"] == f"/compare?a=stacked-lstm&b={example.slug}"


def test_a_comparison_has_a_short_link(client: httpx.Client) -> None:
    state = encode_state(Question(code="keras.Sequential([keras.Input((4, 2)), layers.LSTM(3)])"))
    sides = {"a": "stacked-lstm", "b": state}
    assert 'action="/compare/share"' in client.get(f"/compare?{urlencode(sides)}", headers=HTML).text
    address = client.post("/compare/share", data=sides, headers=HTML).headers["location"]
    assert address.startswith("/compare?a=stacked-lstm&b=")
    assert len(address) < 80
    shared = client.get(address, headers=HTML).text
    assert f'value="{str(client.base_url).rstrip("/")}{html.escape(address)}"' in shared
