"""summarise_arguments(): the most important arguments of a layer, in a few words for its box."""

from collections.abc import Mapping

from pydantic import JsonValue

from app.architecture import Node
from app.report.arguments import list_cells, wrapped

WORDS: Mapping[str, str] = {
    # By argument name, for any kind; {} is the value. Other arguments are not shown on the box.
    "input_dim": "{} →",
    "output_dim": "{}",
    "layer": "{}",
    "cell": "{}",
    "num_heads": "{} heads",
    "key_dim": "key {}",
    "units": "{} units",
    "filters": "{} filters",
    "kernel_size": "kernel {}",
    "pool_size": "pool {}",
    "strides": "stride {}",
    "dilation_rate": "dilation {}",
    "padding": "padding {}",
    "cropping": "crop {}",
    "size": "× {}",
    "n": "× {}",
    "target_shape": "to {}",
    "dims": "order {}",
    "axis": "axis {}",
    "rate": "rate {}",
    "mask_value": "where {}",
    "activation": "{}",
    "merge_mode": "{}",
}
FLAGS = ("return_sequences", "return_state", "go_backwards", "stateful")


def summarise_arguments(node: Node) -> str:
    """ "3 → 50" for an Embedding, "100 units, tanh" for an LSTM, "LSTM, 64 units" for a Bidirectional."""
    parts = [_write_argument(node, name) for name in WORDS if name in node.arguments]
    parts += [flag for flag in FLAGS if node.arguments.get(flag) is True]
    parts += ["causal"] if node.call.get("use_causal_mask") is True else []
    return ", ".join(filter(None, parts)).replace("→, ", "→ ")


def _write_argument(node: Node, name: str) -> str:
    value = node.arguments[name]
    if name == "merge_mode" and value is None:
        return "not merged"
    if value is None:
        return ""
    if name in ("units", "num_heads") and value == 1:
        return WORDS[name].format(1).removesuffix("s")
    if name == "layer":
        inner = wrapped(node)
        return _write_inner(inner) if inner else ""
    if name == "cell":
        return " → ".join(map(_write_inner, list_cells(node)))
    return WORDS[name].format(_write_value(value))


def _write_inner(inner: Node) -> str:
    return ", ".join(filter(None, (inner.kind, summarise_arguments(inner))))


def _write_value(value: JsonValue) -> str:
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return f"({', '.join(map(_write_value, value))}{',' if len(value) == 1 else ''})"
    return str(value) if isinstance(value, str | float) else "…"
