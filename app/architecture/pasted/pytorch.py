"""recognise_pytorch(): recognises code for PyTorch, and says what its layers are called in Keras."""

import re

from app.architecture.code.notes import list_words
from app.problems import NoModelFound

PYTORCH = re.compile(r"^\s*(?:import|from)\s+torch\b|\btorch\.nn\b|\bnn\.Module\b", re.MULTILINE)
CALL = re.compile(r"\b([A-Z]\w+)\(")

IN_KERAS = {
    "LSTM": ("nn.LSTM(input_size, hidden_size)", "layers.LSTM(hidden_size, return_sequences=True)"),
    "GRU": ("nn.GRU(input_size, hidden_size)", "layers.GRU(hidden_size, return_sequences=True)"),
    "RNN": ("nn.RNN(input_size, hidden_size)", "layers.SimpleRNN(hidden_size, return_sequences=True)"),
    "Linear": ("nn.Linear(in_features, out_features)", "layers.Dense(out_features)"),
    "Embedding": ("nn.Embedding(words, size)", "layers.Embedding(words, size)"),
    "Conv1d": ("nn.Conv1d(in_channels, out_channels, size)", "layers.Conv1D(out_channels, size)"),
    "Conv2d": ("nn.Conv2d(in_channels, out_channels, size)", "layers.Conv2D(out_channels, size)"),
    "Dropout": ("nn.Dropout(p)", "layers.Dropout(p)"),
    "Flatten": ("nn.Flatten()", "layers.Flatten()"),
}
"""Layers of PyTorch that have one counterpart in Keras."""

MOST_NAMED = 4


def recognise_pytorch(code: str) -> NoModelFound | None:
    """The error that the code is for PyTorch; None if it is not, or uses Keras as well."""
    if not PYTORCH.search(code) or "keras" in code:
        return None
    called = [name for name in dict.fromkeys(CALL.findall(code)) if name in IN_KERAS][:MOST_NAMED]
    pairs = [f"`{IN_KERAS[name][0]}` is `{IN_KERAS[name][1]}`" for name in called]
    named = f" In Keras {list_words(pairs)}." if pairs else ""
    return NoModelFound(
        f"This is PyTorch, and Kerascope reads Keras.{named} Keras says once, at the start, what enters: "
        "`keras.Input((timesteps, features))`. The batch is always the first axis, as with "
        "`batch_first=True`."
    )
