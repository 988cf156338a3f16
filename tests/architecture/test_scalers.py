"""Scaled data keeps its shape, whatever the scaler is called; components are counted as columns."""

import pytest

from app.architecture.code import read_code

HEADER = "from sklearn.preprocessing import *\nfrom sklearn.decomposition import PCA\n"
MODEL = "\nmodel = keras.Sequential([keras.Input((X.shape[1],)), keras.layers.Dense(1)])"


def read_features(code: str, header: str = HEADER) -> tuple[object, list[str]]:
    reading = read_code(header + code + MODEL)
    return reading.architecture.nodes[0].batch_shape, [hole.name for hole in reading.holes]


@pytest.mark.parametrize("header", [HEADER, "", "from sklearn import preprocessing\n"])
@pytest.mark.parametrize("name", ["StandardScaler", "MinMaxScaler", "RobustScaler", "Normalizer"])
def test_scaled_data_keeps_its_shape(header: str, name: str) -> None:
    made = f"preprocessing.{name}()" if "import preprocessing" in header else f"{name}()"
    code = f"sc = {made}\nX = sc.fit_transform(np.zeros((50, 3)))"
    assert read_features(code, header) == ((None, 3), [])


def test_a_scaler_that_is_fitted_first_is_the_same() -> None:
    code = "sc = StandardScaler().fit(np.zeros((50, 3)))\nX = sc.transform(np.zeros((9, 3)))"
    assert read_features(code) == ((None, 3), [])


def test_components_are_columns_if_they_are_counted() -> None:
    assert read_features("X = PCA(n_components=5).fit_transform(np.zeros((50, 30)))") == ((None, 5), [])
    assert read_features("X = PCA(5).fit_transform(np.zeros((50, 30)))") == ((None, 5), [])


def test_a_fraction_of_variance_counts_no_columns() -> None:
    assert read_features("X = PCA(0.95).fit_transform(np.zeros((50, 30)))")[1] == ["X.shape[1]"]


def test_what_a_decomposition_inverts_is_not_known() -> None:
    code = "pca = PCA(2)\nX = pca.inverse_transform(np.zeros((50, 2)))"
    assert read_features(code)[1] == ["X.shape[1]"]
