"""Assembly: from what the interpreter has seen to one Architecture."""

from collections.abc import Sequence

from app.architecture.catalogue import KINDS
from app.architecture.code.alternatives import choose_alternative
from app.architecture.code.construct import make_layer
from app.architecture.code.input_guess import guess_input
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.models import UNNAMED
from app.architecture.code.values import Function, Functional, Layer, Model, Sequential, Tensor
from app.architecture.order import connect_nodes
from app.architecture.spec import INPUT, MAX_NODES, Architecture, Inbound, Node, Source
from app.problems import CodeError, CodeTooComplex, NoModelFound


def assemble(interpreter: Interpreter) -> Architecture:
    """The architecture of the last model that is complete. Raises NoModelFound or CodeError."""
    model = _choose_model(interpreter)
    if isinstance(model, Sequential):
        return _assemble_chain(interpreter, model)
    return assemble_graph(model)


def _choose_model(interpreter: Interpreter) -> Model:
    complete = [model for model in interpreter.models if isinstance(model, Functional) or model.layers]
    if not complete:
        return _assume_model(interpreter)
    if len(complete) > 1:
        interpreter.notes.add(
            "several-models",
            complete[-1].line,
            count=len(complete),
            lines=", ".join(dict.fromkeys(str(model.line) for model in complete[:10])),
            last=complete[-1].line,
        )
    return complete[-1]


def _assume_model(interpreter: Interpreter) -> Model:
    """The model that loose layers or tensors make."""
    inputs = [Tensor(call) for call in interpreter.calls if call.layer.kind.name == INPUT]
    read = {id(tensor.call) for call in interpreter.calls for tensor in call.inbound}
    ends = [Tensor(call) for call in interpreter.calls if id(call) not in read]
    if inputs and any(end.call.layer.kind.name != INPUT for end in ends):
        ends = [end for end in ends if end.call.layer.kind.name != INPUT]
        line = ends[-1].call.layer.line
        _note_assumed(interpreter, line, "`keras.Model(inputs, outputs)`, from all inputs to all loose ends")
        return Functional(UNNAMED, line, tuple(inputs), tuple(ends))
    loose = [layer for layer in interpreter.layers if not layer.used]
    if loose:
        _note_assumed(
            interpreter, loose[0].line, "a `keras.Sequential` of these layers, in the order of the code"
        )
        return Sequential(UNNAMED, loose[0].line, loose, assumed=True)
    if interpreter.models:
        raise NoModelFound("The model has no layers yet. Add some: `model.add(layers.LSTM(32))`.")
    functions = [name for name, value in interpreter.module.values.items() if isinstance(value, Function)]
    if functions:
        raise NoModelFound(
            f"The function `{functions[-1]}` is defined and never called, so it makes no model. "
            f"Add a line that calls it: `model = {functions[-1]}(…)`."
        )
    raise NoModelFound(
        "Nothing in this code is a Keras model. Paste the lines that make it, for instance "
        "`keras.Sequential([...])` or `keras.Model(inputs, outputs)`."
    )


def _note_assumed(interpreter: Interpreter, line: int, reading: str) -> None:
    interpreter.notes.add(
        "model-assumed",
        line,
        happened="The code makes layers, but no model of them.",
        reading=reading,
    )


def _assemble_chain(interpreter: Interpreter, model: Sequential) -> Architecture:
    layers = choose_alternative(interpreter.notes, model.layers) if model.assumed else model.layers
    first, *rest = layers
    if first.kind.name != INPUT:
        shape, dtype = guess_input(interpreter, first)
        interpreter.line = first.line
        given = {"batch_shape": shape, "dtype": dtype}
        first, rest = make_layer(interpreter, KINDS[INPUT], given), layers
    for layer in rest[1:]:
        if layer.input_shape is not None:
            interpreter.notes.add(
                "argument-ignored",
                layer.line,
                layer.name,
                argument="input_shape=",
                kind=layer.kind.name,
                reason="Only the first layer of a model can say what enters it.",
            )
    nodes = [_make_node(first, ())]
    for layer in rest:
        nodes.append(_make_node(layer, (Source(node=nodes[-1].name),)))
    _check_names(nodes, [first, *rest])
    return Architecture(name=model.name, nodes=tuple(nodes))


def assemble_graph(model: Functional) -> Architecture:
    """The layers between a model's inputs and outputs. Raises CodeError where they are not connected."""
    layers: dict[str, Layer] = {}
    nodes: dict[str, Node] = {}
    calls: dict[str, int] = {}
    waiting = [tensor.call for tensor in (*model.inputs, *model.outputs)]
    entering = {id(tensor.call) for tensor in model.inputs}
    while waiting:
        call = waiting.pop()
        name = call.layer.name
        if calls.setdefault(name, id(call)) != id(call):
            raise _twice(name, call.layer, layers[name])
        if name in nodes:
            continue
        if call.layer.kind.name == INPUT and id(call) not in entering:
            raise CodeError(
                f"Keras would stop here: the model needs the input {name!r}, which is not among its inputs.",
                model.line,
            )
        layers[name] = call.layer
        nodes[name] = _make_node(call.layer, tuple(_source(tensor) for tensor in call.inbound))
        waiting += [tensor.call for tensor in call.inbound]
    outputs = tuple(_source(tensor) for tensor in model.outputs)
    _check_count(len(nodes))
    return connect_nodes(model.name, nodes, [tensor.call.layer.name for tensor in model.inputs], outputs)


def _source(tensor: Tensor) -> Source:
    return Source(node=tensor.call.layer.name, output=tensor.output)


def _make_node(layer: Layer, inbound: Inbound) -> Node:
    return Node(
        kind=layer.kind.name, name=layer.name, arguments=layer.arguments, inbound=inbound, line=layer.line
    )


def _check_names(nodes: Sequence[Node], layers: Sequence[Layer]) -> None:
    _check_count(len(nodes))
    seen: dict[str, Layer] = {}
    for node, layer in zip(nodes, layers, strict=True):
        if node.name in seen:
            raise _twice(node.name, layer, seen[node.name])
        seen[node.name] = layer


def _check_count(count: int) -> None:
    if count > MAX_NODES:
        raise CodeTooComplex(f"The model has {count:,} layers; at most {MAX_NODES:,} are read.")


def _twice(name: str, layer: Layer, other: Layer) -> CodeError:
    if layer is other:
        return CodeError(
            f"The layer {name!r} is used twice; layers that share weights are not understood yet.", layer.line
        )
    return CodeError(
        f"Keras would stop here: two layers are named {name!r}, and a name must be unique in a model.",
        max(layer.line, other.line),
    )
