"""Windows cut out of data that is not in the code: their length is known, even if nothing else is."""

import pytest

from app.architecture.code import read_code

WINDOWS = {
    "a loop over the starts": """
X = []
for i in range(len(data) - 60):
    X.append(data[i:i+60])
X = np.array(X)
""",
    "a loop over the ends, of a column": """
data = pd.read_csv("prices.csv")["Close"].values
X = []
for i in range(60, len(data)):
    X.append(data[i-60:i])
X = np.array(X).astype("float32")
""",
    "a comprehension, split into rows to train and to test with": """
windows = np.array([data[i:i+60] for i in range(len(data) - 60)])
X, X_test = train_test_split(windows)
""",
    "rows of a table, and a part of them": """
X = np.array([table.iloc[i-60:i].values for i in range(60, table.shape[0])])[:800]
""",
}


@pytest.mark.parametrize("name", WINDOWS)
def test_the_length_of_a_window_is_no_hole(name: str) -> None:
    reading = read_code(f"{WINDOWS[name]}model = Sequential([LSTM(5, input_shape=(X.shape[1], X.shape[2]))])")
    assert reading.architecture.nodes[0].batch_shape == (None, 60, 16)
    assert "X.shape[1]" not in [hole.name for hole in reading.holes]
    assert "X.shape[2]" in [hole.name for hole in reading.holes]


def test_of_a_shape_that_is_asked_for_as_a_whole_the_length_is_proposed() -> None:
    reading = read_code(
        f"{WINDOWS['a loop over the starts']}model = Sequential([LSTM(5, input_shape=X.shape[1:])])"
    )
    (hole,) = [hole for hole in reading.holes if hole.used_by]
    assert (hole.name, hole.default) == ("X.shape[1:]", (60, 16))


@pytest.mark.parametrize("key", ["::0", "'a':", "n:", "[1]", "1, 2", "True", "-9", "10**30:"])
def test_any_key_of_such_data_or_of_its_shape_is_read(key: str) -> None:
    code = f"data = data[0:60]\npart, size = data[{key}], data.shape[{key}]\nmodel = Sequential([LSTM(5)])"
    assert read_code(code).architecture.nodes[-1].kind == "LSTM"
