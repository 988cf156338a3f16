"""Write app/architecture/catalogue.json from the installed Keras: signatures, docstrings, aliases.

Adding a layer kind is adding its name to KINDS and running `python scripts/make_catalogue.py`.
"""

import inspect
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras
from keras.src.layers.merging.base_merge import Merge

JsonEntry = dict[str, Any]

TARGET = Path(__file__).parent.parent / "app" / "architecture" / "catalogue.json"

KINDS = [
    "InputLayer",
    "Embedding",
    "Masking",
    "Dense",
    "Activation",
    "LSTM",
    "GRU",
    "SimpleRNN",
    "Bidirectional",
    "TimeDistributed",
    "Conv1D",
    "MaxPooling1D",
    "AveragePooling1D",
    "GlobalMaxPooling1D",
    "GlobalAveragePooling1D",
    "Reshape",
    "Permute",
    "Flatten",
    "RepeatVector",
    "ZeroPadding1D",
    "UpSampling1D",
    "Cropping1D",
    "Concatenate",
    "Add",
    "Subtract",
    "Multiply",
    "Average",
    "Maximum",
    "Minimum",
    "Dropout",
    "SpatialDropout1D",
    "BatchNormalization",
    "LayerNormalization",
    "ReLU",
    "Softmax",
]

CATEGORIES = {
    "activations": "activation",
    "convolutional": "convolution",
    "core": "core",
    "merging": "merging",
    "normalization": "normalization",
    "pooling": "pooling",
    "regularization": "regularization",
    "reshaping": "reshaping",
    "rnn": "recurrent",
}

# What every layer takes, after its own arguments, by keyword only.
COMMON = ("name", "trainable", "dtype", "autocast", "activity_regularizer")

# Where Keras' docstring does not describe the argument.
HELP = {
    "activity_regularizer": "Regularizer function applied to the output of the layer.",
    "autocast": "Whether floating-point inputs are cast to the layer's dtype.",
    "axis": "The axis or axes that the layer works on, counted with the batch axis.",
    "batch_shape": "Sizes of all axes, the batch axis first; None where a size is not known in advance.",
    "batch_size": "Number of samples in a batch; None where it may vary.",
    "dtype": "The type of the layer's computations and weights.",
    "input_tensor": "An existing tensor to wrap.",
    "layer": "The layer that is applied to every timestep.",
    "lora_alpha": "Scaling of the low-rank adaptation.",
    "mask_value": "A timestep whose values all equal this one is skipped.",
    "name": "The layer's name, unique in its model.",
    "optional": "Whether the input may be None.",
    "quantization_config": "How the layer is quantized.",
    "ragged": "Whether the input is a ragged tensor.",
    "renorm": "Whether to use Batch Renormalization.",
    "renorm_clipping": "Limits of the corrections of Batch Renormalization.",
    "renorm_momentum": "Momentum of the moving averages of Batch Renormalization.",
    "seed": "Seed of the random numbers.",
    "shape": "Sizes of the axes without the batch axis.",
    "sparse": "Whether the input is a sparse tensor.",
    "trainable": "Whether training changes the layer's weights.",
    "unit_forget_bias": "Whether the forget gate's bias starts at 1.",
    "weights": "Initial values of the weights.",
}

# Nothing of these changes a shape, a mask or a count.
IGNORED = re.compile(
    r".*_(initializer|regularizer|constraint)|seed|weights|name|autocast|quantization_config|use_cudnn"
    r"|input_tensor|sparse|ragged|optional|renorm_clipping|unit_forget_bias"
)

ACTIVATIONS = sorted(
    name for name, value in keras.src.activations.ALL_OBJECTS_DICT.items() if inspect.isfunction(value)
)
DTYPES = ["float16", "bfloat16", "float32", "float64", "mixed_float16", "mixed_bfloat16"]
INPUT_DTYPES = [*DTYPES[:4], "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "string"]


def describe_kind(name: str) -> JsonEntry:
    """One entry of the catalogue for the layer class of this name."""
    layer = getattr(keras.layers, name)
    documentation = inspect.cleandoc(layer.__doc__ or "The input of a model.")
    helps = read_helps(documentation)
    own = [p for p in inspect.signature(layer.__init__).parameters.values() if p.name != "self"]
    takes_more = own[-1].kind is inspect.Parameter.VAR_KEYWORD
    own = [p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD]
    common = inspect.signature(keras.layers.Layer.__init__).parameters
    taken = {p.name for p in own}
    rest = [common[key] for key in COMMON if takes_more and key not in taken]
    inputs = "none" if name == "InputLayer" else "many" if issubclass(layer, Merge) else "one"
    return {
        "name": name,
        "category": CATEGORIES[layer.__module__.split(".")[3]],
        "summary": documentation.split("\n\n")[0].replace("\n", " ").rstrip(".") + ".",
        "inputs": inputs,
        "aliases": find_aliases(name, layer),
        "arguments": [describe_argument(p, helps.get(p.name, ""), name) for p in (*own, *rest)],
    }


def find_aliases(name: str, layer: type) -> list[str]:
    """Other names under which Keras exports the same layer."""
    aliases = [other for other, value in vars(keras.layers).items() if value is layer and other != name]
    return sorted([*aliases, "Input"] if name == "InputLayer" else aliases)


def read_helps(documentation: str) -> dict[str, str]:
    """The first sentences of each entry of a docstring's `Args:` section."""
    found = re.search(r"^Args:\n(.*?)(?=^\S|\Z)", documentation, re.MULTILINE | re.DOTALL)
    entries = re.findall(r"^ {4}(\w+): (.*(?:\n(?: {5,}.*)?)*)", found[1] if found else "", re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text).strip() for name, text in entries}


def describe_argument(parameter: inspect.Parameter, text: str, layer: str) -> JsonEntry:
    """One argument: what may be given, and what happens if nothing is."""
    required = parameter.default is inspect.Parameter.empty
    default = None if required else parameter.default
    kind = next(kind for kind, applies in RULES if applies(parameter.name, default, text))
    return {
        "name": parameter.name,
        "type": kind,
        "required": required,
        "default": list(default) if isinstance(default, tuple) else default,
        "choices": find_choices(parameter.name, text, layer) if kind == "choice" else [],
        "help": shorten(text) or HELP[parameter.name],
        "keyword_only": parameter.kind is inspect.Parameter.KEYWORD_ONLY,
    }


def shorten(text: str) -> str:
    """The first two sentences."""
    return " ".join(re.split(r"(?<=[.!]) (?=[A-Z`])", text)[:2])


def find_choices(name: str, text: str, layer: str) -> list[str]:
    """The values that Keras' docstring puts in quotation marks, or Keras' own list."""
    if name.endswith("activation"):
        return list(ACTIVATIONS)
    if name == "dtype":
        return INPUT_DTYPES if layer == "InputLayer" else DTYPES
    return list(dict.fromkeys(re.findall(r"[\"'](\w+)[\"']", text)))


def applies_to_shape(name: str, default: object, text: str) -> bool:
    """Whether several sizes may be given."""
    return name.endswith("shape") or isinstance(default, tuple) or bool(re.search(r"^Tuple|length 2", text))


# The first rule that applies names the argument's type.
RULES: tuple[tuple[str, Callable[[str, object, str], bool]], ...] = (
    ("ignored", lambda name, default, text: bool(IGNORED.fullmatch(name))),
    ("layer", lambda name, default, text: name in {"layer", "backward_layer"}),
    ("choice", lambda name, default, text: name == "dtype" or name.endswith("activation")),
    ("boolean", lambda name, default, text: isinstance(default, bool)),
    ("shape", applies_to_shape),
    ("choice", lambda name, default, text: isinstance(default, str) or name == "data_format"),
    ("number", lambda name, default, text: isinstance(default, float)),
    ("integer", lambda name, default, text: isinstance(default, int)),
    ("number", lambda name, default, text: bool(re.search(r"^[Ff]loat", text))),
    (
        "integer",
        lambda name, default, text: bool(re.search(r"[Ii]nt(eger)?\b", text)) or name == "batch_size",
    ),
)


def make_catalogue() -> str:
    """The catalogue as JSON text: a line for each kind, and one for each of its arguments."""
    entries = []
    for name in KINDS:
        kind = describe_kind(name)
        arguments = [write_line(argument) for argument in kind.pop("arguments")]
        entries.append(f'{write_line(kind)[:-1]}, "arguments": [\n  ' + ",\n  ".join(arguments) + "\n]}")
    return "[\n" + ",\n".join(entries) + "\n]\n"


def write_line(entry: JsonEntry) -> str:
    """JSON on one line, in the language's own letters."""
    return json.dumps(entry, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(make_catalogue(), encoding="utf-8")
