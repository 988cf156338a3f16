"""Random models, right and wrong, drawn beside plain Keras: each layer for the tensors that there are."""

import math
from typing import Any, NamedTuple

from hypothesis import strategies as st
from plain import GIVES_BACK, KEYS, Answer, Beginning, Tensor
from plain_process import AS_USUAL, PlainKeras
from random_arguments import arguments

from app.architecture import Architecture, Node, Source
from app.architecture.catalogue import CELL, KINDS, Kind, load_operations
from app.architecture.spec import INPUT
from app.frozen import Shape

MOST_LAYERS = 7
LARGEST = 5_000
"""Numbers in one sample: what is larger is read by nobody, so that weights stay small."""

STATES = {"GRU": 1, "LSTM": 2, "SimpleRNN": 1}
"""How many states a recurrent layer can be started from."""

MASKED = frozenset(
    [
        "BatchNormalization",
        "Bidirectional",
        "GRU",
        "GlobalAveragePooling1D",
        "LSTM",
        "RNN",
        "SimpleRNN",
        "TimeDistributed",
    ]
)
"""Layers that may be handed a mask of the timesteps by its name."""

POLICIES = ["float32"] * 9 + ["bfloat16", "float64", "mixed_float16"]

JOINING = ["Add", "Concatenate", "Multiply"]

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
    policy: str = AS_USUAL.policy

    @property
    def builds(self) -> bool:
        """Whether plain Keras took every layer."""
        return all(answer and not answer.error for answer in self.answers)


class Drawing:
    """A model while it is drawn."""

    def __init__(self, draw: st.DrawFn, plain: PlainKeras) -> None:
        self._draw, self._plain = draw, plain
        self._nodes: list[Node] = []
        self._answers: list[Answer | None] = []
        self._tensors: list[tuple[Source, Tensor]] = []
        self._failed: list[str] = []
        self._beginning = Beginning(draw(st.sampled_from(POLICIES)), draw(st.booleans()))
        plain.begin(self._beginning)

    def draw_trial(self) -> Trial:
        """One or two inputs, and up to seven layers on them."""
        for _ in range(self._draw(st.integers(1, 2))):
            self._add(INPUT, self._draw(input_arguments()), [])
        for _ in range(self._draw(st.integers(1, MOST_LAYERS))):
            self._draw_layer()
        trial = end_trial(Architecture(nodes=tuple(self._nodes)), self._answers, self._plain)
        return trial._replace(policy=self._beginning.policy)

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
            # Keras counts no call of such a layer that follows one which gave back what it read.
            and node.kind != GIVES_BACK
            and not (answer and answer.error)
        ]
        if way == 0 and again:
            first = draw(st.sampled_from(again))
            self._add(first.kind, first.arguments, [source], model=first.model, shares=first.name)
        elif way == 1:
            entering = [(source, tensor), *draw(st.lists(st.sampled_from(readable), max_size=1))]
            model = draw(inner_models([each for _, each in entering]))
            self._add(*model, [each for each, _ in entering])
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
        if draw(st.integers(0, 5)) == 0:
            self._hand_masks(kind, inbound, call)
        self._add(kind.name, given, inbound, call=call)

    def _hand_masks(self, kind: Kind, inbound: list[Source], call: dict[str, Any]) -> None:
        """Masks under their names, each of which enters the model by itself."""
        shapes = {source: tensor.shape for source, tensor in self._tensors}
        read = [shapes.get(source, ()) for source in inbound]
        if kind.name in MASKED:
            call["mask"] = self._enter_mask(read[0][:2], inbound)
        elif kind.category == "attention" and kind.call == "list":
            call["mask"] = [self._enter_mask(shape[:2], inbound) for shape in read[:2]]
        elif kind.category == "attention":
            masks = {"query_mask": read[0][:2], "value_mask": read[1][:2], "key_mask": read[-1][:2]}
            masks["attention_mask"] = (*read[0][:2], *read[1][1:2])
            name = self._draw(st.sampled_from(sorted(masks)))
            call[name] = self._enter_mask(masks[name], inbound)

    def _enter_mask(self, shape: Shape, inbound: list[Source]) -> dict[str, int]:
        self._add(INPUT, {"batch_shape": list(shape) or [None], "dtype": "bool"}, [])
        inbound.append(Source(node=self._nodes[-1].name))
        return {"inbound": len(inbound) - 1}

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
        if self._beginning.policy != AS_USUAL.policy and kind != INPUT:
            given = leave_to_policy(given)
        # In the order of the alphabet, which is that of a dict's keys.
        name = f"layer_{len(self._nodes):02}"
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


def leave_to_policy(value: Any) -> Any:
    """Arguments without the type that a layer has where nothing is said of it: it is not written down."""
    if isinstance(value, list):
        return [leave_to_policy(part) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        name: leave_to_policy(part) for name, part in value.items() if (name, part) != ("dtype", "float32")
    }


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
def inner_models(draw: st.DrawFn, tensors: list[Tensor]) -> tuple[str, Architecture]:
    """A chain of layers for tensors like these most of the time; the last two join, and may leave both."""
    shapes = [[None, *tensor.shape[1:]] if draw(st.integers(0, 9)) else [None, 3] for tensor in tensors]
    nodes = [
        Node(kind=INPUT, name=f"inside_{place}", arguments={"batch_shape": shape, "dtype": tensor.dtype})
        for place, (shape, tensor) in enumerate(zip(shapes, tensors, strict=True))
    ]
    fitting = [kind for kind in fitting_kinds(tensors[0]) if kind.inputs == "one"]
    before, others = nodes[0].name, [node.name for node in nodes[1:]]
    for place in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(fitting))
        name = f"inner_{place}"
        nodes.append(
            Node(kind=kind.name, name=name, arguments=draw(arguments(kind)), inbound=(Source(node=before),))
        )
        before = name
    for other in others:
        both = (Source(node=before), Source(node=other))
        nodes.append(Node(kind=draw(st.sampled_from(JOINING)), name="joined", inbound=both))
    if len(tensors) > 1 or draw(st.booleans()):
        inside = [node for node in nodes if not node.is_input]
        leaving = draw(st.sampled_from([inside[-1:], inside[-2:], inside[:-3:-1]]))
        outputs = tuple(Source(node=node.name) for node in leaving)
        return "Functional", Architecture(nodes=tuple(nodes), outputs=outputs)
    return "Sequential", Architecture(nodes=tuple(nodes))


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
