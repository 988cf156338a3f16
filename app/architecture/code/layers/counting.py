"""Names that Keras counts where it builds a Sequential: of its graph, and of an input that nobody made."""

from app.architecture.code.built import Functional, Layer, Sequential
from app.architecture.code.layers.naming import Naming
from app.architecture.spec import INPUT


def count_added(naming: Naming, model: Sequential) -> None:
    """After layers were added: Keras builds the chain at once if it knows what enters it."""
    if not model.layers:
        return
    first = model.layers[0]
    if first.input_shape is not None and not model.entrance_name:
        model.entrance_name = naming.make_name(INPUT)
    model.built = False
    several = len(model.layers) + bool(model.entrance_name) > 1
    if several and (first.kind.name == INPUT or model.entrance_name or _says_shape(first)):
        count_build(naming, model)


def count_call(naming: Naming, model: Sequential) -> None:
    """Before a call: Keras builds a chain that it could not build before."""
    if not model.built:
        count_build(naming, model)


def count_build(naming: Naming, model: Sequential) -> None:
    """Where Keras builds the chain, and the chains in it that are not built."""
    model.built = True
    if model.layers[0].kind.name != INPUT and not model.entrance_name:
        model.entrance_name = naming.make_name(INPUT)
    for layer in model.layers:
        if isinstance(layer.model, Sequential) and layer.model.layers:
            count_call(naming, layer.model)
    naming.make_name("Functional")


def _says_shape(first: Layer) -> bool:
    return isinstance(first.model, Functional) or (isinstance(first.model, Sequential) and first.model.built)
