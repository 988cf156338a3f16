"""The numbers of a model: made where they are asked for, and nowhere else."""

import html
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.architecture import Question
from app.architecture.sequences import Sequences
from app.links import encode_state
from app.problems import RunStopped

CODE = (
    "model = keras.Sequential([keras.Input((None,), dtype='int32', name='tokens'), "
    "layers.Embedding(10, 4, mask_zero=True), layers.LSTM(3, name='lstm'), layers.Dense(1)])"
)
SEQUENCES = Sequences(rows=((5, 9, 2), (3,)), padding="post")
STATE = encode_state(Question(code=CODE, sequences=SEQUENCES))
LARGE = encode_state(Question(code=CODE.replace("LSTM(3", "LSTM(2000")))


def test_a_page_is_there_before_anything_is_run(client: httpx.Client) -> None:
    page = client.get(f"/?s={STATE}", headers={"HX-Request": "true"}).text
    assert f'hx-get="/values?s={STATE}"' in page
    assert f'<a href="/values?s={STATE}">' in page
    assert "hidden state" not in page


def test_a_script_gets_a_picture_of_each_sequence(client: httpx.Client) -> None:
    drawn = html.unescape(client.get(f"/values?s={STATE}", headers={"HX-Request": "true"}).text)
    assert "<html" not in drawn
    assert 'id="picture-values-1"' in drawn and 'id="picture-values-2"' in drawn
    assert "<title>hidden state h, t₁, unit 1: " in drawn
    assert "The mask has the cell skip t₂, t₃, where it is carried over." in drawn


def test_without_a_script_it_is_a_page(client: httpx.Client) -> None:
    answered = client.get(f"/values?s={STATE}")
    assert "HX-Request" in answered.headers["vary"]
    assert "<title>The numbers of a model" in answered.text
    assert f'<a href="/?s={STATE}">' in answered.text


def test_a_page_says_why_nothing_is_run(client: httpx.Client) -> None:
    drawn = client.get(f"/values?s={LARGE}").text
    assert "The model has more than 5,000,000 parameters: it is not run." in drawn
    assert "picture-values-1" not in drawn


def test_a_run_that_was_stopped_is_kept_by_nobody(
    app: FastAPI, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = encode_state(Question(code=CODE.replace("LSTM(3", "LSTM(2")))
    page, picture = f"/values?s={state}", f"/api/v1/render.values.svg?s={state}"

    async def stop(*_: Any, **__: Any) -> None:
        raise RunStopped("The run took more than 5 seconds, and was stopped.")

    with monkeypatch.context() as busy:
        busy.setattr(app.state.pool, "run", stop)
        for headers in ({}, {"HX-Request": "true"}):
            told = client.get(page, headers=headers)
            assert told.headers["cache-control"] == "no-store"
            assert "The run took more than 5 seconds" in told.text
            assert f'href="{page}"' in told.text and "Try again" in told.text
        told = client.get(picture)
        assert told.status_code == 503 and int(told.headers["retry-after"]) > 0
        assert "cache-control" not in told.headers and "etag" not in told.headers
    drawn = client.get(page)
    assert "picture-values-1" in drawn.text and "Try again" not in drawn.text
    assert "max-age" in drawn.headers["cache-control"]
    assert client.get(picture).status_code == 200


def test_a_damaged_link_is_told_to_be_one(client: httpx.Client) -> None:
    assert client.get("/values?s=x").status_code == 400


@pytest.mark.parametrize(("state", "holds"), [(STATE, "keras.utils.set_random_seed(1)"), (LARGE, "not run")])
def test_the_picture_is_a_file_that_says_with_which_seed(
    client: httpx.Client, state: str, holds: str
) -> None:
    answered = client.get(f"/api/v1/render.values.svg?s={state}")
    assert answered.status_code == 200
    assert holds in answered.text


def test_a_report_runs_nothing(client: httpx.Client) -> None:
    report = client.post("/api/v1/reports", json={"code": CODE}).json()
    assert report["flow"]["values"] is None


def test_the_api_gives_every_number(client: httpx.Client) -> None:
    body: dict[str, Any] = {"code": CODE, "sequences": SEQUENCES.model_dump(mode="json")}
    values = client.post("/api/v1/values", json=body).json()
    assert values["fed"] == [{"input": "tokens", "code": 'pad_sequences(sequences, padding="post")'}]
    (lstm,) = (layer for layer in values["layers"] if layer["layer"] == "lstm")
    strips = {strip["name"]: strip for strip in lstm["strips"]}
    assert list(strips) == ["i", "f", "c̃", "o", "h", "c"]
    hidden = strips["h"]["values"]
    assert [len(hidden), len(hidden[0]), len(hidden[0][0])] == [2, 3, 3]
    assert hidden[1][0] == hidden[1][2]
    assert strips["i"]["values"][1][2] == [None, None, None]


def test_the_api_names_the_limit(client: httpx.Client) -> None:
    body = {"code": "model = keras.Sequential([keras.Input((1000, 1)), layers.LSTM(2)])"}
    assert "at most 256" in client.post("/api/v1/values", json=body).json()["refused"]
