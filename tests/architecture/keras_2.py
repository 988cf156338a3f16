"""Configurations as Keras 2 and tf.keras wrote them."""

from typing import Any

KERAS_2: dict[str, Any] = {
    "class_name": "Sequential",
    "config": {
        "name": "sequential_7",
        "layers": [
            {
                "class_name": "Embedding",
                "config": {
                    "name": "embedding_3",
                    "trainable": True,
                    "batch_input_shape": [None, 20],
                    "dtype": "float32",
                    "input_dim": 1000,
                    "output_dim": 64,
                    "embeddings_initializer": {"class_name": "RandomUniform", "config": {"seed": None}},
                    "mask_zero": True,
                    "input_length": 20,
                },
            },
            {
                "class_name": "Bidirectional",
                "config": {
                    "name": "bidirectional",
                    "trainable": True,
                    "dtype": {"class_name": "Policy", "config": {"name": "mixed_float16"}},
                    "layer": {
                        "class_name": "LSTM",
                        "config": {
                            "name": "lstm",
                            "units": 32,
                            "return_sequences": False,
                            "go_backwards": False,
                        },
                    },
                    "merge_mode": "concat",
                },
            },
            {
                "class_name": "Dense",
                "config": {"name": "dense", "units": 1, "activation": "sigmoid", "use_bias": True},
            },
        ],
    },
    "keras_version": "2.4.0",
    "backend": "tensorflow",
}

KERAS_2_GRAPH: dict[str, Any] = {
    "class_name": "Model",
    "config": {
        "name": "twins",
        "layers": [
            {
                "name": "left",
                "class_name": "InputLayer",
                "config": {
                    "batch_input_shape": [None, 8],
                    "dtype": "float32",
                    "sparse": False,
                    "ragged": False,
                    "name": "left",
                },
                "inbound_nodes": [],
            },
            {
                "name": "right",
                "class_name": "InputLayer",
                "config": {"batch_input_shape": [4, 8], "dtype": "int32", "name": "right"},
                "inbound_nodes": [],
            },
            {
                "name": "add",
                "class_name": "Add",
                "config": {"name": "add", "trainable": True, "dtype": "float32"},
                "inbound_nodes": [[["left", 0, 0, {}], ["right", 0, 0, {}]]],
            },
            {
                "name": "dense",
                "class_name": "Dense",
                "config": {"name": "dense", "units": 2, "activation": "linear"},
                "inbound_nodes": [[["add", 0, 0, {"training": False}]]],
            },
        ],
        "input_layers": [["left", 0, 0], ["right", 0, 0]],
        "output_layers": [["dense", 0, 0]],
    },
}
