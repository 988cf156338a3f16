"""Tables of pandas on their way to a model: how many columns they have, where the code says so."""

import pytest

from app.architecture.code import read_code

NAMED = 'table = pd.read_csv("trips.csv", names=["day", "hour", "distance", "fare"])\n'

COLUMNS = {
    'table = pd.read_csv("trips.csv", usecols=["hour", "distance", "fare"])': 3,
    'table = pd.read_csv("trips.csv", usecols=[1, 2], engine="python").values.astype("float32")': 2,
    'table = pd.read_csv("trips.csv", usecols=["day", "fare"], index_col="day")': 1,
    'table = pd.read_csv("trips.csv", usecols=["day", "fare"], index_col=0)': 1,
    NAMED: 4,
    NAMED + 'table = table.set_index("day")': 3,
    NAMED + 'table = table.drop("fare", axis=1)': 3,
    NAMED + 'table = table.drop(columns=["day", "fare"])': 2,
    NAMED + 'table.drop(["day", "fare"], axis=1, inplace=True)': 2,
    NAMED + 'fares = table.pop("fare")': 3,
    NAMED + 'del table["day"]': 3,
    NAMED + 'table["tip"] = table["fare"] * 0.1': 5,
    NAMED + 'table["day"] = pd.to_datetime(table["day"])': 4,
    NAMED + "table = (table - table.mean()) / table.std()": 4,
    NAMED + 'table = table[table["fare"] > 3].dropna().reset_index(drop=True)': 4,
    NAMED + "table = table.iloc[:, 1:].to_numpy()": 3,
    NAMED + 'table = table.loc[:, ["hour", "fare"]]': 2,
    NAMED + "table = table.fare.values.reshape(-1, 1)": 1,
    NAMED + "table = table[5:].values": 4,
    NAMED + 'table = pd.concat([table, table[["fare"]]], axis=1)': 5,
    'table = pd.read_csv("trips.csv")\ntable.columns = ["day", "fare"]': 2,
    'table = pd.read_csv("trips.csv").filter(["fare"]).values': 1,
    'table = pd.DataFrame({"hour": [8, 9, 10], "fare": [3.5, 7.0, 4.2]})': 2,
    'table = np.loadtxt("trips.csv", delimiter=",", usecols=range(4))': 4,
}


@pytest.mark.parametrize("lines", COLUMNS)
def test_the_features_are_the_columns_that_are_left(lines: str) -> None:
    code = f"""
import numpy as np
import pandas as pd
{lines}
model = Sequential([Dense(1)])
model.fit(table)
"""
    reading = read_code(code)
    assert reading.architecture.nodes[0].batch_shape == (None, COLUMNS[lines])


UNSAID = [
    'table = pd.read_csv("trips.csv")',
    'table = pd.read_csv("trips.csv").drop("fare", axis=1)',
    'table = pd.read_csv("trips.csv", usecols=[0, 1])\ntable["tip"] = 2',
    NAMED + "table = pd.get_dummies(table)",
]


@pytest.mark.parametrize("lines", UNSAID)
def test_where_the_code_does_not_say_the_columns_they_are_asked_for(lines: str) -> None:
    code = f"""
import pandas as pd
{lines}
model = Sequential([Input((table.shape[1],)), Dense(1)])
"""
    assert [hole.name for hole in read_code(code).holes] == ["table.shape[1]"]


def test_a_column_is_known_by_its_rows() -> None:
    code = """
import pandas as pd
table = pd.DataFrame({"hour": [8, 9, 10], "fare": [3.5, 7.0, 4.2]})
model = Sequential([Input((1,)), Dense(1)])
model.fit(table[["hour"]].values, table["fare"])
"""
    (feed,) = read_code(code).feeds
    assert (feed.inputs, feed.targets) == (((3, 1),), ((3,),))


def test_a_series_made_supervised_has_a_column_for_each_variable_and_step() -> None:
    code = """
columns, names = [], []
for step in range(2, 0, -1):
    columns.append(pd.DataFrame(series).shift(step))
    names += [f"variable {at}, {step} before" for at in range(3)]
table = pd.concat(columns, axis=1)
table.columns = names
table.dropna(inplace=True)
table.drop(table.columns[[4, 5]], axis=1, inplace=True)
X = table.values.reshape((table.shape[0], 1, table.shape[1]))
model = Sequential([LSTM(5)])
model.fit(X)
"""
    assert read_code(code).architecture.nodes[0].batch_shape == (None, 1, 4)


def test_what_is_no_table_has_no_columns_to_lose() -> None:
    code = """
fares = np.zeros(5)
del fares["day"]
model = Sequential([Input((fares.ndim,)), Dense(1)])
"""
    assert read_code(code).architecture.nodes[0].batch_shape == (None, 1)


def test_a_column_called_size_does_not_hide_the_size_of_the_table() -> None:
    code = """
table = pd.DataFrame({"size": [1, 2, 3], "fare": [3.5, 7.0, 4.2]})
model = Sequential([Input((table.size,)), Dense(len(table.fare))])
"""
    entering, dense = read_code(code).architecture.nodes
    assert (entering.batch_shape, dense.arguments) == ((None, 6), {"units": 3})


def test_columns_are_gone_through_by_name() -> None:
    code = f"""
{NAMED}
chosen = [name for name in table.columns if name not in ("day", "fare")]
model = Sequential([Input((len(chosen),)), Dense(1)])
"""
    assert read_code(code).architecture.nodes[0].batch_shape == (None, 2)
