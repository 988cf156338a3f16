"""The catalogue is what the installed Keras says of its layers, and the border of what may be built."""

import inspect
from pathlib import Path

import keras
import pytest
from keras.src.utils.naming import to_snake_case

from app.architecture.catalogue import CATALOGUE, KINDS, find_kind
from app.architecture.code.layers.naming import write_snake_case
from app.architecture.never_built import NEVER_BUILT
from app.problems import UnknownLayer
from app.report.values import UnfitValue, check_value
from scripts.make_catalogue import make_catalogue, make_identifiers, make_objects
from scripts.make_operations import make_operations

ROOT = Path(__file__).parents[2]


def test_the_catalogue_is_what_the_script_writes() -> None:
    written = (ROOT / "app/architecture/catalogue.json").read_text(encoding="utf-8")
    assert make_catalogue() == written, "Run make catalogue."


def test_the_catalogue_says_which_keras_it_was_made_from() -> None:
    assert CATALOGUE.keras == keras.__version__


def test_the_names_of_initializers_are_what_the_script_writes() -> None:
    written = (ROOT / "app/architecture/identifiers.json").read_text(encoding="utf-8")
    assert make_identifiers() == written, "Run make catalogue."


def test_the_operations_are_what_the_script_writes() -> None:
    written = (ROOT / "app/architecture/operations.json").read_text(encoding="utf-8")
    assert make_operations() == written, "Run make catalogue."


def test_arguments_stand_in_the_constructors_order() -> None:
    names = [argument.name for argument in KINDS["LSTM"].arguments]
    assert names[:4] == ["units", "activation", "recurrent_activation", "use_bias"]


@pytest.mark.parametrize(
    ("kind", "argument", "expected"),
    [
        ("LSTM", "units", "integer"),
        ("LSTM", "return_sequences", "boolean"),
        ("LSTM", "activation", "choice"),
        ("LSTM", "kernel_initializer", "ignored"),
        ("Dropout", "rate", "number"),
        ("Reshape", "target_shape", "shape"),
        ("Cropping1D", "cropping", "shape"),
        ("InputLayer", "batch_shape", "shape"),
        ("Bidirectional", "layer", "layer"),
        ("Bidirectional", "merge_mode", "choice"),
        ("Embedding", "weights", "ignored"),
        ("Conv2D", "kernel_size", "integer"),
        ("Conv2D", "strides", "shape"),
        ("ZeroPadding2D", "padding", "pairs"),
        ("Normalization", "mean", "numbers"),
        ("RandomZoom", "height_factor", "numbers"),
        ("RNN", "cell", "layer"),
        ("EinsumDense", "equation", "text"),
        ("Resizing", "interpolation", "choice"),
        ("MelSpectrogram", "window", "choice"),
        ("STFTSpectrogram", "window", "text"),
        ("StringLookup", "mask_token", "text"),
        ("IntegerLookup", "mask_token", "integer"),
        ("TextVectorization", "vocabulary_size", "integer"),
        ("Pipeline", "layers", "layer"),
    ],
)
def test_every_argument_has_a_type(kind: str, argument: str, expected: str) -> None:
    found = KINDS[kind].argument(argument)
    assert found is not None
    assert found.type == expected


def test_only_what_has_no_default_is_required() -> None:
    required = {
        kind.name: {argument.name for argument in kind.arguments if argument.required}
        for kind in KINDS.values()
    }
    assert required["Embedding"] == {"input_dim", "output_dim"}
    assert required["Flatten"] == set()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_and_argument_is_described(kind: object) -> None:
    assert kind.summary.endswith(".")
    assert all(argument.help for argument in kind.arguments)


def test_every_choice_offers_something() -> None:
    choices = [
        argument for kind in KINDS.values() for argument in kind.arguments if argument.type == "choice"
    ]
    assert all(argument.choices for argument in choices)


def test_every_kind_is_named_as_keras_names_its_class() -> None:
    for kind in KINDS:
        assert write_snake_case(kind) == to_snake_case(getattr(keras.layers, kind).__name__)


def test_merging_and_attention_take_many_inputs() -> None:
    assert {kind.name for kind in KINDS.values() if kind.inputs == "many"} == {
        *("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot"),
        *("Attention", "AdditiveAttention", "MultiHeadAttention", "GroupQueryAttention", "HashedCrossing"),
    }


def test_a_query_and_a_value_are_passed_one_after_the_other() -> None:
    assert {kind.name for kind in KINDS.values() if kind.call == "positional"} == {
        "GroupQueryAttention",
        "MultiHeadAttention",
    }


def test_every_public_layer_is_in_the_catalogue_or_is_never_built_for_a_reason() -> None:
    names = {name for kind in KINDS.values() for name in (kind.name, *kind.aliases)}
    public = {name for name, value in vars(keras.layers).items() if inspect.isclass(value)}
    assert public - names == {"InputSpec", *NEVER_BUILT}
    assert all(NEVER_BUILT.values())


def test_nothing_in_the_catalogue_takes_a_file_or_a_function() -> None:
    taken = {argument.name for kind in KINDS.values() for argument in kind.arguments}
    assert not taken & {
        *("call_endpoint", "call_fn", "filepath", "function", "init_fn", "method", "module", "variables"),
    }


@pytest.mark.parametrize("kind", ["IntegerLookup", "StringLookup", "TextVectorization"])
def test_a_vocabulary_is_a_list_and_never_the_name_of_a_file(kind: str) -> None:
    vocabulary = KINDS[kind].argument("vocabulary")
    assert vocabulary
    with pytest.raises(UnfitValue):
        check_value("vocabulary", vocabulary.type, "/etc/hostname")


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("MaxPool1D", "MaxPooling1D"),
        ("Convolution2D", "Conv2D"),
        ("GroupedQueryAttention", "GroupQueryAttention"),
        ("Input", "InputLayer"),
        ("LSTM", "LSTM"),
    ],
)
def test_a_kind_is_found_by_all_its_names(alias: str, name: str) -> None:
    assert find_kind(alias).name == name


@pytest.mark.parametrize(
    ("typed", "meant"), [("lstm", "LSTM"), ("Desne", "Dense"), ("Convolution1d", "Conv1D")]
)
def test_a_misspelt_kind_is_answered_with_what_was_meant(typed: str, meant: str) -> None:
    with pytest.raises(UnknownLayer, match=f"Did you mean .*{meant}"):
        find_kind(typed)


def test_no_argument_is_guessed() -> None:
    assert KINDS["Dense"].argument("unit") is None


def test_the_parameters_of_initializers_are_what_the_script_writes() -> None:
    written = (ROOT / "app/architecture/objects.json").read_text(encoding="utf-8")
    assert make_objects() == written, "Run make catalogue."
