"""Random models, right and wrong, drawn beside plain Keras: each layer for the tensors that there are."""

import math
from typing import Any, NamedTuple

from hypothesis import strategies as st
from plain import GIVES_BACK, KEYS, Answer, PlainKeras, Tensor
from random_arguments import arguments

from app.architecture import Architecture, Node, Source
from app.architecture.catalogue import CELL, KINDS, Kind, load_operations
from app.architecture.spec import INPUT

MOST_LAYERS = 7
LARGEST = 5_000
"""Numbers in one sample: what is larger is read by nobody, so that weights stay small."""

STATES = {"GRU": 1, "LSTM": 2, "SimpleRNN": 1}
"""How many states a recurrent layer can be started from."""

OPERATIONS = [kind for name, kind in load_operations().items() if name != "ops.get_item"]
LAYERS = [kind for kind in KINDS.values() if kind.name != INPUT]


def find_rank(kind: Kind) -> int | None:
    """How many axes a kind reads, as its name tells; None where that is not said."""
    if kind.category == "image":
        return 4
    for dimensions in (1, 2, 3):
        if kind.name.endswith(f"{dimensions}D"):
            return dimensions + (3 if kind.name.startswith("ConvLSTM") else 2)
    if kind.category == "recurrent" or kind.name in ("Attention", "AdditiveAttention", "Masking"):
        return 3
    return 2 if kind.name in ("Embedding", "RepeatVector") else None


class Trial(NamedTuple):
    """A model, and what plain Keras made of each of its nodes; None where a layer before it failed."""

    architecture: Architecture
    answers: tuple[Answer | None, ...]


class Drawing:
    """A model while it is drawn."""

    def __init__(self, draw: st.DrawFn, plain: PlainKeras) -> None:
        self._draw, self._plain = draw, plain
        self._nodes: list[Node] = []
        self._answers: list[Answer | None] = []
        self._tensors: list[tuple[Source, Tensor]] = []
        self._failed: list[str] = []
        plain.begin()

    def draw_trial(self) -> Trial:
        """One or two inputs, and up to seven layers on them."""
        for _ in range(self._draw(st.integers(1, 2))):
            self._add(INPUT, self._draw(input_arguments()), [])
        for _ in range(self._draw(st.integers(1, MOST_LAYERS))):
            self._draw_layer()
        return end_trial(Architecture(nodes=tuple(self._nodes)), self._answers, self._plain)

    def _draw_layer(self) -> None:
        draw = self._draw
        readable = [each for each in self._tensors if math.prod(n or 1 for n in each[1].shape) < LARGEST]
        if not readable:
            return
        source, tensor = draw(st.sampled_from(readable))
        if self._failed and draw(st.integers(0, 9)) == 0:
            source = Source(node=draw(st.sampled_from(self._failed)))
        way = draw(st.integers(0, 19))
        again = [
            node
            for node, answer in zip(self._nodes, self._answers, strict=True)
            if not node.shares
            and len(node.inbound) == 1
            and not node.call
            and not node.kind.startswith("ops.")
            and not (answer and answer.error)
        ]
        if way == 0 and again:
            first = draw(st.sampled_from(again))
            self._add(first.kind, first.arguments, [source], model=first.model, shares=first.name)
        elif way == 1:
            self._add(*draw(inner_models(tensor)), [source])
        elif way in (2, 3):
            self._draw_operation(source, readable)
        else:
            self._draw_kind(source, tensor, readable)

    def _draw_kind(self, source: Source, tensor: Tensor, readable: list[tuple[Source, Tensor]]) -> None:
        draw = self._draw
        kind = draw(st.sampled_from(fitting_kinds(tensor)))
        given = draw(arguments(kind))
        inbound = [source]
        if kind.inputs == "many":
            alike = [each for each, other in readable if len(other.shape) == len(tensor.shape)]
            inbound += draw(st.lists(st.sampled_from(alike), min_size=1, max_size=2))
        call: dict[str, Any] = {}
        if kind.name in STATES and draw(st.integers(0, 4)) == 0:
            states = [each for each, other in readable if len(other.shape) == 2]
            for _ in range(STATES[kind.name] if states else 0):
                inbound.append(draw(st.sampled_from(states)))
                call.setdefault("initial_state", []).append({"inbound": len(inbound) - 1})
        if kind.category == "attention" and draw(st.integers(0, 4)) == 0:
            call[draw(st.sampled_from(["use_causal_mask", "return_attention_scores"]))] = True
        self._add(kind.name, given, inbound, call=call)

    def _draw_operation(self, source: Source, readable: list[tuple[Source, Tensor]]) -> None:
        draw = self._draw
        if draw(st.integers(0, 4)) == 0:
            self._add("ops.get_item", {"key": draw(st.sampled_from(sorted(KEYS)))}, [source])
            return
        kind = draw(st.sampled_from(OPERATIONS))
        takes = [
            argument.type
            for argument in kind.arguments
            if argument.type in ("tensor", "tensors") and argument.required
        ]
        count = draw(st.integers(1, 3)) if "tensors" in takes else len(takes)
        others = st.sampled_from([each for each, _ in readable])
        self._add(kind.name, draw(arguments(kind)), [source, *(draw(others) for _ in range(count - 1))])

    def _add(
        self,
        kind: str,
        given: dict[str, Any],
        inbound: list[Source],
        model: Architecture | None = None,
        **more: Any,
    ) -> None:
        if isinstance(given, Architecture):
            given, model = {}, given
        name = f"layer_{len(self._nodes)}"
        node = Node(kind=kind, name=name, arguments=given, inbound=tuple(inbound), model=model, **more)
        blocked = any(source.node in self._failed for source in inbound)
        answer = None if blocked else self._plain.add(node)
        if answer is None or answer.error:
            self._failed.append(name)
        else:
            self._tensors += [
                (Source(node=name, output=place), out) for place, out in enumerate(answer.outputs)
            ]
        self._nodes.append(node)
        self._answers.append(answer)


def fitting_kinds(tensor: Tensor) -> list[Kind]:
    """The kinds that may read a tensor of this rank, and once all others."""
    fitting = [
        kind for kind in LAYERS if kind.category != CELL and find_rank(kind) in (None, len(tensor.shape))
    ]
    exact = [kind for kind in fitting if find_rank(kind)]
    return [*exact, *fitting, *LAYERS]


@st.composite
def input_arguments(draw: st.DrawFn) -> dict[str, Any]:
    """A batch, given or not, and one to four axes."""
    batch = draw(st.sampled_from([None, None, None, 2]))
    axis = st.sampled_from([None, 1, 2, 3, 4, 4, 5, 6, 6, 8])
    axes = draw(st.lists(axis, min_size=1, max_size=4))
    return {
        "batch_shape": [batch, *axes],
        "dtype": draw(st.sampled_from(["float32"] * 5 + ["int32", "float16", "bool", "string"])),
    }


@st.composite
def inner_models(draw: st.DrawFn, tensor: Tensor) -> tuple[str, Architecture]:
    """A chain of layers, for a tensor like this one most of the time."""
    shape = [None, *tensor.shape[1:]] if draw(st.integers(0, 9)) else [None, 3]
    nodes = [Node(kind=INPUT, name="inside", arguments={"batch_shape": shape, "dtype": tensor.dtype})]
    fitting = [kind for kind in fitting_kinds(tensor) if kind.inputs == "one"]
    for place in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(fitting))
        before = (Source(node=nodes[-1].name),)
        nodes.append(
            Node(kind=kind.name, name=f"inner_{place}", arguments=draw(arguments(kind)), inbound=before)
        )
    return draw(st.sampled_from(["Sequential", "Functional"])), Architecture(nodes=tuple(nodes))


def ask_plain_keras(architecture: Architecture, plain: PlainKeras) -> Trial:
    """Plain Keras' answers for a given model."""
    plain.begin()
    answers: dict[str, Answer | None] = {}
    for node in architecture.nodes:
        sources = [answers[source.node] for source in node.inbound]
        blocked = any(source is None or source.error for source in sources)
        answers[node.name] = None if blocked else plain.add(node)
    return end_trial(architecture, list(answers.values()), plain)


def end_trial(architecture: Architecture, answers: list[Answer | None], plain: PlainKeras) -> Trial:
    """The trial, with Keras' complaint where a layer at the end gives back what entered the model."""
    ends = {source.node for source in architecture.ends}
    for place, node in enumerate(architecture.nodes):
        answer = answers[place]
        if node.kind == GIVES_BACK and node.name in ends and answer and not answer.error:
            refusal = plain.leave(node.name)
            answers[place] = Answer(error=refusal) if refusal else answer
    return Trial(architecture, tuple(answers))


@st.composite
def trials(draw: st.DrawFn, plain: PlainKeras) -> Trial:
    """A random model with plain Keras' answers."""
    return Drawing(draw, plain).draw_trial()
