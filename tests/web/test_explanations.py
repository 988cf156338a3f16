"""The pages about problems: in the order in which people meet them, and found by what Keras says."""

import re

import httpx
import pytest
from browsers import HTML

from app.links import decode_state
from app.web.explanations import MET, load_explanations
from app.web.openable import list_blocks

pytestmark = pytest.mark.usefixtures("keras_is_loaded")

MESSAGE = """ValueError: Input 0 of layer "lstm_1" is incompatible with the layer:
expected ndim=3, found ndim=2.
Full shape received: (None, 32)"""


def test_what_keras_itself_refuses_comes_first() -> None:
    assert tuple(code for code, page in load_explanations().items() if page.message) == MET


def test_the_list_can_be_searched_for_what_keras_says(client: httpx.Client) -> None:
    page = client.get("/problems", headers=HTML).text
    first, second = re.findall(r'<a href="/problems/([\w-]+)">', page)[:2]
    assert (first, second) == MET[:2]
    assert "expected ndim=3, found ndim=2" in page
    of_models, of_service = page.split("Of links, files and the server")
    assert "/problems/mask-dropped-silently" in of_models
    assert "/problems/code-syntax" in of_models
    assert "/problems/builder-lost" in of_service
    page = client.get(f"/problems/{first}", headers=HTML).text
    # Letter by letter: quotation marks stay straight.
    assert re.search(r"<blockquote>\s*<p><code>Input 0 of layer \'lstm_1\' is incompatible", page)


@pytest.mark.parametrize(("path", "field"), [("/", "code"), ("/open", "text")])
def test_a_message_pasted_alone_leads_to_what_it_may_mean(
    client: httpx.Client, path: str, field: str
) -> None:
    script = {"HX-Request": "true"} if path == "/" else {}
    answer = client.post(path, data={field: MESSAGE}, headers={**HTML, **script})
    assert answer.status_code == 422
    assert "This is a message of Keras, and no code" in answer.text
    links = re.findall(r'<a href="/problems/([\w-]+)">([^<]+)</a>', answer.text)
    assert ("missing-return-sequences", "A recurrent layer gives only its last step") in links
    assert ("missing-timesteps", "There is no timesteps axis") in links
    models = re.findall(r'<a href="/\?s=([^"]+)">a model that has it</a>', answer.text)
    assert [decode_state(state).code for state in models] == [
        next(block.code for block in list_blocks(load_explanations()[code].prose) if block.has_problem)
        for code, _ in links
        if code != "message-pasted"
    ]


def test_programs_are_told_as_well(client: httpx.Client) -> None:
    answer = client.post("/api/v1/reports", json={"code": MESSAGE})
    assert (answer.status_code, answer.json()["code"]) == (422, "message-pasted")
