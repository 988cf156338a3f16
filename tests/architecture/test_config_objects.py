"""Objects among the arguments in a configuration, and what stands for layers that cannot be called here."""

import inspect
import json
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops
from keras.src import ops as functions
from keras.src.ops.operation import Operation

from app.architecture import Question, read_question
from app.architecture.activations import LAYER_FUNCTIONS, LEARNING
from app.architecture.catalogue import KINDS, is_kind
from app.architecture.config import read_config
from app.architecture.never_built import NEVER_CALLED
from app.architecture.operation_names import name_operation
from app.architecture.spec import OPAQUE, Node
from app.problems import ConfigError


@keras.saving.register_keras_serializable("mine")
def double(x: Any) -> Any:
    return 2 * x


@keras.saving.register_keras_serializable("mine")
class Sevens(keras.initializers.Initializer):  # type: ignore[misc]
    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        return 7 * ops.ones(shape, dtype)


@keras.saving.register_keras_serializable("mine")
class Weighed(layers.Layer):  # type: ignore[misc]
    def call(self, x: Any, other: Any = None, *, scale: float = 1.0) -> Any:
        return scale * x


def read_layer(layer: Any) -> Node:
    """The node of a layer in the configuration of a Sequential model."""
    return read_config(json.loads(keras.Sequential([keras.Input((4, 6)), layer]).to_json())).nodes[1]


def read_graph(function: Any, *shapes: tuple[int, ...]) -> dict[str, Node]:
    """The nodes of a model that calls the function on inputs of these shapes."""
    keras.backend.clear_session()
    inputs = [keras.Input(shape) for shape in shapes]
    config = json.loads(keras.Model(inputs, function(*inputs)).to_json())
    return {node.name: node for node in read_config(config).nodes}


@pytest.mark.parametrize("kind", sorted(LAYER_FUNCTIONS))
def test_a_layer_as_an_activation_is_the_function_that_does_the_same(kind: str) -> None:
    function = read_layer(layers.Dense(3, activation=getattr(layers, kind)())).arguments["activation"]
    assert keras.activations.get(function).__name__ == function


def test_one_with_weights_of_its_own_is_refused_with_what_to_write() -> None:
    assert all(kind in KINDS for kind in LEARNING)
    with pytest.raises(ConfigError, match=r"with PReLU\(\) as a layer after it"):
        read_layer(layers.Dense(3, activation=layers.PReLU()))


def test_functions_and_objects_of_somebodys_own_change_no_shape_and_are_left_out() -> None:
    dense = read_layer(layers.Dense(3, activation=double, kernel_initializer=Sevens()))
    assert dense.arguments == {"units": 3}
    assert read_layer(layers.Activation(double)).arguments == {"activation": "linear"}


def test_a_function_of_tensorflow_that_keras_has_too_is_known_by_its_name() -> None:
    assert read_layer(layers.Dense(3, activation=tf.nn.relu)).arguments["activation"] == "relu"


def test_what_is_left_out_is_told() -> None:
    inner = layers.Dense(3, activation=double, name="inner")
    model = keras.Sequential([keras.Input((4, 6)), layers.TimeDistributed(inner)])
    model.add(layers.Dense(2, kernel_initializer=Sevens(), name="last"))
    reading = read_question(Question(keras=json.loads(model.to_json())))
    (note,) = reading.notes
    assert note.code == "argument-ignored"
    assert "double is of your own" in note.happened
    assert "`kernel_initializer=` of last" in note.happened
    assert "own" not in reading.code


def test_a_map_of_dtypes_is_its_default_while_it_has_no_other() -> None:
    policies = keras.dtype_policies.DTypePolicyMap(default_policy="mixed_float16")
    assert read_layer(layers.Dense(3, dtype=policies)).arguments["dtype"] == "mixed_float16"
    policies["dense/inner"] = keras.DTypePolicy("bfloat16")
    with pytest.raises(ConfigError, match="DTypePolicyMap"):
        read_layer(layers.Dense(3, dtype=policies))


def test_boundaries_that_were_learned_take_the_place_of_their_number() -> None:
    discretization = layers.Discretization(num_bins=3, output_mode="one_hot")
    discretization.adapt(np.array([[1.0], [2.0], [3.0]]))
    assert read_layer(discretization).arguments.keys() == {"bin_boundaries", "output_mode"}


def test_adapters_of_a_convolution_are_read() -> None:
    model = keras.Sequential([keras.Input((9, 9, 2)), layers.Conv2D(8, 3)])
    model.layers[0].enable_lora(2)
    assert read_config(json.loads(model.to_json())).nodes[1].arguments["lora_rank"] == 2


def test_a_constant_array_is_its_shape() -> None:
    nodes = read_graph(lambda x: x * np.ones((3, 1), "float32") + ops.ones(()), (3, 4))
    assert nodes["multiply"].arguments == {"x2": {"shape": [3, 1]}}
    assert nodes["add"].arguments == {"x2": 1.0}


@pytest.mark.parametrize(
    "function",
    [
        lambda x: ops.concatenate([x, ops.ones((1, 4))]),
        lambda x: layers.Add()([x, np.ones((1, 4), "float32")]),
        lambda x: x + np.ones((4,), "int32"),
    ],
)
def test_one_in_another_place_is_never_dropped(function: Any) -> None:
    with pytest.raises(ConfigError, match="constant array"):
        read_graph(function, (4,))


def test_operations_that_are_never_called_give_what_their_readers_were_saved_with() -> None:
    nodes = read_graph(lambda a, b: layers.Dense(2)(ops.select([a > 0], [b], 0)), (3, 4), (3, 4))
    assert nodes["select"].kind == OPAQUE
    assert nodes["select"].arguments == {
        "class_name": "Select",
        "output_shape": [None, 3, 4],
        "dtype": "float32",
    }


def test_all_operations_of_keras_can_be_called_or_are_known_not_to_be() -> None:
    classes = {
        name
        for module in vars(functions).values()
        if inspect.ismodule(module)
        for name, value in vars(module).items()
        if inspect.isclass(value) and issubclass(value, Operation) and value.__module__ == module.__name__
    }
    unknown = {name for name in classes if not is_kind(name_operation(name))}
    assert unknown - {"Function", "Operation", "SegmentReduction"} == NEVER_CALLED.keys()


def test_a_layer_of_somebodys_own_takes_every_tensor_and_nothing_else() -> None:
    nodes = read_graph(lambda a, b: layers.Dense(2)(Weighed()(a, other=b, scale=3.0)), (4,), (5,))
    (own,) = (node for node in nodes.values() if node.kind == OPAQUE)
    assert (len(own.inbound), own.call, own.arguments["output_shape"]) == (2, {}, [None, 4])


class Trainer(keras.Model):  # type: ignore[misc]
    """Trains in a way of its own; what it computes is said by its layers."""


def test_a_functional_model_of_somebodys_own_class_is_read_as_its_layers() -> None:
    x = keras.Input((4,))
    model = Trainer(x, layers.Dense(3)(x))
    config = json.loads(model.to_json())
    assert config["class_name"] == "Trainer"
    assert [node.kind for node in read_config(config).nodes] == ["InputLayer", "Dense"]
