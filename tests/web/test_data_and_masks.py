"""The data of a model on its page, in files and in the API."""

import html
import re
from typing import Any

import httpx
import pytest
from page_form import change, read_fields

from app.architecture import Question
from app.architecture.sequences import Sequences
from app.links import encode_state

CODE = (
    "model = keras.Sequential([keras.Input((None,), dtype='int32'), "
    "layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3), layers.Dense(1)])"
)
FIELDS = {"code": CODE, "sequences": "5 9 2\n3", "sequences.padding": "post", "timesteps": "8"}


def state_of(code: str = CODE) -> str:
    return encode_state(Question(code=code, sequences=Sequences(rows=((5, 9, 2), (3,)), padding="post")))


@pytest.mark.parametrize(
    "slug", ["three-timesteps-of-one-feature", "sliding-windows", "ragged-sequences", "reshape-to-lstm"]
)
def test_an_example_shows_how_its_data_comes_into_shape(client: httpx.Client, slug: str) -> None:
    # A script waits for the answer, where a page would be shown without it.
    page = client.get(f"/examples/{slug}", headers={"HX-Request": "true"}).text
    assert 'id="data"' in page
    assert re.search("(A number keeps its|Each token keeps the) colour", page)


def test_two_models_are_compared_by_what_becomes_of_the_same_numbers(client: httpx.Client) -> None:
    page = html.unescape(client.get("/compare").text)
    for side, call in (("a", "np.expand_dims(table, axis=2)"), ("b", "np.expand_dims(table, axis=1)")):
        assert f'id="data-{side}-1"' in page
        assert call in page


def test_sequences_that_are_typed_are_in_the_link_and_on_its_page(client: httpx.Client) -> None:
    answered = client.post("/", data=FIELDS)
    assert answered.status_code == 303
    assert answered.headers["location"].startswith(f"/?s={state_of()}")
    page = html.unescape(client.get(answered.headers["location"]).text)
    assert "mask consumed" in page
    assert 'pad_sequences(sequences, padding="post")' in page
    assert "embedding: the mask marks timesteps 2, 3 as padding" in page


def test_both_forms_carry_the_sequences(client: httpx.Client) -> None:
    page = client.get(f"/?s={state_of()}").text
    assert page.count('name="sequences.carried"') == 2
    assert page.count('name="sequences"') == 1


TWO_INPUTS = """
told, asked = [keras.Input((None,), dtype="int32", name=name) for name in ("told", "asked")]
read = [layers.Embedding(10, 4, mask_zero=True)(tokens) for tokens in (told, asked)]
model = keras.Model([told, asked], layers.LSTM(3)(layers.Concatenate()(read)))
"""


def test_each_input_has_a_field_and_reads_what_is_typed_there(client: httpx.Client) -> None:
    fields = {**FIELDS, "code": TWO_INPUTS, "sequences.of.told": "5 9 2\n3", "sequences.of.asked": "7\n1 2"}
    del fields["sequences"]
    page = html.unescape(client.get(client.post("/", data=fields).headers["location"]).text)
    assert "sequences of told, one a line" in page and "sequences of asked, one a line" in page
    assert 'name="sequences"' not in page
    assert 'told = pad_sequences(sequences["told"], padding="post")' in page
    assert "Sequence 1 of asked is 7, 0, 0." in page


def test_an_empty_field_says_what_its_input_reads(client: httpx.Client) -> None:
    page = client.get(f"/?s={state_of(TWO_INPUTS)}", headers={"HX-Request": "true"}).text
    assert 'placeholder="the same as told"' in page
    assert "asked reads the sequences of told as well, until it has its own." in page


def test_an_input_that_is_renamed_on_its_card_keeps_its_sequences(client: httpx.Client) -> None:
    typed = {"sequences.of.told": "5 9 2", "sequences.of.asked": "7"}
    fields = change(read_fields(client.get(f"/?s={state_of(TWO_INPUTS)}").text))
    (name,) = (name for name, values in fields.items() if name.endswith(".name") and values == ["told"])
    page = client.post("/", data={**fields, **typed, name: "heard"}, headers={"HX-Request": "true"}).text
    assert 'name="sequences.of.heard"' in page and 'name="sequences.of.told"' not in page
    said = html.unescape(page)
    assert "Sequence 1 of heard is 5, 9, 2." in said and "Sequence 1 of asked is 7, 0, 0." not in said
    assert "Sequence 1 of asked is 0, 0, 7." in said


def test_the_api_takes_sequences_by_input_and_says_when_they_are_no_batch(client: httpx.Client) -> None:
    typed = {"by_input": {"told": [[5, 9, 2], [3]], "asked": [[7]]}, "padding": "post"}
    body: dict[str, Any] = {"code": TWO_INPUTS, "sequences": typed}
    masks = client.post("/api/v1/reports", json=body).json()["flow"]["masks"]
    assert masks["refused"].startswith("told has 2 sequences, asked has 1.")
    typed["by_input"] = {"told": [[5, 9, 2]], "asked": [[7]]}
    masks = client.post("/api/v1/reports", json=body).json()["flow"]["masks"]
    assert [one["tokens"] for one in masks["inputs"]] == [[[5, 9, 2]], [[7, 0, 0]]]


def test_a_page_says_why_a_model_is_not_run(client: httpx.Client) -> None:
    page = html.unescape(client.get(f"/?s={state_of(CODE.replace('LSTM(3)', 'LSTM(2000)'))}").text)
    assert "The model has more than 5,000,000 parameters: it is not run." in page
    assert 'id="picture-masks"' not in page


def test_tokens_that_no_layer_knows_are_a_fault_of_the_box_and_not_of_the_model(client: httpx.Client) -> None:
    page = client.post("/", data={**FIELDS, "sequences": "5 90"}, headers={"HX-Request": "true"}).text
    assert re.search(r'id="sequences-fault">\s*<p class="field-fault">90 is no token of embedding', page)
    assert 'id="picture-masks" data-kept' in page
    large = {**FIELDS, "code": CODE.replace("LSTM(3)", "LSTM(2000)")}
    assert 'class="field-fault"' not in client.post("/", data=large, headers={"HX-Request": "true"}).text


def test_what_are_no_sequences_is_said_beside_what_was_typed(client: httpx.Client) -> None:
    answered = client.post("/", data={**FIELDS, "sequences": "five"}, headers={"HX-Request": "true"})
    assert answered.status_code == 400
    editor, masks = answered.text.split('<div id="sequences-fault" hx-swap-oob="true">')
    assert "<code>five</code> is no whole number" in editor
    assert "<code>five</code> is no whole number" in masks


def test_without_scripts_what_are_no_sequences_stays_in_its_box(client: httpx.Client) -> None:
    changed = {**FIELDS, "code": CODE.replace("LSTM(3)", "LSTM(4)"), "last": state_of()}
    page = client.post("/", data={**changed, "sequences": "5 9\nfive", "sequences.maxlen": "7"}).text
    assert re.search(r'<details class="part" id="masks" open', page)
    assert re.search(r'<textarea id="sequences"[^>]*>\n5 9\nfive</textarea>', page)
    assert re.search(r'id="sequences-maxlen"\s+name="sequences.maxlen"\s+value="7"', page)
    assert re.search(r'value="post"\s+selected', page)
    assert "<code>five</code> is no whole number" in page.split('id="sequences-fault"')[1]
    assert "layers.LSTM(4)" in page.split('id="code"')[1]


def test_another_error_takes_away_what_was_said_of_sequences(client: httpx.Client) -> None:
    answered = client.post("/", data={**FIELDS, "code": "model = ("}, headers={"HX-Request": "true"})
    assert answered.status_code == 422
    said = answered.text.split('<div id="sequences-fault" hx-swap-oob="true">')[1]
    assert said.strip().startswith("</div>")


def test_numbers_that_stand_for_several_features_are_said_to(client: httpx.Client) -> None:
    said = "Each number stands for a timestep: all 5 of its features become that number."
    series = "model = keras.Sequential([keras.Input((30, 5)), layers.LSTM(3)])"
    assert said in client.get(f"/?s={state_of(series)}", headers={"HX-Request": "true"}).text
    tokens = client.get(f"/?s={state_of()}", headers={"HX-Request": "true"}).text
    assert "Each number stands for" not in tokens


@pytest.mark.parametrize(
    ("format", "holds"), [("data.svg", "padded behind"), ("masks.svg", "mask made"), ("svg", "Shapes")]
)
def test_each_picture_of_data_is_a_file(client: httpx.Client, format: str, holds: str) -> None:
    answered = client.get(f"/api/v1/render.{format}?s={state_of()}")
    assert answered.status_code == 200
    assert holds in answered.text


def test_the_api_says_where_numbers_go_and_which_timesteps_count(client: httpx.Client) -> None:
    body: dict[str, Any] = {"code": CODE, "sequences": {"rows": [[5, 9, 2], [3]], "padding": "post"}}
    flow = client.post("/api/v1/reports", json=body).json()["flow"]
    (moved,) = flow["data"]
    assert [way["kind"] for way in moved["ways"]] == ["pre", "post"]
    assert flow["masks"]["tokens"] == [[5, 9, 2], [3, 0, 0]]
    masks = {layer["layer"]: layer["mask"] for layer in flow["masks"]["layers"]}
    assert masks["embedding"] == [[True, True, True], [True, False, False]]
    assert masks["dense"] is None


@pytest.mark.parametrize("sequences", [{"rows": []}, {"rows": [[1]], "padding": "both"}, {"rows": [["a"]]}])
def test_the_api_refuses_what_are_no_sequences(client: httpx.Client, sequences: dict[str, Any]) -> None:
    answered = client.post("/api/v1/reports", json={"code": CODE, "sequences": sequences})
    assert answered.status_code == 400
    assert "sequences" in answered.json()["detail"]


def test_windows_begin_as_many_rows_apart_as_the_field_says(client: httpx.Client) -> None:
    code = "model = keras.Sequential([keras.Input((5, 2)), layers.LSTM(3)])"
    page = client.post("/", data={"code": code, "stride": "3"}, headers={"HX-Request": "true"}).text
    assert "windows, each 3 rows later" in page
    assert 'name="stride"' in page
