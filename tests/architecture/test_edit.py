"""A layer can be put in or taken out; the wires around it follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.architecture.edit import exchange, insert_after, insert_before, make_node, remove
from app.architecture.spec import Architecture, Node, Source
from app.problems import ArchitectureError


def node(kind: str, name: str, *inbound: str, **arguments: int) -> Node:
    return Node(kind=kind, name=name, arguments=arguments, inbound=tuple(Source(node=n) for n in inbound))


CHAIN = Architecture(
    nodes=(
        Node(kind="InputLayer", name="x", arguments={"batch_shape": [None, 8, 4]}),
        node("LSTM", "lstm", "x", units=3),
        node("Dense", "dense", "lstm", units=1),
    )
)
FORK = Architecture(
    nodes=(
        Node(kind="InputLayer", name="x", arguments={"batch_shape": [None, 4]}),
        node("Dense", "left", "x", units=2),
        node("Dense", "right", "x", units=2),
        node("Concatenate", "joined", "left", "right"),
    ),
    outputs=(Source(node="joined"), Source(node="left")),
)


def wires(architecture: Architecture) -> dict[str, list[str]]:
    return {node.name: [source.node for source in node.inbound] for node in architecture.nodes}


def test_what_read_the_layer_reads_the_new_one() -> None:
    changed = insert_after(CHAIN, "lstm", node("Dropout", "dropout"))
    assert wires(changed) == {"x": [], "lstm": ["x"], "dropout": ["lstm"], "dense": ["dropout"]}


def test_an_output_moves_to_the_new_layer() -> None:
    changed = insert_after(FORK, "left", node("Dropout", "dropout"))
    assert wires(changed)["joined"] == ["dropout", "right"]
    assert changed.outputs == (Source(node="joined"), Source(node="dropout"))


def test_a_layer_before_one_wire_leaves_the_others_alone() -> None:
    changed = insert_before(FORK, "joined", node("Flatten", "flatten"), position=1)
    assert wires(changed)["joined"] == ["left", "flatten"]
    assert wires(changed)["flatten"] == ["right"]


def test_a_layer_before_keeps_the_very_tensor_that_was_read() -> None:
    states = Architecture(
        nodes=(
            CHAIN.nodes[0],
            node("LSTM", "lstm", "x", units=3, return_state=True),
            Node(kind="Dense", name="dense", inbound=(Source(node="lstm", output=1),)),
        )
    )
    changed = insert_before(states, "dense", node("Dropout", "dropout"))
    assert changed.node("dropout").inbound == (Source(node="lstm", output=1),)


def test_a_layer_before_all_wires_joins_them() -> None:
    changed = insert_before(FORK, "joined", node("Add", "add"), position=None)
    assert wires(changed)["add"] == ["left", "right"]
    assert wires(changed)["joined"] == ["add"]


def test_a_layer_in_the_place_of_another_has_its_wires() -> None:
    changed = exchange(FORK, "left", node("LSTM", "lstm"))
    assert wires(changed) == {"x": [], "lstm": ["x"], "right": ["x"], "joined": ["lstm", "right"]}
    assert changed.outputs == (Source(node="joined"), Source(node="lstm"))


def test_what_read_the_removed_layer_reads_what_it_read() -> None:
    assert wires(remove(CHAIN, "lstm")) == {"x": [], "dense": ["x"]}
    assert remove(FORK, "joined").outputs == (Source(node="left"), Source(node="right"), Source(node="left"))


@pytest.mark.parametrize(
    ("architecture", "name"),
    [
        (CHAIN, "x"),
        (CHAIN, "nothing"),
        (Architecture(nodes=CHAIN.nodes[:1]), "x"),
    ],
)
def test_what_would_leave_no_graph_is_refused(architecture: Architecture, name: str) -> None:
    with pytest.raises(ArchitectureError):
        remove(architecture, name)


def test_a_taken_name_is_refused() -> None:
    with pytest.raises(ArchitectureError):
        insert_after(CHAIN, "x", node("Dropout", "dense"))


def test_there_is_no_layer_before_a_wire_that_is_none() -> None:
    with pytest.raises(ArchitectureError):
        insert_before(CHAIN, "dense", node("Dropout", "dropout"), position=1)


def test_a_made_node_has_a_free_name() -> None:
    assert make_node(CHAIN, "MaxPooling1D", {}).name == "max_pooling1d"
    assert make_node(CHAIN, "LSTM", {}).name == "lstm_1"


@given(architecture=st.sampled_from([CHAIN, FORK]), data=st.data())
def test_taking_out_what_was_put_in_changes_nothing(architecture: Architecture, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([node.name for node in architecture.nodes]))
    new = make_node(architecture, "Dropout", {"rate": 0.5})
    assert remove(insert_after(architecture, name, new), new.name) == architecture
    if architecture.node(name).inbound:
        assert remove(insert_before(architecture, name, new), new.name) == architecture
