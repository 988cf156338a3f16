"""write_code(): idiomatic Keras that makes the architecture, in our reader and in Keras itself."""

import json

import keras
import pytest
from hypothesis import given

from app.architecture import Architecture, Node, Source
from app.architecture.code import read_code, write_code, write_numbered
from app.architecture.config import read_config
from app.architecture.gallery import load_gallery
from app.architecture.spec import INPUT
from app.problems import UnknownLayer
from tests.architecture.strategies import architectures

BUILDING = [example for example in load_gallery() if example.problem is None]


def without_lines(architecture: Architecture) -> Architecture:
    nodes = tuple(node.model_copy(update={"line": None}) for node in architecture.nodes)
    return architecture.model_copy(update={"nodes": nodes})


def make_chain(*nodes: Node, name: str = "model") -> Architecture:
    """The nodes, each reading the one before it."""
    chained = [nodes[0]]
    for node in nodes[1:]:
        chained.append(node.model_copy(update={"inbound": (Source(node=chained[-1].name),)}))
    return Architecture(name=name, nodes=tuple(chained))


TOKENS = Node(kind=INPUT, name="input_layer", arguments={"batch_shape": [None, 3], "dtype": "int32"})
SERIES = Node(kind=INPUT, name="series", arguments={"batch_shape": [4, None, 2]})
EMBEDDING = Node(kind="Embedding", name="embedding", arguments={"input_dim": 3, "output_dim": 50})
LSTM = Node(kind="LSTM", name="lstm", arguments={"units": 100})
DENSE = Node(kind="Dense", name="score", arguments={"units": 1, "activation": "sigmoid"})


def test_a_chain_is_a_sequential_with_names_only_where_keras_would_give_others() -> None:
    assert write_code(make_chain(TOKENS, EMBEDDING, LSTM, DENSE)) == (
        "import keras\n"
        "from keras import layers\n"
        "\n"
        "model = keras.Sequential([\n"
        '    keras.Input((3,), dtype="int32"),\n'
        "    layers.Embedding(3, 50),\n"
        "    layers.LSTM(100),\n"
        '    layers.Dense(1, activation="sigmoid", name="score"),\n'
        "])\n"
    )


def test_a_graph_is_written_the_functional_way_and_states_are_unpacked() -> None:
    architecture = Architecture(
        name="states",
        nodes=(
            SERIES,
            Node(
                kind="LSTM",
                name="lstm",
                arguments={"units": 8, "return_state": True},
                inbound=(Source(node="series"),),
            ),
            Node(
                kind="Concatenate",
                name="both states",
                inbound=(Source(node="lstm", output=1), Source(node="lstm", output=2)),
            ),
        ),
        outputs=(Source(node="lstm"), Source(node="both states")),
    )
    assert write_code(architecture).splitlines()[3:] == [
        'series = keras.Input(batch_shape=(4, None, 2), name="series")',
        "lstm, lstm_output_1, lstm_output_2 = layers.LSTM(8, return_state=True)(series)",
        'both_states = layers.Concatenate(name="both states")([lstm_output_1, lstm_output_2])',
        'model = keras.Model(series, [lstm, both_states], name="states")',
    ]
    assert without_lines(read_code(write_code(architecture)).architecture) == architecture


def test_a_shared_layer_is_made_where_it_is_first_called_wherever_the_model_lists_it() -> None:
    first, deep = ([Source(node=name)] for name in ("series", "again"))
    last = SERIES.model_copy(update={"name": "last"})
    calls = [
        DENSE.model_copy(update={"name": "again", "shares": "score", "inbound": first}),
        LSTM.model_copy(update={"inbound": deep}),
        last,
        DENSE.model_copy(update={"inbound": (Source(node="last"),)}),
    ]
    code = write_code(Architecture(nodes=(SERIES, *calls)))
    assert code.count("layers.Dense(") == 1
    assert [node.shares for node in read_code(code).architecture.nodes if node.kind == "Dense"].count(
        None
    ) == 1


def test_wrapped_layers_are_nested_and_defaults_left_out() -> None:
    inner = {"kind": "GRU", "arguments": {"units": 8, "use_bias": True, "return_sequences": True}}
    wrapped = Node(kind="Bidirectional", name="bidirectional", arguments={"layer": inner, "merge_mode": None})
    code = write_code(make_chain(SERIES, wrapped))
    assert "layers.Bidirectional(layers.GRU(8, return_sequences=True), merge_mode=None)" in code


NAMES = [
    '"',
    "'",
    "\\",
    "</svg><script>",
    "a\nb",
    "\u202e",
    "for",
    "1st",
    "é",
    "_",
    "keras",
    "model",
    "a b",
    "😀",
    "\x00",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_is_written_safely(name: str) -> None:
    architecture = Architecture(
        name=name,
        nodes=(
            TOKENS.model_copy(update={"name": name}),
            LSTM.model_copy(update={"name": f"{name} ", "inbound": (Source(node=name),)}),
            LSTM.model_copy(update={"name": f"{name}-", "inbound": (Source(node=name),)}),
        ),
    )
    code = write_code(architecture)
    assert code.isprintable() or set(code) - set(filter(str.isprintable, code)) == {"\n"}
    assert without_lines(read_code(code).architecture) == architecture


def test_arguments_with_strange_names_are_written_safely() -> None:
    node = Node(kind="Dense", name="dense", arguments={"units": 8, "a b": 1, "class": [1, {"x": None}]})
    architecture = make_chain(TOKENS, node)
    assert '**{"class": [1, {"x": None}]}' in write_code(architecture)
    assert without_lines(read_code(write_code(architecture)).architecture) == architecture


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownLayer):
        write_code(make_chain(TOKENS, Node(kind="Danse", name="danse")))


@given(architectures())
def test_what_is_written_reads_as_the_same_architecture(architecture: Architecture) -> None:
    assert without_lines(read_code(write_code(architecture)).architecture) == architecture


MODELS = {
    **{example.slug: example.code for example in BUILDING},
    "several outputs": """
import keras
from keras import layers
a = keras.Input((None,), dtype="int32", name="a")
b = keras.Input((None,), dtype="int32")
x, y = (layers.Embedding(10, 4, mask_zero=True)(tokens) for tokens in (a, b))
sequence, h, c = layers.LSTM(3, return_state=True, return_sequences=True)(layers.concatenate([x, y]))
both, *states = layers.Bidirectional(layers.GRU(3, return_state=True))(sequence)
merged = layers.Multiply()([layers.add([h, c]), layers.subtract([states[0], h])])
model = keras.Model([b, a], [both, merged, states[1]], name="outputs")
""",
    "a chain of one-dimensional layers": """
import keras
from keras import layers
model = keras.Sequential([
    keras.Input((12, 8), batch_size=2, dtype="float16"),
    layers.ZeroPadding1D((1, 2)),
    layers.Conv1D(8, 3, padding="causal", dilation_rate=2),
    layers.MaxPooling1D(strides=1),
    layers.Cropping1D((0, 1)),
    layers.UpSampling1D(3),
    layers.LayerNormalization(axis=[1, 2]),
    layers.TimeDistributed(layers.Dense(4, use_bias=False)),
    layers.Permute((2, 1)),
    layers.Reshape((-1, 4)),
    layers.GlobalAveragePooling1D(keepdims=True),
    layers.Flatten(),
    layers.RepeatVector(3),
    layers.SimpleRNN(5, activation=None, trainable=False),
])
""",
}


@pytest.mark.parametrize("name", MODELS)
def test_keras_runs_it_and_makes_the_same_model(name: str) -> None:
    architecture = read_code(MODELS[name]).architecture
    keras.backend.clear_session()
    namespace: dict[str, keras.Model] = {}
    exec(write_code(architecture), namespace)
    assert read_config(json.loads(namespace["model"].to_json())) == without_lines(architecture)


@given(architectures())
def test_each_layer_stands_on_the_line_that_is_told_of_it(architecture: Architecture) -> None:
    code, numbered = write_numbered(architecture)
    again = {node.name: node.line for node in read_code(code).architecture.nodes}
    assert {node.name: node.line for node in numbered.nodes} == again
