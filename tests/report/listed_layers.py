"""Architectures written as lists of layers, and reports of them."""

from typing import Any

from app.architecture.spec import Architecture
from app.frozen import JsonObject
from app.report.build import make_report
from app.report.model import Report

TOKENS = ("InputLayer", "tokens", "", {"batch_shape": [None, 6], "dtype": "int32"})
EMBEDDING = ("Embedding", "embedding", "tokens", {"input_dim": 9, "output_dim": 4})
MASKING = ("Embedding", "embedding", "tokens", {"input_dim": 9, "output_dim": 4, "mask_zero": True})

Layer = tuple[str, str, str, JsonObject]


def build(*layers: Layer, outputs: tuple[Any, ...] = ()) -> Architecture:
    """Layers as (kind, name, names of what it reads, arguments)."""
    nodes = [
        {"kind": kind, "name": name, "inbound": sources.split(), "arguments": arguments}
        for kind, name, sources, arguments in layers
    ]
    return Architecture.model_validate({"nodes": nodes, "outputs": outputs})


def report(*layers: Layer, **options: Any) -> Report:
    return make_report(build(*layers, **options))
