"""A change in a card is a change of the visitor's own code: on the page, in its address, without scripts."""

import html
import re

import httpx
from browsers import HTML, read_address
from page_form import Fields, change, read_fields

from app.architecture import Question
from app.links import decode_state

SCRIPT = {**HTML, "HX-Request": "true"}

CODE = """# Two of the same width.
units = 64  # try 32

model = keras.Sequential([
    keras.Input((3, 50)),                       # what enters
    layers.LSTM(units, return_sequences=True),  # the first
    layers.LSTM(units),
    layers.Dense(1),
])
"""
LOOP = """model = keras.Sequential([keras.Input((3, 50))])  # mine
for _ in range(3):
    model.add(layers.Dense(4))
"""


def open_code(client: httpx.Client, code: str, **fields: str) -> Fields:
    """The fields of the cards of a code that was typed."""
    return read_fields(client.post("/", data={"code": code, **fields}, headers=SCRIPT).text)


def read_box(page: str) -> str:
    return html.unescape(re.findall(r"<textarea id=\"code\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[0])


def read_told(page: str) -> str:
    told = re.findall(r'<div id="told".*?</div>', page, re.DOTALL)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", told)).split())


def test_a_number_changes_in_the_code_and_all_else_stays(client: httpx.Client) -> None:
    answer = client.post("/", data=change(open_code(client, CODE), n3__units="2"), headers=SCRIPT)
    assert read_box(answer.text) == CODE.replace("Dense(1)", "Dense(2)")
    assert read_told(answer.text) == ""
    assert read_address(answer.headers["HX-Replace-Url"]) == Question(code=read_box(answer.text))


def test_a_number_that_two_layers_share_changes_both_and_is_told(client: httpx.Client) -> None:
    answer = client.post("/", data=change(open_code(client, CODE), n1__units="65"), headers=SCRIPT)
    assert read_box(answer.text) == CODE.replace("units = 64", "units = 65")
    assert "units = 65 is what lstm and lstm_1 take: they changed together." in read_told(answer.text)
    assert dict(read_fields(answer.text))["n2.units"] == "65"


def test_one_change_after_the_other_is_made_in_the_same_code(client: httpx.Client) -> None:
    first = client.post("/", data=change(open_code(client, CODE), n3__units="2"), headers=SCRIPT)
    second = client.post("/", data=change(read_fields(first.text), n0__shape__1="7"), headers=SCRIPT)
    assert read_box(second.text) == CODE.replace("Dense(1)", "Dense(2)").replace("(3, 50)", "(7, 50)")


def test_a_layer_is_taken_out_and_the_cards_keep_their_keys(client: httpx.Client) -> None:
    answer = client.post("/", data=change(open_code(client, CODE), do="remove:1"), headers=SCRIPT)
    assert "# the first" not in read_box(answer.text)
    assert "# Two of the same width." in read_box(answer.text)
    # Keras names the second LSTM anew, and its card is still the same one.
    assert dict(read_fields(answer.text))["n2.name"] == "lstm"
    assert read_address(answer.headers["HX-Push-Url"]).code == read_box(answer.text)


def test_a_layer_that_keras_names_otherwise_is_told(client: httpx.Client) -> None:
    answer = client.post("/", data=change(open_code(client, CODE), do="remove:1"), headers=SCRIPT)
    assert read_told(answer.text).startswith("lstm_1 is now lstm: Keras counts the layers of a kind.")


def test_what_the_code_does_not_say_is_chosen_in_the_card(client: httpx.Client) -> None:
    code = CODE.replace("units = 64", "# units")
    answer = client.post("/", data=change(open_code(client, code), n1__units="7"), headers=SCRIPT)
    assert read_box(answer.text) == code
    assert read_address(answer.headers["HX-Replace-Url"]).holes == {"units": 7}
    assert "units, which is not in your code, is what lstm and lstm_1 take" in read_told(answer.text)
    again = client.post("/", data=change(read_fields(answer.text), n3__units="2"), headers=SCRIPT)
    assert read_address(again.headers["HX-Replace-Url"]).holes == {"units": 7}


def test_where_the_code_cannot_follow_it_is_written_anew_and_comes_back(client: httpx.Client) -> None:
    removed = client.post("/", data=change(open_code(client, LOOP), do="remove:2"), headers=SCRIPT)
    assert "was written anew" in read_told(removed.text)
    assert "# mine" not in read_box(removed.text)
    kept = read_address(removed.headers["HX-Push-Url"])
    assert kept.own_code == LOOP
    back = client.post(
        "/", data=change(read_fields(removed.text), do="add:1:Dense", n1__units="5"), headers=SCRIPT
    )
    assert read_address(back.headers["HX-Push-Url"]).own_code == LOOP


def test_the_code_waits_while_a_field_is_empty(client: httpx.Client) -> None:
    emptied = client.post("/", data=change(open_code(client, CODE), n1__units=""), headers=SCRIPT)
    assert "lstm was given no units" in emptied.text
    assert read_box(emptied.text) == CODE
    assert read_told(emptied.text) == ""
    filled = client.post("/", data=change(read_fields(emptied.text), n1__units="8"), headers=SCRIPT)
    assert read_box(filled.text) == CODE.replace("units = 64", "units = 8")


def test_without_scripts_the_address_opens_with_its_layers_in_front(client: httpx.Client) -> None:
    answer = client.post("/", data=change(open_code(client, CODE), n3__units="2"), headers=HTML)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"], headers=HTML).text
    assert read_box(page) == CODE.replace("Dense(1)", "Dense(2)")
    assert re.search(r'value="layers"\s+autocomplete="off" checked', page)


def test_without_scripts_what_is_told_once_is_told_at_once(client: httpx.Client) -> None:
    answer = client.post("/", data=change(open_code(client, CODE), n1__units="65"), headers=HTML)
    assert answer.status_code == 200
    assert "they changed together" in read_told(answer.text)


def test_a_link_to_a_changed_example_keeps_its_question(client: httpx.Client) -> None:
    fields = read_fields(client.get("/examples/stacked-lstm", headers=HTML).text)
    answer = client.post("/", data=change(fields, n2__go_backwards="true"), headers=SCRIPT)
    address = next(
        answer.headers[name] for name in ("HX-Replace-Url", "HX-Push-Url") if name in answer.headers
    )
    assert "&example=stacked-lstm" in address
    assert "You changed the example." in client.get(address, headers=HTML).text


def test_a_program_asks_for_the_same(client: httpx.Client) -> None:
    architecture = {
        "nodes": [
            {"kind": "InputLayer", "name": "input_layer", "arguments": {"batch_shape": [None, 3]}},
            {"kind": "Dense", "name": "dense", "arguments": {"units": 5}, "inbound": ["input_layer"]},
        ]
    }
    own_code = "model = Sequential([Input((3,)), Dense(4)])  # mine"
    answer = client.post("/api/v1/reports", json={"architecture": architecture, "own_code": own_code}).json()
    assert decode_state(answer["links"]["state"]) == Question(code=own_code.replace("4", "5"))
