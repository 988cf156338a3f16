"""Code for PyTorch is told to be that, with the names of its layers in Keras."""

import pytest

from app.architecture import Question, read_question
from app.problems import NoModelFound

MODULE = """import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(10, 32, batch_first=True)
        self.fc = nn.Linear(32, 1)

    def forward(self, x):
        out, _ = self.lstm(x)
        return self.fc(out[:, -1])
"""


def test_its_layers_are_named_as_keras_calls_them() -> None:
    with pytest.raises(NoModelFound, match="This is PyTorch") as caught:
        read_question(Question(code=MODULE))
    assert "`nn.LSTM(input_size, hidden_size)` is `layers.LSTM(hidden_size" in caught.value.detail
    assert "and `nn.Linear(in_features, out_features)` is `layers.Dense" in caught.value.detail
    assert "Conv1D" not in caught.value.detail


@pytest.mark.parametrize(
    "code",
    [
        "from torch import nn\nlstm = nn.LSTM(input_size=10, hidden_size=32)",
        "lstm = torch.nn.LSTM(10, 20)",
        "from torch.nn import LSTM\na = LSTM(10, 20)",
        "import torch\nx = torch.zeros(3)",
    ],
)
def test_pytorch_is_known_by_its_imports(code: str) -> None:
    with pytest.raises(NoModelFound, match="This is PyTorch"):
        read_question(Question(code=code))


def test_code_of_keras_beside_pytorch_is_no_pytorch() -> None:
    with pytest.raises(NoModelFound, match="Nothing in this code is a Keras model"):
        read_question(Question(code="import torch\nimport keras\nx = torch.zeros(3)"))
