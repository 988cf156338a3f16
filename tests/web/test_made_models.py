"""Of code that makes several models one is shown, and each of the others is a click away."""

import html
import re

import httpx
import pytest
from browsers import HTML

from app.architecture import Question, read_question
from app.architecture.code import read_code
from app.links import decode_state, encode_state

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

SEQ2SEQ = """from keras.models import Model
from keras.layers import Input, LSTM, Dense

encoder_inputs = Input(shape=(None, 71))
encoder_outputs, state_h, state_c = LSTM(256, return_state=True)(encoder_inputs)
encoder_states = [state_h, state_c]

decoder_inputs = Input(shape=(None, 93))
decoder_lstm = LSTM(256, return_sequences=True, return_state=True)
decoder_outputs, _, _ = decoder_lstm(decoder_inputs, initial_state=encoder_states)
decoder_dense = Dense(93, activation="softmax")
decoder_outputs = decoder_dense(decoder_outputs)
model = Model([encoder_inputs, decoder_inputs], decoder_outputs)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy")

encoder_model = Model(encoder_inputs, encoder_states)
given = [Input(shape=(256,)), Input(shape=(256,))]
decoder_outputs, state_h, state_c = decoder_lstm(decoder_inputs, initial_state=given)
decoder_outputs = decoder_dense(decoder_outputs)
decoder_model = Model([decoder_inputs] + given, [decoder_outputs, state_h, state_c])
"""


def show(client: httpx.Client, question: Question) -> str:
    return client.get(f"/?s={encode_state(question)}", headers=HTML).text


def read_row(page: str) -> str:
    (row,) = re.findall(r'<nav class="pieces" id="made".*?>(.*?)</nav>', page, re.DOTALL)
    return str(row)


def read_words(part: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", part)).split())


def test_the_model_that_is_compiled_is_shown_rather_than_parts_of_it(client: httpx.Client) -> None:
    page = show(client, Question(code=SEQ2SEQ))
    words = read_words(read_row(page))
    assert words.startswith("3 models in your code. Shown: 1, made on line 13 .")
    assert "1 model Show model 2 encoder_model Show model 3 decoder_model" in words
    assert "The code makes 3 models" not in read_words(page)


def test_each_model_is_a_click_away(client: httpx.Client) -> None:
    row = read_row(show(client, Question(code=SEQ2SEQ)))
    links = [html.unescape(href) for href in re.findall(r'<a class="button small"\s+href="([^"]+)"', row)]
    page = client.get(links[1], headers=HTML).text
    assert '<strong class="button small" aria-current="true">3 decoder_model</strong>' in page
    assert '<input type="hidden" name="shown_model" id="code-shown_model" value="3">' in page


def test_two_of_them_are_compared(client: httpx.Client) -> None:
    row = read_row(show(client, Question(code=SEQ2SEQ)))
    (shown,) = re.findall(r'<input type="hidden" name="a" value="([^"]+)">', row)
    assert decode_state(shown).code == SEQ2SEQ
    assert re.findall(r'<option value="([^"]+)">', row) == ["model-2", "model-3"]
    compared = read_words(client.get("/compare", params={"a": shown, "b": "model-2"}, headers=HTML).text)
    assert "Model 2 of your code" in compared


def test_the_chosen_model_is_the_one_that_is_changed() -> None:
    asked = Question(code=SEQ2SEQ, shown_model=2)
    architecture = read_question(asked).architecture
    assert [node.kind for node in architecture.nodes] == ["InputLayer", "LSTM"]
    changed = architecture.replace(
        "lstm", architecture.node("lstm").with_arguments(units=8, return_state=True)
    )
    reading = read_question(Question(architecture=changed, own_code=SEQ2SEQ, shown_model=2))
    assert reading.code == SEQ2SEQ.replace("LSTM(256, return_state", "LSTM(8, return_state")
    assert reading.rewritten is not None
    assert reading.rewritten.shown_model == 2


@pytest.mark.parametrize(
    ("trained", "shown"),
    [
        ("", "b"),
        ("a.compile('adam')", "a"),
        ("a.compile('adam')\nb.compile('adam')", "b"),
        ("a.fit(x)\nb.compile('adam')", "a"),
        ("c.compile('adam')", "b"),
    ],
    ids=["none: the last", "compiled", "both: the last", "fitted before compiled", "one with other layers"],
)
def test_of_models_that_share_layers_the_one_that_is_trained_is_shown(trained: str, shown: str) -> None:
    code = f"""
c = Sequential([Input((4,)), Dense(9)])
x = Input((4,))
y = Dense(2)(x)
a = Model(x, Dense(3)(y))
b = Model(x, y)
{trained}
"""
    assert [model.name for model in read_code(code).made if model.shown] == [shown]


def test_models_of_one_variable_are_told_apart_by_their_lines(client: httpx.Client) -> None:
    code = "model = Sequential([Input((4,)), Dense(9)])\nmodel = Sequential([Input((4,)), Dense(8)])\n"
    words = read_words(read_row(show(client, Question(code=code))))
    assert "Show model 1 model · line 1 2 model · line 2" in words


def test_a_number_that_no_model_has_leaves_the_choice_to_the_reader() -> None:
    made = read_code(SEQ2SEQ, shown_model=9).made
    assert [model.shown for model in made] == [True, False, False]
