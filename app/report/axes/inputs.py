"""name_input_axes(): the axes of an input are named by the layers that read it."""

from collections.abc import Mapping

from app.architecture.spec import Architecture, Node
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


def name_input_axes(node: Node, architecture: Architecture) -> tuple[Axis, ...]:
    """The axes of an input, named by the first reader that has names for them, else by the number of axes."""
    shape = node.batch_shape
    readers = _list_readers(node.name, architecture)
    by_readers = (NAMES_BY_READER.get(reader.kind, {}).get(len(shape)) for reader in readers)
    names = next(filter(None, by_readers), None) or names_of_rank(USUAL_NAMES, len(shape))
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
