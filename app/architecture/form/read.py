"""read_form(): submitted fields as a Question; the inverse of `cards.py`."""

import re
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from app.architecture.catalogue import find_kind
from app.architecture.code.layers.naming import is_usual_name, name_node
from app.architecture.edit import follow_first
from app.architecture.form.actions import press_button
from app.architecture.form.arguments import read_arguments, read_axes, read_object
from app.architecture.form.fields import Form
from app.architecture.form.handed import read_call
from app.architecture.form.holes import DEFAULT, NAME, VALUE, read_holes
from app.architecture.form.sequences import read_sequences
from app.architecture.form.starts import make_room
from app.architecture.form.widgets import read_number
from app.architecture.made import MAX_MADE
from app.architecture.question import DRAWN_TIMESTEPS, MAX_PIECES, Question
from app.architecture.spec import INPUT, Architecture, Node, Source
from app.problems import ArchitectureError, BadRequest
from app.validation import describe_errors

_KIND = re.compile(r"n(\d{1,6})\.kind")
MOST_TIMESTEPS = 64
MOST_CARDS = 200
"""The page has far fewer; a larger model is edited as code."""


def read_form(fields: Sequence[tuple[str, str]]) -> Question:
    """The question in the fields, after the change that the pressed button makes.

    Raises BadRequest for fields that the page never sends, ArchitectureError for an invalid graph,
    UnknownLayer for an unknown kind.
    """
    form = Form(fields)
    timesteps, stride = _read_count(form, "timesteps", DRAWN_TIMESTEPS), _read_count(form, "stride", 1)
    piece = _read_choice(form, "piece", MAX_PIECES)
    shown_model = _read_choice(form, "shown_model", MAX_MADE)
    unfolded = form.text("unfolded") == "1"
    sequences = read_sequences({name: form.text(name) for name in form.names()})
    if form.has("code"):
        holes = read_holes(form.all(NAME), form.all(DEFAULT), form.all(VALUE))
        code = form.text("code").replace("\r\n", "\n")
        return Question(
            code=code,
            piece=piece,
            shown_model=shown_model,
            timesteps=timesteps,
            stride=stride,
            unfolded=unfolded,
            holes=holes,
            sequences=sequences,
        )
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
            architecture = press_button(architecture, _read_button(form), names)
    except ValidationError as error:
        raise ArchitectureError(describe_errors(error.errors())) from error
    return Question(
        architecture=architecture,
        piece=piece,
        shown_model=shown_model,
        timesteps=timesteps,
        stride=stride,
        unfolded=unfolded,
        sequences=sequences.rename(_list_renamed(form, names)) if sequences else None,
    )


def read_keys(fields: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The key of each node's card on the visitor's page, by name, so that cards keep their keys."""
    form = Form(fields)
    return {name: int(key) for key, name in _name_nodes(form, _list_keys(form)).items()}


def is_step(fields: Sequence[tuple[str, str]]) -> bool:
    """Whether a button was pressed or a layer's kind was changed, rather than something typed."""
    form = Form(fields)
    changed = (form.text(name) != form.text(name.removesuffix("kind") + "was") for name in _list_kinds(form))
    return form.has("do") or any(changed)


def _read_choice(form: Form, name: str, most: int) -> int | None:
    number = read_number(form.text(name))
    return number if isinstance(number, int) and 1 <= number <= most else None


def _read_count(form: Form, name: str, default: int) -> int:
    number = read_number(form.text(name))
    return max(1, min(MOST_TIMESTEPS, number)) if isinstance(number, int) else default


def _list_kinds(form: Form) -> list[str]:
    return [name for name in form.names() if name.endswith(".kind")]


def _list_keys(form: Form) -> list[str]:
    keys = [match[1] for name in form.names() if (match := _KIND.fullmatch(name))]
    if len(keys) > MOST_CARDS:
        raise BadRequest(f"The form holds {len(keys):,} layers; more than {MOST_CARDS} are edited as code.")
    return keys


def _read_button(form: Form) -> str:
    """The button that was pressed; `add:3` adds the kind that was typed beside it."""
    verb, _, key = form.text("do").partition(":")
    return f"add:{key}:{form.text(f'n{key}.add')}" if verb == "add" and ":" not in key else form.text("do")


def _name_nodes(form: Form, keys: Sequence[str]) -> dict[str, str]:
    """The name of the node of each key.

    An emptied name, or one made of the old kind, is made of the new kind.
    """
    names = {key: form.text(f"n{key}.name") for key in keys}
    taken = set(names.values())
    for key in keys:
        kind, was = form.text(f"n{key}.kind"), form.text(f"n{key}.was")
        if not names[key].strip() or (was and was != kind and is_usual_name(names[key], was)):
            names[key] = name_node(kind, taken)
            taken.add(names[key])
    return names


def _list_renamed(form: Form, names: Mapping[str, str]) -> dict[str, str]:
    """The new names of inputs by their old names, which the typed sequences still refer to."""
    return {form.text(f"n{key}.called"): name for key, name in names.items() if form.has(f"n{key}.called")}


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
    arguments = read_arguments(form, prefix, kind)
    if kind.name == INPUT:
        arguments["batch_shape"] = read_axes(form, prefix, timesteps)
    inputs = tuple(_read_source(text, names) for text in form.all(f"{prefix}.inbound"))
    handed = tuple(_read_source(text, names) for text in form.all(f"{prefix}.handed"))
    return Node(
        kind=kind.name,
        name=names[key],
        arguments=make_room(kind, arguments, len(inputs)),
        inbound=(*inputs, *handed),
        call=read_call(read_object(form.text(f"{prefix}.call")), len(inputs)),
        model=_read_model(form, prefix, timesteps),
    )


def _read_model(form: Form, prefix: str, timesteps: int) -> Architecture | None:
    """The nested model, with the changes made in the fields of its layers."""
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
    arguments = read_arguments(form, prefix, find_kind(node.kind))
    if node.is_input and form.has(f"{prefix}.shape.0"):
        arguments["batch_shape"] = read_axes(form, prefix, timesteps)
    return node.model_copy(update={"arguments": arguments})


def _read_source(text: str, names: Mapping[str, str]) -> Source:
    key, _, output = text.partition(".")
    if key not in names or not re.fullmatch(r"\d{0,3}", output):
        raise ArchitectureError(f"A layer reads from {text[:20]!r}, which is no layer of this form.")
    return Source(node=names[key], output=int(output or 0))
