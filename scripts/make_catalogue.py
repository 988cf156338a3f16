"""Writes app/architecture/catalogue.json from the installed Keras: signatures, docstrings, aliases.

It holds every public layer except those that are never built. identifiers.json holds the names of
initializers and their like, objects.json the parameters of their classes. Run `make catalogue`.
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
from keras.layers import Layer
from keras.src import constraints, initializers, regularizers
from keras.src.layers.merging.base_merge import Merge

from app.architecture.never_built import NEVER_BUILT
from scripts.catalogue_tables import (
    CATEGORIES,
    CELL,
    CHOICES,
    HELP,
    HELP_HERE,
    IGNORED,
    IMAGE,
    LISTED,
    NUMBERS,
    TYPES,
    TYPES_OF_KIND,
    help_factor,
)

JsonEntry = dict[str, Any]

FOLDER = Path(__file__).parent.parent / "app" / "architecture"
TARGET, IDENTIFIERS = FOLDER / "catalogue.json", FOLDER / "identifiers.json"
OBJECTS = FOLDER / "objects.json"

# What every layer takes, after its own arguments, by keyword only.
COMMON = ("name", "trainable", "dtype", "autocast", "activity_regularizer")
# What a layer with a vocabulary writes into its configuration, and takes without listing it.
LEARNT = inspect.Parameter("vocabulary_size", inspect.Parameter.KEYWORD_ONLY, default=None)

ACTIVATIONS = sorted(
    name for name, value in keras.src.activations.ALL_OBJECTS_DICT.items() if inspect.isfunction(value)
)
DTYPES = ["float16", "bfloat16", "float32", "float64", "mixed_float16", "mixed_bfloat16"]
INPUT_DTYPES = [*DTYPES[:4], "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "string"]


def list_kinds() -> list[str]:
    """The names of the public layers that may be built, by category, then by name."""
    public = vars(keras.layers)
    layers = {value for value in public.values() if inspect.isclass(value) and issubclass(value, Layer)}
    names = {
        layer.__name__
        if layer.__name__ in public
        else min(name for name, value in public.items() if value is layer)
        for layer in layers
    }
    order = [*CATEGORIES.values(), IMAGE, CELL]
    return sorted(
        names - NEVER_BUILT.keys(),
        key=lambda name: (order.index(find_category(name)), name != "InputLayer", name),
    )


def find_category(name: str) -> str:
    """The category of the layer: Keras' own folder for it, except for cells and images."""
    layer = getattr(keras.layers, name)
    if "states" in inspect.signature(layer.call).parameters:
        return CELL
    folders = layer.__module__.split(".")
    return IMAGE if "image_preprocessing" in folders else CATEGORIES[folders[3]]


def count_inputs(name: str, positional: bool) -> str:
    """Whether the layer is called on no tensor, one, or many."""
    if name == "InputLayer":
        return "none"
    listed = name in LISTED or issubclass(getattr(keras.layers, name), Merge)
    return "many" if listed or positional else "one"


def describe_kind(name: str) -> JsonEntry:
    """The catalogue's entry for the layer class of this name."""
    layer = getattr(keras.layers, name)
    documentation = inspect.cleandoc(layer.__doc__ or "The input of a model.")
    helps = read_helps(documentation)
    own = [p for p in inspect.signature(layer.__init__).parameters.values() if p.name != "self"]
    takes_more = own[-1].kind is inspect.Parameter.VAR_KEYWORD
    own = [p for p in own if p.kind is not inspect.Parameter.VAR_KEYWORD]
    common = inspect.signature(Layer.__init__).parameters
    taken = {p.name for p in own}
    learnt = [LEARNT] if "vocabulary" in taken else []
    rest = learnt + [common[key] for key in COMMON if takes_more and key not in taken]
    positional = "query" in inspect.signature(layer.call).parameters
    return {
        "name": name,
        "category": find_category(name),
        "summary": documentation.split("\n\n")[0].replace("\n", " ").rstrip(".") + ".",
        "inputs": count_inputs(name, positional),
        "call": "positional" if positional else "list",
        "aliases": find_aliases(name, layer),
        "arguments": [describe_argument(p, helps.get(p.name, ""), name) for p in (*own, *rest)],
    }


def find_aliases(name: str, layer: type) -> list[str]:
    """Other names of the same layer: those that Keras exports, and the class' own."""
    aliases = {layer.__name__, *(other for other, value in vars(keras.layers).items() if value is layer)}
    return sorted((aliases | {"Input"} if name == "InputLayer" else aliases) - {name})


def read_helps(documentation: str) -> dict[str, str]:
    """The first sentences of each entry of a docstring's `Args:` section."""
    found = re.search(r"^Args:\n(.*?)(?=^\S|\Z)", documentation, re.MULTILINE | re.DOTALL)
    entries = re.findall(r"^ {4}(\w+): (.*(?:\n(?: {5,}.*)?)*)", found[1] if found else "", re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text).strip() for name, text in entries}


def describe_argument(parameter: inspect.Parameter, text: str, layer: str) -> JsonEntry:
    """One argument: its type, its default and its help."""
    required = parameter.default is inspect.Parameter.empty
    default = None if required else parameter.default
    kind = TYPES_OF_KIND.get(layer, {}).get(parameter.name) or find_type(parameter.name, default, text)
    return {
        "name": parameter.name,
        "type": kind,
        "required": required,
        "default": list_tuples(default),
        "choices": find_choices(parameter.name, text, layer) if kind == "choice" else [],
        "help": HELP_HERE.get(parameter.name)
        or shorten(text)
        or HELP.get(parameter.name)
        or help_factor(parameter.name),
        "keyword_only": parameter.kind is inspect.Parameter.KEYWORD_ONLY,
    }


def find_type(name: str, default: object, text: str) -> str:
    """The type of an argument: by its name, else by the first rule that applies."""
    return TYPES.get(name) or next(kind for kind, applies in RULES if applies(name, default, text))


def list_tuples(value: Any) -> Any:
    """The value with tuples as lists, as in JSON."""
    return [list_tuples(part) for part in value] if isinstance(value, tuple) else value


def shorten(text: str) -> str:
    """The first two sentences."""
    return " ".join(re.split(r"(?<=[.!]) (?=[A-Z`])", text)[:2])


def find_choices(name: str, text: str, layer: str) -> list[str]:
    """The values in quotation marks in Keras' docstring, or Keras' own list."""
    if name.endswith("activation"):
        return list(ACTIVATIONS)
    if name.endswith("dtype"):
        return INPUT_DTYPES if layer == "InputLayer" else DTYPES
    return list(dict.fromkeys(re.findall(r"[\"'](\w+)[\"'`]", text))) or CHOICES[name]


def applies_to_numbers(name: str, default: object, text: str) -> bool:
    """Whether one number or several may be given, not just integers."""
    return bool(NUMBERS.fullmatch(name)) and not isinstance(default, bool)


def applies_to_pairs(name: str, default: object, text: str) -> bool:
    """Whether sizes before and after may be given for each of several axes."""
    return name in ("cropping", "padding") and "tuple of 2 tuples" in text.replace("3 tuples", "2 tuples")


def applies_to_shape(name: str, default: object, text: str) -> bool:
    """Whether several sizes may be given."""
    return name.endswith("shape") or isinstance(default, tuple) or bool(re.search(r"^Tuple|length 2", text))


# The first rule that applies names the argument's type.
RULES: tuple[tuple[str, Callable[[str, object, str], bool]], ...] = (
    ("ignored", lambda name, default, text: bool(IGNORED.fullmatch(name))),
    ("numbers", applies_to_numbers),
    ("pairs", applies_to_pairs),
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
    """The version of Keras and its kinds as JSON text, with one line per kind and one per argument."""
    entries = []
    for name in list_kinds():
        kind = describe_kind(name)
        arguments = [write_line(argument) for argument in kind.pop("arguments")]
        entries.append(f'{write_line(kind)[:-1]}, "arguments": [\n  ' + ",\n  ".join(arguments) + "\n]}")
    kinds = ",\n".join(entries)
    return f'{{"keras": "{keras.__version__}", "kinds": [\n{kinds}\n]}}\n'


def make_identifiers() -> str:
    """The names that Keras knows of initializers and their like, as JSON text, one line per sort."""
    modules = {"constraint": constraints, "initializer": initializers, "regularizer": regularizers}
    names = {sort: sorted(module.ALL_OBJECTS_DICT) for sort, module in modules.items()}
    return "{\n" + ",\n".join(f'"{sort}": {json.dumps(names[sort])}' for sort in names) + "\n}\n"


def make_objects() -> str:
    """The parameters of each class of initializers and their like, as JSON text, one line per class."""
    parameters: dict[str, list[str]] = {}
    for module in (keras.constraints, keras.initializers, keras.regularizers):
        for name, made in vars(module).items():
            if inspect.isclass(made):
                takes_any = made.__init__ is object.__init__
                parameters[name] = [] if takes_any else list(inspect.signature(made).parameters)
    lines = (f'"{name}": {json.dumps(parameters[name])}' for name in sorted(parameters) if name[0].isupper())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def write_line(entry: JsonEntry) -> str:
    """JSON on one line, in the language's own letters."""
    return json.dumps(entry, ensure_ascii=False)


if __name__ == "__main__":
    TARGET.write_text(make_catalogue(), encoding="utf-8")
    IDENTIFIERS.write_text(make_identifiers(), encoding="utf-8")
    OBJECTS.write_text(make_objects(), encoding="utf-8")
