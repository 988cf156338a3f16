"""Files by way of the web: opened on the page, sent to the API, kept as links; bombs cost nobody else."""

import html
import io
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import h5py
import httpx
import pytest
from browsers import HTML

from app.links import decode_state

LSTM = {
    "class_name": "Sequential",
    "config": {
        "name": "reader",
        "layers": [
            {"class_name": "InputLayer", "config": {"batch_shape": [None, None, 4], "name": "series"}},
            {"class_name": "LSTM", "config": {"name": "lstm", "units": 7}},
        ],
    },
}
JSON = json.dumps(LSTM).encode()
CODE = b"from keras import Input, Sequential, layers\nmodel = Sequential([Input((3, 4)), layers.LSTM(7)])\n"


def archive(config: bytes = JSON) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zip:
        zip.writestr("config.json", config)
    return file.getvalue()


def hdf5(config: bytes = JSON) -> bytes:
    file = io.BytesIO()
    with h5py.File(file, "w") as hdf:
        hdf.attrs["model_config"] = config
    return file.getvalue()


def weights() -> bytes:
    file = io.BytesIO()
    with h5py.File(file, "w") as hdf:
        hdf.create_group("layers/lstm/cell/vars")["0"] = [1.0, 2.0]
    return file.getvalue()


def notebook() -> bytes:
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": CODE.decode()}]}).encode()


FILES = {
    "model.keras": archive(),
    "model.h5": hdf5(),
    "model.json": JSON,
    "model.py": CODE,
    "model.ipynb": notebook(),
}


@pytest.fixture(autouse=True)
def the_server_lives_on_and_keeps_no_file(client: httpx.Client) -> Iterator[None]:
    yield
    assert client.get("/readyz").status_code == 200
    assert list(Path(tempfile.gettempdir()).glob("kerascope-*")) == []


def send(client: httpx.Client, name: str, content: bytes, **options: str) -> httpx.Response:
    return client.post("/api/v1/reports", files={"file": (name, content)}, data=options)


@pytest.mark.parametrize("name", FILES)
def test_the_page_leads_to_the_address_that_holds_the_architecture(client: httpx.Client, name: str) -> None:
    answer = client.post("/open", files={"file": (name, FILES[name])}, headers=HTML)
    assert answer.status_code == 303
    question = decode_state(answer.headers["Location"].removeprefix("/?s="))
    assert question.keras is None
    page = client.get(answer.headers["Location"], headers=HTML)
    assert "(batch, 7 units)" in re.sub("<[^>]+>", "", page.text)


def test_a_file_and_its_json_pasted_have_one_address(client: httpx.Client) -> None:
    addresses = {
        client.post("/open", files={"file": ("model.keras", archive())}).headers["Location"],
        client.post("/open", files={"file": ("model.h5", hdf5())}).headers["Location"],
        client.post("/open", data={"text": JSON.decode()}).headers["Location"],
        client.post("/open", files={"file": ("", b"")}, data={"text": JSON.decode()}).headers["Location"],
    }
    assert len(addresses) == 1


FAULTY = (
    "import keras\n\nmodel = keras.Sequential([\n    keras.Input((10,)),\n    layers.Embeding(9, 4),\n])\n"
)


@pytest.mark.parametrize("sent", [{"data": {"text": FAULTY}}, {"files": {"file": ("a.py", FAULTY.encode())}}])
def test_faulty_code_is_shown_with_the_line_and_what_may_be_meant(
    client: httpx.Client, sent: dict[str, Any]
) -> None:
    page = client.post("/open", headers=HTML, **sent).text
    notice = page.split('class="notice error" role="alert"')[1].split("<form")[0]
    assert "<code>layers.Embeding(9, 4),</code>" in notice
    assert re.search(r'href="#text"\s+data-line="5"', notice)
    assert html.escape(FAULTY, quote=False) in html.unescape(page)
    (state,) = re.findall(r'href="/\?s=([^"&]+)', notice)
    assert decode_state(state).code == FAULTY.replace("Embeding", "Embedding")


def test_a_question_is_led_to_the_examples(client: httpx.Client) -> None:
    text = "How do I connect an embedding to an LSTM?"
    script = {"HX-Request": "true"}
    for answer in (
        client.post("/open", data={"text": text}, headers=HTML),
        client.post("/", data={"code": text}, headers={**HTML, **script}),
    ):
        assert answer.status_code == 422
        assert '<a href="/examples/embedding-to-lstm">' in answer.text
        assert '<a href="/examples">All 15 examples</a>' in answer.text
    answer = client.post("/api/v1/reports", json={"code": text})
    assert (answer.status_code, answer.json()["code"]) == (422, "question-pasted")


def test_a_file_that_cannot_be_read_is_told_on_the_page(client: httpx.Client) -> None:
    page = client.post("/open", files={"file": ("model.tflite", b"TFL3")}, headers=HTML)
    assert (page.status_code, page.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert "No model can be read from this file" in page.text
    assert "/problems/file-not-understood" in page.text


@pytest.mark.parametrize("name", FILES)
def test_the_api_answers_a_file_as_it_answers_json(client: httpx.Client, name: str) -> None:
    report = send(client, name, FILES[name]).json()
    assert [layer["kind"] for layer in report["layers"]][-1] == "LSTM"
    assert report["outputs"][0]["shape"] == [None, 7]
    if name not in ("model.py", "model.ipynb"):
        told = client.post("/api/v1/reports", json={"keras": LSTM}).json()
        assert {**report, "links": 0} == {**told, "links": 0}


def test_timesteps_and_inputs_stand_beside_the_file(client: httpx.Client) -> None:
    options = {"timesteps": "5", "inputs": '{"series": [null, null, 9]}'}
    report = send(client, "model.keras", archive(), **options).json()
    assert report["layers"][1]["input_shapes"] == [[None, None, 9]]
    assert report["flow"]["lanes"][0]["timesteps_in"] == 5


def test_a_link_made_from_a_file_holds_the_architecture(client: httpx.Client) -> None:
    made = client.post("/api/v1/links", files={"file": ("model.h5", hdf5())})
    assert made.status_code == 201
    kept = client.get(f"/api/v1/links/{made.json()['id']}").json()
    assert kept["question"]["keras"] is None
    assert [node["kind"] for node in kept["question"]["architecture"]["nodes"]] == ["InputLayer", "LSTM"]


FORMS: dict[str, tuple[dict[str, Any], str]] = {
    "no file": ({"data": {"timesteps": "5"}, "files": {"other": b""}}, "not known"),
    "only options": ({"files": {"timesteps": (None, "5")}}, "`file` is missing"),
    "too many timesteps": ({"files": {"file": JSON}, "data": {"timesteps": "65"}}, "`timesteps`"),
    "timesteps that are none": ({"files": {"file": JSON}, "data": {"timesteps": "many"}}, "`timesteps`"),
    "inputs that are none": ({"files": {"file": JSON}, "data": {"inputs": "(None, 3)"}}, "`inputs`"),
    "a misspelt field": ({"files": {"file": JSON}, "data": {"timestep": "5"}}, "`timestep` is not known"),
    "two files": ({"files": [("file", JSON), ("file", JSON)]}, "Too many files"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_of_another_form(client: httpx.Client, name: str) -> None:
    form, words = FORMS[name]
    answer = client.post("/api/v1/reports", **form)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert words in answer.json()["detail"]


LAMBDA = {"class_name": "Lambda", "config": {"name": "own", "function": {"class_name": "__lambda__"}}}
WITH_LAMBDA = json.dumps({"class_name": "Sequential", "config": {"layers": [LAMBDA]}}).encode()
SYSTEM = {"class_name": "system", "module": "os", "config": {"name": "a", "command": "true"}}
WITH_SYSTEM = json.dumps({"class_name": "Sequential", "config": {"layers": [SYSTEM]}}).encode()

BAD = {
    "weights": ("model.weights.h5", weights(), "weights-without-architecture"),
    "a zip bomb": ("model.keras", archive(b" " * 60_000_000), "too-large"),
    "a configuration of 49 MB": ("model.json", b"{" + b" " * 49_000_000, "too-large"),
    "a cut-off archive": ("model.keras", archive()[:-30], "file-not-understood"),
    "a cut-off HDF5": ("model.h5", hdf5()[:600], "file-not-understood"),
    "compiled Python": ("model.keras", archive(WITH_LAMBDA), "lambda-bytecode"),
    "a class that is none of Keras'": ("model.keras", archive(WITH_SYSTEM), "unknown-layer"),
    "no model": ("model.keras", archive(b"{}"), "config-not-understood"),
    "a program": ("saved_model.pb", b"\x08\x01", "file-not-understood"),
    "nothing": ("model.py", b"", "file-not-understood"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_to_programs(client: httpx.Client, name: str) -> None:
    file, content, code = BAD[name]
    answer = send(client, file, content)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.status_code) == (code, 413 if code == "too-large" else 422)


def test_more_than_may_be_sent(client: httpx.Client) -> None:
    for address in ("/open", "/api/v1/reports", "/api/v1/links"):
        answer = client.post(address, files={"file": ("model.h5", bytes(51_000_000))})
        assert answer.status_code == 413


def test_files_are_taken_nowhere_else(client: httpx.Client) -> None:
    for address in ("/", "/share"):
        assert client.post(address, files={"file": ("model.json", JSON)}).status_code == 400
        assert client.post(address, files={"file": ("model.json", bytes(2_000_000))}).status_code == 413


def test_a_text_in_place_of_the_file(client: httpx.Client) -> None:
    answer = client.post("/api/v1/reports", files={"file": (None, CODE)})
    assert answer.json()["outputs"][0]["shape"] == [None, 7]
