"""Vocabularies in code: learnt from data that is not there, so their size is asked for where it matters."""

from app.architecture import Node
from app.architecture.code import read_code
from app.architecture.hole import Hole
from app.architecture.question import Reading

IMPORTS = "import keras\nfrom keras import layers\n"


def find_node(reading: Reading, kind: str) -> Node:
    return next(node for node in reading.architecture.nodes if node.kind == kind)


def only_hole(reading: Reading) -> Hole:
    (hole,) = reading.holes
    return hole


def test_a_layer_that_was_adapted_knows_as_many_terms_as_it_may() -> None:
    reading = read_code(f"""{IMPORTS}
vectorize = layers.TextVectorization(max_tokens=500, output_mode="multi_hot")
vectorize.adapt(texts)
model = keras.Sequential([keras.Input((1,), dtype="string"), vectorize, layers.Dense(1)])
""")
    assert find_node(reading, "TextVectorization").arguments["vocabulary_size"] == 500
    assert only_hole(reading).used_by == ("text_vectorization",)


def test_the_embedding_behind_it_has_as_many_rows() -> None:
    reading = read_code(f"""{IMPORTS}
encoder = layers.TextVectorization(max_tokens=1000)
encoder.adapt(train.map(lambda text, label: text))
model = keras.Sequential([encoder, layers.Embedding(len(encoder.get_vocabulary()), 64), layers.LSTM(8)])
""")
    assert find_node(reading, "Embedding").arguments["input_dim"] == 1000
    assert find_node(reading, "InputLayer").arguments["dtype"] == "string"
    assert only_hole(reading).name == "len(text_vectorization.get_vocabulary())"


def test_tokens_need_no_size() -> None:
    reading = read_code(f"""{IMPORTS}
lookup = layers.StringLookup()
lookup.adapt(words)
model = keras.Sequential([keras.Input((5,), dtype="string"), lookup])
""")
    assert find_node(reading, "StringLookup").arguments == {}
    assert not reading.holes


def test_terms_from_elsewhere_have_a_number() -> None:
    reading = read_code(f"""{IMPORTS}
lookup = layers.StringLookup(vocabulary=terms, output_mode="one_hot")
model = keras.Sequential([keras.Input((1,), dtype="string"), lookup])
""")
    assert only_hole(reading).name == "len(terms)"
    assert "vocabulary" not in find_node(reading, "StringLookup").arguments


def test_outside_of_the_model_the_layer_is_no_part_of_it() -> None:
    reading = read_code(f"""{IMPORTS}
vectorize = layers.TextVectorization(max_tokens=500, output_sequence_length=20)
vectorize.adapt(texts)
numbers = vectorize(text)
model = keras.Sequential([keras.Input((20,)), layers.Embedding(500, 8)])
""")
    assert [node.kind for node in reading.architecture.nodes] == ["InputLayer", "Embedding"]
