"""read_form(): the submitted fields as a Question. What `cards.py` writes, this reads back."""

import json
import re
from collections.abc import Mapping, Sequence

from pydantic import JsonValue, ValidationError

from app.architecture.catalogue import Argument, Kind, find_kind
from app.architecture.code.naming import name_node
from app.architecture.edit import follow_first
from app.architecture.form.actions import act
from app.architecture.form.groups import DEEPEST, WRAPPED_KINDS
from app.architecture.form.handed import read_call
from app.architecture.form.holes import DEFAULT, NAME, VALUE, read_holes
from app.architecture.form.sequences import read_sequences
from app.architecture.form.starts import is_usual_name, make_room, start_argument
from app.architecture.form.widgets import has_widget, read_field, read_number
from app.architecture.question import DRAWN_TIMESTEPS, Question
from app.architecture.spec import INPUT, Architecture, Node, Source
from app.frozen import JsonObject
from app.problems import ArchitectureError, BadRequest
from app.validation import describe_errors

_KIND = re.compile(r"n(\d{1,6})\.kind")
MOST_TIMESTEPS = 64
MOST_CARDS = 200
"""A page has far fewer; a larger model is edited as code."""


def read_form(fields: Sequence[tuple[str, str]]) -> Question:
    """What the visitor means, after the button that was pressed has done its work.

    Raises BadRequest for fields that no form of ours sends, ArchitectureError for a graph that does not
    hold together, UnknownLayer for a kind that there is none of.
    """
    form = Form(fields)
    timesteps = _read_timesteps(form)
    sequences = read_sequences({name: form.text(name) for name in form.names()})
    if form.has("code"):
        holes = read_holes(form.all(NAME), form.all(DEFAULT), form.all(VALUE))
        code = form.text("code").replace("\r\n", "\n")
        return Question(code=code, timesteps=timesteps, holes=holes, sequences=sequences)
    keys = _list_keys(form)
    if not keys:
        raise BadRequest("The form holds neither `code` nor a layer.")
    names = _name_nodes(form, keys)
    try:
        architecture = Architecture(
            name=form.text("model") or "model",
            nodes=_read_nodes(form, keys, names, timesteps),
            outputs=tuple(_read_source(text, names) for text in form.all("outputs")),
        )
        if form.has("do"):
            architecture = act(architecture, _read_button(form), names)
    except ValidationError as error:
        raise ArchitectureError(describe_errors(error.errors())) from error
    return Question(architecture=architecture, timesteps=timesteps, sequences=sequences)


def read_keys(fields: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The key that each node, by name, has on the visitor's page, so that the answer's cards keep theirs."""
    form = Form(fields)
    return {name: int(key) for key, name in _name_nodes(form, _list_keys(form)).items()}


def is_step(fields: Sequence[tuple[str, str]]) -> bool:
    """Whether a button was pressed or a layer became one of another kind: one step, not typing."""
    form = Form(fields)
    changed = (form.text(name) != form.text(name.removesuffix("kind") + "was") for name in _list_kinds(form))
    return form.has("do") or any(changed)


class Form:
    """Submitted fields by name. A name may come more than once; the last one counts, or all do."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in fields:
            self._values.setdefault(name, []).append(value)

    def has(self, name: str) -> bool:
        """Whether the field was submitted at all."""
        return name in self._values

    def all(self, name: str) -> list[str]:
        """Every value, in the order of the page."""
        return self._values.get(name, [])

    def text(self, name: str) -> str:
        """The last value; empty where there is none."""
        return self._values.get(name, [""])[-1]

    def names(self) -> list[str]:
        """The fields in the order in which they first came."""
        return list(self._values)


def _read_timesteps(form: Form) -> int:
    number = read_number(form.text("timesteps"))
    return max(1, min(MOST_TIMESTEPS, number)) if isinstance(number, int) else DRAWN_TIMESTEPS


def _list_kinds(form: Form) -> list[str]:
    return [name for name in form.names() if name.endswith(".kind")]


def _list_keys(form: Form) -> list[str]:
    keys = [match[1] for name in form.names() if (match := _KIND.fullmatch(name))]
    if len(keys) > MOST_CARDS:
        raise BadRequest(f"The form holds {len(keys):,} layers; more than {MOST_CARDS} are edited as code.")
    return keys


def _read_button(form: Form) -> str:
    """The button that was pressed. `add:3` adds the kind that is written beside it."""
    verb, _, key = form.text("do").partition(":")
    return f"add:{key}:{form.text(f'n{key}.add')}" if verb == "add" and ":" not in key else form.text("do")


def _name_nodes(form: Form, keys: Sequence[str]) -> dict[str, str]:
    """The name of each key's node; one that was wiped out, or spoke of another kind, is the kind's anew."""
    names = {key: form.text(f"n{key}.name") for key in keys}
    taken = set(names.values())
    for key in keys:
        kind, was = form.text(f"n{key}.kind"), form.text(f"n{key}.was")
        if not names[key].strip() or (was and was != kind and is_usual_name(names[key], was)):
            names[key] = name_node(kind, taken)
            taken.add(names[key])
    return names


def _read_nodes(
    form: Form, keys: Sequence[str], names: Mapping[str, str], timesteps: int
) -> tuple[Node, ...]:
    nodes = []
    for key in keys:
        node, first = _read_node(form, key, names, timesteps), form.text(f"n{key}.shares")
        if first and first not in names:
            raise ArchitectureError(f"{node.name!r} calls a layer again that is not in this form.")
        nodes.append(node.model_copy(update={"shares": names[first]}) if first else node)
    return follow_first(nodes)


def _read_node(form: Form, key: str, names: Mapping[str, str], timesteps: int) -> Node:
    prefix = f"n{key}"
    kind = find_kind(form.text(f"{prefix}.kind"))
    arguments = _read_arguments(form, prefix, kind)
    if kind.name == INPUT:
        arguments["batch_shape"] = _read_axes(form, prefix, timesteps)
    inputs = tuple(_read_source(text, names) for text in form.all(f"{prefix}.inbound"))
    handed = tuple(_read_source(text, names) for text in form.all(f"{prefix}.handed"))
    return Node(
        kind=kind.name,
        name=names[key],
        arguments=make_room(kind, arguments, len(inputs)),
        inbound=(*inputs, *handed),
        call=read_call(_read_object(form.text(f"{prefix}.call")), len(inputs)),
        model=_read_model(form, prefix, timesteps),
    )


def _read_model(form: Form, prefix: str, timesteps: int) -> Architecture | None:
    """The model that is used as a layer, with what was changed in the fields of its own layers."""
    text = form.text(f"{prefix}.model")
    if not text:
        return None
    model = Architecture.model_validate_json(text)
    return Architecture(
        name=model.name,
        nodes=follow_first(
            [
                _read_inner(form, f"{prefix}.inner.{place}", node, timesteps)
                for place, node in enumerate(model.nodes)
            ]
        ),
        outputs=model.outputs,
    )


def _read_inner(form: Form, prefix: str, node: Node, timesteps: int) -> Node:
    if not form.has(f"{prefix}.kind"):
        return node
    arguments = _read_arguments(form, prefix, find_kind(node.kind))
    if node.is_input and form.has(f"{prefix}.shape.0"):
        arguments["batch_shape"] = _read_axes(form, prefix, timesteps)
    return node.model_copy(update={"arguments": arguments})


def _read_source(text: str, names: Mapping[str, str]) -> Source:
    key, _, output = text.partition(".")
    if key not in names or not re.fullmatch(r"\d{0,3}", output):
        raise ArchitectureError(f"A layer reads from {text[:20]!r}, which is no layer of this form.")
    return Source(node=names[key], output=int(output or 0))


def _read_arguments(form: Form, prefix: str, kind: Kind) -> JsonObject:
    was = find_kind(form.text(f"{prefix}.was") or kind.name)
    arguments = _read_object(form.text(f"{prefix}.rest"))
    if was != kind:
        # What the new kind does not take is left behind with the old one.
        arguments = {name: value for name, value in arguments.items() if kind.argument(name)}
    for argument in kind.arguments:
        name = f"{prefix}.{argument.name}"
        value: JsonValue = None
        if argument.type == "layer" and form.has(f"{name}.kind"):
            value = _read_wrapped(form, name)
        elif (
            form.has(name) and has_widget(argument) and not _is_default(was, kind, argument, form.text(name))
        ):
            value = read_field(argument, form.text(name))
        elif was != kind and argument.required:
            value = _wrap(form, prefix, was, kind) or start_argument(kind, argument)
        if value is not None:
            arguments[argument.name] = value
    return arguments


def _wrap(form: Form, prefix: str, was: Kind, kind: Kind) -> JsonValue:
    """The layer that stood here, inside the wrapper that it was changed into; None where it does not fit."""
    if was.name not in WRAPPED_KINDS.get(kind.name, ()):
        return None
    return {"kind": was.name, "arguments": _read_arguments(form, prefix, was)}


def _is_default(was: Kind, kind: Kind, argument: Argument, text: str) -> bool:
    """Whether the field only shows what the kind before this one had by default."""
    old = was.argument(argument.name)
    return was != kind and old is not None and read_field(old, text) is None


def _read_wrapped(form: Form, prefix: str) -> JsonValue:
    if prefix.count(".") > DEEPEST:
        raise ArchitectureError(f"Layers are wrapped in layers more than {DEEPEST} deep.")
    kind = find_kind(form.text(f"{prefix}.kind"))
    return {"kind": kind.name, "arguments": _read_arguments(form, prefix, kind)}


def _read_object(text: str) -> JsonObject:
    try:
        rest = json.loads(text or "{}", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRequest("What the form carries along is not JSON.") from error
    if not isinstance(rest, dict):
        raise BadRequest("What the form carries along is not an object.")
    return rest


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _read_axes(form: Form, prefix: str, timesteps: int) -> list[JsonValue]:
    sizes: list[JsonValue] = []
    while form.has(name := f"{prefix}.shape.{len(sizes)}"):
        sizes.append(_read_size(form.text(name).strip(), form.all(f"{name}.any"), timesteps))
    if not sizes:
        raise ArchitectureError("An input needs the sizes of its axes.")
    return sizes


def _read_size(text: str, ticks: list[str], timesteps: int) -> int | None:
    """One axis. The box "any length" carries the number it was drawn beside.

    Where the number has changed since, it is the newer wish; a box unticked beside no number takes as
    many as are drawn.
    """
    if ticks and text in ("", ticks[-1]):
        return None
    size = read_number(text) if text else timesteps
    if not isinstance(size, int):
        raise ArchitectureError(f"{text[:40]!r} is no size of an axis: a whole number, or any length.")
    return size
