"""Writes app/architecture/operations.json from the installed Keras: the functions of keras.ops on tensors.

Those in `keras.ops.image` are included. A function is listed if it takes a symbolic tensor, and no function.
Run `make catalogue`.
"""

import inspect
import re
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path

import keras

from scripts.make_catalogue import DTYPES, JsonEntry, find_type, list_tuples, read_helps, shorten, write_line

TARGET = Path(__file__).parent.parent / "app" / "architecture" / "operations.json"

EXCLUDED = {
    "array": "makes tensors of data",
    "bartlett": "makes a window of a number",
    "blackman": "makes a window of a number",
    "convert_to_numpy": "needs values",
    "dtype": "gives no tensor",
    "hamming": "makes a window of a number",
    "hanning": "makes a window of a number",
    "is_tensor": "gives no tensor",
    "kaiser": "makes a window of a number",
    "map": "takes a function",
    "ndim": "gives no tensor",
    "shape": "gives no tensor",
    "size": "gives no tensor",
    "vectorize": "takes a function",
    "vectorized_map": "takes a function",
}
"""Functions whose parameters look like tensors, and which are no operations on them, each with the reason."""

TENSORS = re.compile(
    r"x|x1|x2|xs|y|a|b|inputs|indices|condition|operands|query|key|value|mask|bias|kernel|\w+_kernel"
    r"|target|output|targets|predictions|\w+_lengths?|data|segment_ids|values|updates|sorted_sequence|tensor"
    r"|variable|mean|variance|gamma|beta|weights|array|abs_|angle"
    r"|images|image[12]|volumes|transform|coordinates|(start|end)_points|translation"
)
LISTS = frozenset({"xs", "operands"})
TRANSFORMS = ("fft", "fft2", "ifft2", "irfft", "istft")
LISTED = frozenset({"stack.x", "meshgrid.x", *(f"{name}.x" for name in TRANSFORMS)})
"""Parameters that take several tensors, such as a real and an imaginary part."""

SIDES = ("top", "left", "bottom", "right")

TYPES = {
    "argsort.axis": "integer",
    "attn_logits_soft_cap": "number",
    "axes_lengths": "integer",
    "bins": "numbers",
    "data_format": "text",
    "dtype": "choice",
    "equation": "text",
    "fill_mode": "text",
    "image.gaussian_blur.sigma": "numbers",
    "image.scale_and_translate.scale": "tensor",
    "get_item.key": "text",
    "epsilon": "number",
    "flash_attention": "boolean",
    "indices_or_sections": "shape",
    "method": "text",
    "ord": "number",
    "order": "integer",
    "pad_width": "pairs",
    "pattern": "text",
    "q": "numbers",
    "range": "numbers",
    "reduction": "text",
    "start_indices": "shape",
    "squareplus.b": "number",
    "stft.fft_length": "integer",
    "istft.fft_length": "integer",
    "rfft.fft_length": "integer",
    "irfft.fft_length": "integer",
    "stft.sequence_length": "integer",
    "istft.sequence_length": "integer",
    "extract_sequences.sequence_length": "integer",
    "subscripts": "text",
    "tensordot.axes": "pairs",
    "unique.size": "integer",
    **dict.fromkeys(("axis", "axes", "newshape", "repeats", "shape", "shift"), "shape"),
    **dict.fromkeys(("source", "destination", "output_size", "pool_size", "kernel_size"), "shape"),
    **dict.fromkeys(("output_shape", "size", "spatial_dims"), "shape"),
    **dict.fromkeys(("strides", "dilation_rate", "dilation", "stride"), "shape"),
    **dict.fromkeys(("fold.padding", "unfold.padding"), "shape"),
    "padding": "text",
    **dict.fromkeys(("axis1", "axis2", "axisa", "axisb", "axisc", "block_size", "k", "kth"), "integer"),
    **dict.fromkeys(("length", "num", "num_classes", "num_segments", "N", "n", "decimals"), "integer"),
    **{f"{side}_{what}": "integer" for side in SIDES for what in ("cropping", "padding")},
    **dict.fromkeys(("target_height", "target_width"), "integer"),
    **dict.fromkeys(("x_min", "x_max", "fill_value", "constant_values", "initial", "tol", "rcond"), "number"),
    **dict.fromkeys(("threshold", "default_value", "posinf", "neginf", "nan", "scale", "max_val"), "number"),
}
"""Types of the parameters that their names alone do not tell, by name, or by operation and name."""


def list_operations() -> list[str]:
    """The names of the operations, in alphabetical order."""
    modules = {"": keras.ops, "image.": keras.ops.image}
    functions = {
        prefix + name: value for prefix, module in modules.items() for name, value in vars(module).items()
    }
    return sorted(
        name
        for name, function in functions.items()
        if inspect.isfunction(function) and name not in EXCLUDED and is_operation(function)
    )


def is_operation(function: Callable[..., object]) -> bool:
    """Whether the first parameter, or the one after `subscripts`, takes tensors."""
    names = list(inspect.signature(function).parameters)
    return bool(names) and bool(TENSORS.fullmatch(names[names[0] == "subscripts"]))


def describe_operation(name: str) -> JsonEntry:
    """The catalogue's entry for the function of this name."""
    function = attrgetter(name)(keras.ops)
    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
    documentation = inspect.cleandoc(function.__doc__ or "")
    helps = read_helps(documentation)
    parameters = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    arguments = [
        describe_parameter(name, parameter, helps.get(parameter.name, "")) for parameter in parameters
    ]
    first = next(argument for argument in arguments if argument["type"].startswith("tensor"))
    return {
        "name": f"ops.{name}",
        "category": "operation",
        "summary": documentation.split("\n\n")[0].replace("\n", " ").rstrip(".") + ".",
        "inputs": "many" if first["type"] == "tensors" else "one",
        "call": "positional" if inspect.Parameter.VAR_POSITIONAL in kinds else "list",
        "aliases": [],
        "arguments": arguments,
    }


def describe_parameter(operation: str, parameter: inspect.Parameter, text: str) -> JsonEntry:
    """One parameter: a tensor, or what may be given for it, and what happens if nothing is."""
    name = parameter.name
    required = parameter.default is inspect.Parameter.empty
    default = None if required else list_tuples(parameter.default)
    own = TYPES.get(f"{operation}.{name}")
    if f"{operation}.{name}" in LISTED or name in LISTS:
        kind = "tensors"
    elif own is None and TENSORS.fullmatch(name):
        kind = "tensor"
    else:
        kind = (
            own or TYPES.get(name) or ("text" if isinstance(default, str) else find_type(name, default, text))
        )
    return {
        "name": name,
        "type": kind,
        "required": required,
        "default": default,
        "choices": [*DTYPES[:4], "bool", "int32", "int64"] if kind == "choice" else [],
        "help": shorten(text),
        "keyword_only": parameter.kind is inspect.Parameter.KEYWORD_ONLY,
    }


def make_operations() -> str:
    """The operations as JSON text, a line for each."""
    return "[\n" + ",\n".join(write_line(describe_operation(name)) for name in list_operations()) + "\n]\n"


if __name__ == "__main__":
    TARGET.write_text(make_operations(), encoding="utf-8")
