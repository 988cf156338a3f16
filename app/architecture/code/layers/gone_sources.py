"""Classes of Keras 1 and 2 that Keras 3 does not have, written as classes that do the same today."""

from collections.abc import Mapping
from typing import NamedTuple


class GoneClass(NamedTuple):
    """The source of a class, what is written with it, and what takes its place today."""

    source: str
    old: str
    new: str


HIGHWAY = """
class Highway(keras.layers.Layer):
    def __init__(self, activation="linear", **others):
        super().__init__(**others)
        self.activation = activation
    def build(self, input_shape):
        self.gate = keras.layers.Dense(input_shape[-1], activation="sigmoid", name="gate")
        self.change = keras.layers.Dense(input_shape[-1], activation=self.activation, name="change")
    def call(self, x):
        gate = self.gate(x)
        return gate * self.change(x) + (1 - gate) * x
"""

MAXOUT = """
class MaxoutDense(keras.layers.Layer):
    def __init__(self, output_dim, nb_feature=4, **others):
        super().__init__(**others)
        self.sizes = (-1, nb_feature, output_dim)
        self.dense = keras.layers.Dense(nb_feature * output_dim)
    def call(self, x):
        return keras.ops.max(keras.ops.reshape(self.dense(x), self.sizes), axis=1)
"""

LOCALLY_CONNECTED_1D = """
class LocallyConnected1D(keras.layers.Layer):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None,
                 activation=None, use_bias=True, **others):
        super().__init__(**others)
        self.filters, self.padding, self.activation = filters, padding, activation
        self.size = kernel_size if isinstance(kernel_size, int) else kernel_size[0]
        self.stride = strides if isinstance(strides, int) else strides[0]
        self.bias_axes = "twf" if use_bias else None
    def build(self, input_shape):
        lost = self.size - 1 if self.padding == "valid" else 0
        places = -((lost - input_shape[1]) // self.stride)
        self.dense = keras.layers.EinsumDense(
            "btwk,twkf->btwf", (places, 1, self.filters), activation=self.activation,
            bias_axes=self.bias_axes)
    def call(self, x):
        columns = keras.ops.expand_dims(x, 2)
        patches = keras.ops.image.extract_patches(
            columns, (self.size, 1), (self.stride, 1), padding=self.padding)
        return keras.ops.squeeze(self.dense(patches), 2)
"""

LOCALLY_CONNECTED_2D = """
class LocallyConnected2D(keras.layers.Layer):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None,
                 activation=None, use_bias=True, **others):
        super().__init__(**others)
        self.filters, self.padding, self.activation = filters, padding, activation
        self.size = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
        self.strides = (strides, strides) if isinstance(strides, int) else strides
        self.bias_axes = "hwf" if use_bias else None
    def build(self, input_shape):
        lost = [size - 1 if self.padding == "valid" else 0 for size in self.size]
        rows = -((lost[0] - input_shape[1]) // self.strides[0])
        columns = -((lost[1] - input_shape[2]) // self.strides[1])
        self.dense = keras.layers.EinsumDense(
            "bhwk,hwkf->bhwf", (rows, columns, self.filters), activation=self.activation,
            bias_axes=self.bias_axes)
    def call(self, x):
        return self.dense(keras.ops.image.extract_patches(x, self.size, self.strides, padding=self.padding))
"""

GRAPH = """
class Graph:
    def __init__(self):
        self.tensors, self.inputs, self.outputs = {}, [], []
    def add_input(self, name, input_shape=None, ndim=2, dtype="float", batch_input_shape=None):
        shape = batch_input_shape[1:] if batch_input_shape else input_shape or (None,) * (ndim - 1)
        self.tensors[name] = keras.Input(shape, name=name, dtype="int32" if dtype == "int" else "float32")
        self.inputs.append(self.tensors[name])
    def add_node(self, layer, name, input=None, inputs=(), merge_mode="concat", concat_axis=-1, dot_axes=-1,
                 create_output=False):
        joined = self.join(input, inputs, merge_mode, concat_axis, dot_axes)
        self.tensors[name] = layer(joined)
        if create_output:
            self.outputs.append(self.tensors[name])
    def add_output(self, name, input=None, inputs=(), merge_mode="concat", concat_axis=-1, dot_axes=-1):
        self.outputs.append(self.join(input, inputs, merge_mode, concat_axis, dot_axes))
    def join(self, input, inputs, merge_mode, concat_axis, dot_axes):
        tensors = [self.tensors[name] for name in ([input] if input else inputs)]
        if len(tensors) == 1:
            return tensors[0]
        if merge_mode == "sum":
            return keras.layers.Add()(tensors)
        if merge_mode == "mul":
            return keras.layers.Multiply()(tensors)
        if merge_mode == "ave":
            return keras.layers.Average()(tensors)
        if merge_mode == "dot":
            return keras.layers.Dot(dot_axes)(tensors)
        return keras.layers.Concatenate(concat_axis)(tensors)
    def compile(self, *given, **named):
        self.model = keras.Model(self.inputs, self.outputs)
    def fit(self, *given, **named):
        pass
    evaluate = load_weights = predict = save_weights = summary = train_on_batch = fit
"""

GONE_CLASSES: Mapping[str, GoneClass] = {
    "Graph": GoneClass(GRAPH, "Graph()", "keras.Model(inputs, outputs)"),
    "Highway": GoneClass(HIGHWAY, "Highway(…)(x)", "gate * Dense(…)(x) + (1 - gate) * x"),
    "LocallyConnected1D": GoneClass(
        LOCALLY_CONNECTED_1D, "LocallyConnected1D(…)(x)", "EinsumDense(…)(ops.image.extract_patches(x, …))"
    ),
    "LocallyConnected2D": GoneClass(
        LOCALLY_CONNECTED_2D, "LocallyConnected2D(…)(x)", "EinsumDense(…)(ops.image.extract_patches(x, …))"
    ),
    "MaxoutDense": GoneClass(MAXOUT, "MaxoutDense(…)(x)", "ops.max(ops.reshape(Dense(…)(x), …), axis=1)"),
}
"""By name."""
