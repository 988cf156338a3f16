"""The table opens to what each layer computes in, gives and computes."""

import httpx
import pytest

from app.architecture import Question
from app.links import encode_state

# A script waits for the answer, where a page would fetch it once it is there.
SCRIPT = {"Accept": "text/html", "HX-Request": "true"}
MODEL = """import keras
model = keras.Sequential([
    keras.Input((None, 4)), keras.layers.LSTM(5, dtype="mixed_float16"), keras.layers.Dense({units}),
])
"""


def read_page(client: httpx.Client, units: int) -> str:
    state = encode_state(Question(code=MODEL.format(units=units), timesteps=6))
    page = client.get(f"/?s={state}", headers=SCRIPT).text
    return " ".join(page.split())


@pytest.mark.parametrize(
    "shown",
    [
        "float16 (float32)",
        "T·4·(4 + 5)·5, T = 6",
        "1,080",
        "with 6 timesteps where Keras knows no length",
    ],
)
def test_each_layer_has_its_types_and_its_work(client: httpx.Client, shown: str) -> None:
    assert shown in read_page(client, 1)


def test_a_model_that_does_not_build_computes_nothing(client: httpx.Client) -> None:
    assert 'id="work"' in read_page(client, 1)
    assert 'id="work"' not in read_page(client, -1)
