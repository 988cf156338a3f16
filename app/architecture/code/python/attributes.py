"""Attributes: `owner.name`, by the class of the owner's value."""

import math
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from app.architecture.code.assemble import unroll_chain
from app.architecture.code.built import Call, Functional, Layer, Model, Sequential, Tensor, spell
from app.architecture.code.custom.custom_classes import Instance, NamedTuple, Super, UserClass
from app.architecture.code.custom.instances import read_class, read_instance, read_named, read_super
from app.architecture.code.data.array_methods import ARRAY_METHODS
from app.architecture.code.data.datasets import DATASET_METHODS
from app.architecture.code.data.scalers import (
    RESCALING,
    SCALER,
    TRANSFORMER_METHODS,
    Transformer,
    rescaled,
)
from app.architecture.code.data.vocabularies import VOCABULARY_METHODS, has_vocabulary
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.graph import count_leaving
from app.architecture.code.layers.measuring import measure_tensor
from app.architecture.code.layers.models import MODEL_ATTRIBUTES, MODEL_METHODS
from app.architecture.code.layers.names import find_value
from app.architecture.code.layers.tensor_makers import make_initial_state
from app.architecture.code.python.methods import METHODS
from app.architecture.code.python.options import FLAGS
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import (
    Array,
    ColumnNames,
    Dataset,
    Function,
    LayerClass,
    Method,
    Namespace,
    Native,
    Unknown,
    Value,
)
from app.architecture.outputs import STATES, count_outputs
from app.architecture.spec import INPUT

MAX_PATH = 200
"""Longer module paths are cut off; Keras has none."""

NOT_YET = frozenset({"input", "output", "input_shape", "output_shape", "get_output_at"})
"""Attributes that a layer has only once it is built."""


def read_attribute(interpreter: Interpreter, owner: Value, name: str) -> Value:
    """`owner.name`. Names that begin with an underscore are not followed."""
    kind = type(owner)
    if own := OWN.get(kind):
        return own(interpreter, owner, name)
    if name.startswith("_"):
        return _read_underscored(interpreter, owner, name)
    if (methods := METHODS_OF.get(kind)) and name in methods:
        return Method(name, owner, methods[name])
    if reader := READERS.get(kind):
        return reader(interpreter, owner, name)
    if owner is None and name in MODEL_METHODS:
        raise Refusal(
            f"Python would stop here: None has no `{name}`. `model.add(…)`, `compile` and `summary` give "
            "nothing back: write them on lines of their own, without `model =`."
        )
    raise Refusal(f"`.{name}` of {spell(owner)} is not understood.")


def _read_underscored(interpreter: Interpreter, owner: Value, name: str) -> Value:
    if name == "_keras_shape" and isinstance(owner, Tensor):
        interpreter.notes.add("old-spelling", interpreter.line, old=f".{name}", new=".shape")
        return measure_tensor(interpreter, owner)
    if name == "__init__" and isinstance(owner, LayerClass | Namespace | Native):
        return Namespace("keras.__init__")
    if name == "__name__" and isinstance(owner, Function):
        return owner.name
    raise Refusal(f"`.{name}` is not followed: this code is read, never run.")


def _of_namespace(interpreter: Interpreter, owner: Namespace, name: str) -> Value:
    if owner.path in FLAGS:
        return interpreter.flags.get(name, Unknown(name))
    return find_value(f"{owner.path}.{name}"[:MAX_PATH])


def _of_unknown(interpreter: Interpreter, owner: Unknown, name: str) -> Value:
    if name in RESCALING and SCALER.search(owner.text):
        return Method(name, owner, rescaled)
    sizes = owner.sizes if name in ("shape", "values") else ()
    return Unknown(f"{owner.text}.{name}"[:80], sizes=sizes)


def _of_transformer(interpreter: Interpreter, owner: Transformer, name: str) -> Unknown:
    return Unknown(f"{owner.name}.{name}"[:80])


def _of_array(interpreter: Interpreter, owner: Array, name: str) -> Value:
    known = [size for size in owner.shape if size is not None]
    found: Mapping[str, Callable[[], Value]] = {
        "shape": lambda: tuple(
            Unknown(f"{interpreter.find_name(owner)}.shape[{axis}]") if size is None else size
            for axis, size in enumerate(owner.shape)
        ),
        "ndim": lambda: len(owner.shape),
        "size": lambda: math.prod(known) if len(known) == len(owner.shape) else Unknown("size"),
        "T": lambda: Array(owner.shape[::-1]),
        "columns": lambda: Array(owner.shape[1:2]) if owner.columns is None else ColumnNames(owner.columns),
        **dict.fromkeys(("iloc", "loc", "values"), lambda: owner),
    }
    if name in found:
        return found[name]()
    is_column = owner.columns is not None and name in owner.columns
    return Array(owner.shape[:1]) if is_column else Unknown(f"array.{name}")


def _of_dataset(interpreter: Interpreter, owner: Dataset, name: str) -> Unknown:
    return Unknown(f"dataset.{name}")


def _of_sequence(interpreter: Interpreter, owner: list[Value] | tuple[Value, ...], name: str) -> Value:
    """`sizes.shape` of a tuple of sizes: its author took the shape for the array."""
    if name != "shape" or not owner or not all(isinstance(size, int) for size in owner):
        raise Refusal(f"Python would stop here: a {type(owner).__name__} has no attribute {name!r}.")
    shape = tuple(owner)
    name = interpreter.find_name(owner)
    interpreter.notes.add("tuple-read-as-array", interpreter.line, name=name, shape=shape)
    return shape


def _of_columns(interpreter: Interpreter, owner: ColumnNames, name: str) -> Value:
    """`table.columns.values` and the like."""
    found = {"shape": (len(owner),), "size": len(owner), "values": owner}
    return found.get(name, Unknown(f"columns.{name}"))


def _of_tensor(interpreter: Interpreter, owner: Tensor, name: str) -> Value:
    if name == "shape":
        return measure_tensor(interpreter, owner)
    if name == "name":
        return owner.call.layer.name
    if name == "numpy" and interpreter.opens_data:
        return Unknown(f"{owner.call.layer.name}.numpy")
    if name == "get_shape":
        return Method(name, owner, measure_tensor)
    raise Refusal(f"`.{name}` of {spell(owner)} is not understood yet; write the number down.")


def _of_layer(interpreter: Interpreter, owner: Layer, name: str) -> Value:
    if name in ENDS and owner.first_call is not None:
        return ENDS[name](owner.first_call)
    if name in NOT_YET:
        raise Refusal(f"`.{name}` of a layer is not understood yet. Call the layer and keep what it gives.")
    if name == "name":
        return owner.name
    if name in VOCABULARY_METHODS and has_vocabulary(owner):
        return Method(name, owner, VOCABULARY_METHODS[name])
    if name == "get_initial_state" and owner.kind.name in STATES:
        return Method(name, owner, make_initial_state)
    argument = owner.kind.argument(name)
    if argument is not None and argument.type != "layer":
        return owner.arguments.get(name, argument.default)
    return Unknown(f"{owner.name}.{name}")


def _outputs_of(call: Call) -> Value:
    layer = call.layer
    count = count_leaving(layer.model) if layer.model else count_outputs(layer.kind.name, layer.arguments)
    tensors = [Tensor(call, at) for at in range(count)]
    return tensors[0] if len(tensors) == 1 else tensors


def _inputs_of(call: Call) -> Value:
    if call.layer.kind.name == INPUT:
        return Tensor(call)
    return call.inbound[0] if len(call.inbound) == 1 else list(call.inbound)


ENDS: Mapping[str, Callable[[Call], Value]] = {"input": _inputs_of, "output": _outputs_of}
"""The inputs and outputs of a layer's first call."""


def _of_model(interpreter: Interpreter, owner: Model, name: str) -> Value:
    if name not in MODEL_ATTRIBUTES:
        near = get_close_matches(name.lower(), [*MODEL_METHODS, *MODEL_ATTRIBUTES], n=1)
        hint = f" Did you mean `.{near[0]}`?" if near else ""
        raise Refusal(f"`.{name}` of a model is not understood.{hint}")
    if isinstance(owner, Sequential) and name in ("input", "inputs", "layers", "output", "outputs"):
        unroll_chain(interpreter, owner)
    value = MODEL_ATTRIBUTES[name](owner)
    interpreter.budget.spend(len(value) if isinstance(value, list) else 1)
    return value


OWN: Mapping[type, Callable[[Interpreter, Any, str], Value]] = {
    Instance: read_instance,
    NamedTuple: read_named,
    Super: read_super,
    UserClass: read_class,
}
"""Values whose attributes are all defined in the code itself."""

METHODS_OF: Mapping[type, Mapping[str, Callable[..., Value]]] = {
    **METHODS,
    Array: ARRAY_METHODS,
    ColumnNames: {"tolist": METHODS[list]["copy"]},
    Dataset: DATASET_METHODS,
    Functional: MODEL_METHODS,
    Sequential: MODEL_METHODS,
    Transformer: TRANSFORMER_METHODS,
    Unknown: {name: ARRAY_METHODS[name] for name in ("astype", "copy", "filter", "reshape")},
}
"""The methods of each class of values."""

READERS: Mapping[type, Callable[[Interpreter, Any, str], Value]] = {
    Array: _of_array,
    Dataset: _of_dataset,
    Functional: _of_model,
    Layer: _of_layer,
    Namespace: _of_namespace,
    Sequential: _of_model,
    Tensor: _of_tensor,
    Transformer: _of_transformer,
    Unknown: _of_unknown,
    ColumnNames: _of_columns,
    list: _of_sequence,
    tuple: _of_sequence,
}
