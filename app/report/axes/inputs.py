"""name_input_axes(): the axes of an input are named by the layers that read it."""

from collections.abc import Mapping

from app.architecture.catalogue import find_kind
from app.architecture.spec import Architecture, Node
from app.frozen import Shape
from app.report.arguments import argument
from app.report.axes.labels import NamesByRank, names_of_rank
from app.report.model import Axis

USUAL_NAMES: NamesByRank = {
    2: ("batch", "features"),
    3: ("batch", "timesteps", "features"),
    4: ("batch", "height", "width", "channels"),
    5: ("batch", "depth", "height", "width", "channels"),
}

NAMES_BY_READER: Mapping[str, NamesByRank] = {
    "Embedding": {
        2: ("batch", "timesteps"),
        3: ("batch", "timesteps", "axis 2"),
    },
    "ConvLSTM1D": {
        4: ("batch", "timesteps", "width", "channels"),
    },
    "ConvLSTM2D": {
        5: ("batch", "timesteps", "height", "width", "channels"),
    },
    "ConvLSTM3D": {
        6: ("batch", "timesteps", "depth", "height", "width", "channels"),
    },
    "ReversibleEmbedding": {
        2: ("batch", "timesteps"),
        3: ("batch", "timesteps", "axis 2"),
    },
    "ops.one_hot": {
        2: ("batch", "timesteps"),
    },
    "TimeDistributed": {
        4: ("batch", "timesteps", "axis 2", "features"),
        5: ("batch", "timesteps", "height", "width", "channels"),
    },
}


PICTURE = ("batch", "height", "width")
"""The axes of grey pictures that have no axis of channels yet."""

ELEMENTWISE = frozenset({"Dropout", "GaussianNoise", "Identity", "Normalization", "Rescaling"})
"""Layers that may come before a layer for images without saying what the axes are."""


def name_input_axes(node: Node, architecture: Architecture) -> tuple[Axis, ...]:
    """The axes of an input, named by the first reader that has names for them, else by the number of axes."""
    shape = node.batch_shape
    readers = _list_readers(node.name, architecture)
    by_readers = (NAMES_BY_READER.get(reader.kind, {}).get(len(shape)) for reader in readers)
    names = next(filter(None, by_readers), None) or names_of_rank(USUAL_NAMES, len(shape))
    if len(shape) == len(PICTURE) and _is_picture(node, shape, architecture):
        names = PICTURE
    if "height" in names and any(argument(reader, "data_format") == "channels_first" for reader in readers):
        names = _put_channels_first(names)
    return tuple(
        Axis(name=name, size=size, origin=_write_origin(name, size, node.name))
        for name, size in zip(names, shape, strict=True)
    )


def _list_readers(name: str, architecture: Architecture) -> list[Node]:
    """The layers that read an input; for a nested model, its own layers that do."""
    readers: list[Node] = []
    for node in architecture.nodes:
        if all(source.node != name for source in node.inbound):
            continue
        if node.model is None:
            readers.append(node)
            continue
        inputs = [inner.name for inner in node.model.nodes if inner.is_input]
        for inner, source in zip(inputs, node.inputs, strict=False):
            if source.node == name:
                readers += _list_readers(inner, node.model)
    return readers


def _is_picture(node: Node, shape: Shape, architecture: Architecture) -> bool:
    """Whether only layers for images read it, perhaps with channels added before, and nothing walks."""
    if any(_walks(other) for other in architecture.nodes):
        return False
    waiting, found = [node.name], False
    while waiting:
        for reader in _list_readers(waiting.pop(), architecture):
            if reader.kind in ELEMENTWISE or _adds_channels(reader, shape):
                waiting.append(reader.name)
            elif _is_for_images(reader.kind):
                found = True
            else:
                return False
    return found


def _walks(node: Node) -> bool:
    return find_kind(node.kind).category in ("recurrent", "attention") or node.kind.endswith("1D")


def _is_for_images(kind: str) -> bool:
    """Whether a kind works on images, (batch, height, width, channels)."""
    found = find_kind(kind)
    flat = found.name.removesuffix("Transpose").endswith("2D")
    return found.category == "image" or (flat and found.category in ("convolution", "pooling", "reshaping"))


def _adds_channels(node: Node, shape: Shape) -> bool:
    """Whether a layer keeps height and width, and adds an axis after them."""
    if node.kind == "ops.expand_dims":
        return argument(node, "axis") in (-1, len(shape))
    target = argument(node, "target_shape")
    return node.kind == "Reshape" and isinstance(target, list) and tuple(target[:-1]) == shape[1:]


def _put_channels_first(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names with the channels before the image, and after the timesteps if there are any."""
    image = names.index("timesteps") + 1 if "timesteps" in names else 1
    return (*names[:image], names[-1], *names[image:-1])


def _write_origin(name: str, size: int | None, layer: str) -> str:
    if name == "batch":
        return name
    if size is not None:
        return f"{name} of {layer}"
    return f"{name} of {layer}, any {'length' if name == 'timesteps' else 'size'}"
