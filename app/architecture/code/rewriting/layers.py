"""propose_layers(): edits that add, remove, move, exchange or reconnect one layer in the code."""

import ast
import re
from collections.abc import Iterable, Iterator

from app.architecture.catalogue import KINDS, find_kind
from app.architecture.code.layers.naming import write_snake_case
from app.architecture.code.rewriting.changes import Change, is_reordered
from app.architecture.code.rewriting.makers import find_spelled_kind, list_given, name_function
from app.architecture.code.rewriting.sites import Site, find_sites
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.code.writing.constructors import Constructors
from app.architecture.code.writing.literals import write_keyword
from app.architecture.spec import INPUT, OPAQUE, Architecture, Inbound, Node
from app.problems import ArchitectureError

OURS = re.compile(r"\b(?:keras|layers)\.([A-Z]\w*)\(")
"""The form of a layer in code that write_code() wrote."""


def propose_layers(text: Text, before: Architecture, after: Architecture) -> Iterator[list[Edit]]:
    """Ways to change the layers of one architecture into those of another, if one step is enough."""
    old = {node.name: node for node in before.nodes}
    new = {node.name: node for node in after.nodes}
    gone = [node for node in before.nodes if node.name not in new]
    come = [node for node in after.nodes if node.name not in old]
    both = [(node, new[node.name]) for node in before.nodes if node.name in new]
    turned = [pair for pair in both if pair[0].kind != pair[1].kind]
    joined = [pair for pair in both if pair[0].inbound != pair[1].inbound]
    match len(gone), len(come), len(turned):
        case 1, 0, 0:
            yield from _remove(text, before, gone[0])
        case 0, 1, 0:
            yield from _add(text, before, come[0], after)
        case 1, 1, 0:
            yield from _exchange(text, gone[0], come[0])
        case 0, 0, 1:
            yield from _exchange(text, *turned[0])
        case 0, 0, 0 if len(joined) == 1:
            yield from _rewire(text, before, *joined[0])
        case 0, 0, 0 if is_reordered(before, after):
            pairs = zip(before.nodes, after.nodes, strict=True)
            yield from _swap(text, [one for one, two in pairs if one.name != two.name])


def propose_input(
    text: Text, before: Architecture, after: Architecture, change: Change
) -> Iterator[list[Edit]]:
    """An Input in front of the model, if the code has none and its shape was assumed."""
    if change.kind != INPUT or len(change.where) < 2 or not isinstance(change.where[0], int):
        return
    input_layer = _name_anew(after.nodes[change.where[0]])
    readers = (node for node in before.nodes if any(source.node == change.layer for source in node.inbound))
    for site in _find_all_sites(text, readers):
        written, imports = _write_layer(text, input_layer, site)
        for edits in site.insert_before(written, "{}"):
            yield edits + imports


def _find_all_sites(text: Text, nodes: Iterable[Node]) -> Iterator[Site]:
    for node in nodes:
        yield from find_sites(text, node)


def _remove(text: Text, before: Architecture, gone: Node) -> Iterator[list[Edit]]:
    for site in find_sites(text, gone):
        yield from site.remove()
        read = before.node(gone.inbound[0].node) if gone.inbound else gone
        if read.is_input and not any(find_sites(text, read)):
            # It declared the model's input shape; an Input in its place does so instead.
            written, imports = _write_layer(text, _name_anew(read), site)
            yield [text.replace(site.maker, written), *imports]


def _name_anew(node: Node) -> Node:
    """The node under the first name that Keras gives its kind, which code need not write."""
    return node.model_copy(update={"name": write_snake_case(node.kind)})


def _add(text: Text, before: Architecture, come: Node, after: Architecture) -> Iterator[list[Edit]]:
    """After the layer that it reads, or before the one that reads it; named by Keras, or by its own name."""
    if come.kind not in KINDS or come.kind == INPUT or len(come.inbound) != 1 or come.call:
        return
    names = {node.name for node in after.nodes if any(source.node == come.name for source in node.inbound)}
    read = [node for node in before.nodes if node.name == come.inbound[0].node]
    readers = [node for node in before.nodes if node.name in names]
    for named in (_name_anew(come), come):
        for site in _find_all_sites(text, read):
            layer, imports = _write_layer(text, named, site)
            for edits in site.insert_after(layer, _write_call(come, layer), come.name):
                yield edits + imports
        for site in _find_all_sites(text, readers):
            layer, imports = _write_layer(text, named, site)
            for edits in site.insert_before(layer, _write_call(come, layer)):
                yield edits + imports


def _write_layer(text: Text, node: Node, site: Site) -> tuple[str, list[Edit]]:
    """The constructor in the style of the source (`Dense(3)`, `layers.Dense(3)`), and the import it needs."""
    written = Constructors(_refuse_model).write(node)
    prefix = _find_prefix(text, site)
    imports = [] if prefix else list(_import(text, OURS.findall(written)))
    return OURS.sub(rf"{prefix}\1(", written), imports


def _refuse_model(*_: object) -> str:
    raise ArchitectureError("A model in the place of one layer takes more than one line.")


def _write_call(node: Node, layer: str) -> str:
    kind = find_kind(node.kind)
    listed = kind.inputs == "many" and kind.call == "list"
    # The braces of what is written stand for themselves.
    return layer.replace("{", "{{").replace("}", "}}") + ("([{}])" if listed else "({})")


def _find_prefix(text: Text, site: Site) -> str:
    """What is written before the class of the nearest layer: `layers.`, `tf.keras.layers.`, or nothing."""
    makers = [call for call in text.calls if find_spelled_kind(call) not in (None, INPUT)]
    if not makers:
        return "layers."
    nearest = min(makers, key=lambda call: abs(call.lineno - site.maker.lineno))
    return text.slice(nearest.func).removesuffix(name_function(nearest))


def _import(text: Text, classes: Iterable[str]) -> Iterator[Edit]:
    """Imports of the classes that are not imported yet, after the last one from the same module."""
    imports = [part for part in ast.walk(text.tree) if isinstance(part, ast.ImportFrom)]
    known = {name.name for statement in imports for name in statement.names}
    missing = [name for name in dict.fromkeys(classes) if name not in known]
    from_layers = [one for one in imports if (one.module or "").endswith("layers") and "*" not in known]
    if missing and from_layers:
        place = text.end(from_layers[0].names[-1])
        yield Edit(place, place, "".join(f", {name}" for name in missing))


def _swap(text: Text, moved: list[Node]) -> Iterator[list[Edit]]:
    """Exchange two neighbours: whole lines with their comments, else just their expressions."""
    if len(moved) != 2:
        return
    for first in find_sites(text, moved[0]):
        for second in find_sites(text, moved[1]):
            lines = first.find_lines(), second.find_lines()
            if lines[0] and lines[1] and lines[0] != lines[1]:
                texts = [text.bytes[start:end].decode() for start, end in filter(None, lines)]
                yield [Edit(*lines[0], texts[1]), Edit(*lines[1], texts[0])]
            if first.maker is not second.maker:
                makers = first.maker, second.maker
                yield [
                    text.replace(one, text.slice(two)) for one, two in zip(makers, makers[::-1], strict=True)
                ]


def _exchange(text: Text, old: Node, new: Node) -> Iterator[list[Edit]]:
    """Exchange a layer for one of another kind, keeping common arguments; or wrap or unwrap it."""
    if new.kind not in KINDS or old.kind == OPAQUE:
        return
    for site in find_sites(text, old):
        maker = site.maker
        prefix = text.slice(maker.func).removesuffix(name_function(maker))
        imports = [] if prefix else list(_import(text, [new.kind]))
        if new.arguments == {"layer": {"kind": old.kind, "arguments": old.arguments}}:
            yield [text.replace(maker, f"{prefix}{new.kind}({text.slice(maker)})"), *imports]
        given = list_given(maker, find_kind(old.kind))
        if "layer" in given and old.arguments.get("layer") == {"kind": new.kind, "arguments": new.arguments}:
            yield [text.replace(maker, text.slice(given["layer"]))]
        kept = ", ".join(_keep_arguments(text, given, old, new))
        yield [text.replace(maker, f"{prefix}{new.kind}({kept})"), *imports]


def _keep_arguments(text: Text, given: dict[str, ast.expr], old: Node, new: Node) -> Iterator[str]:
    """The arguments, as they are written, that the new layer takes as well."""
    kind = find_kind(new.kind)
    kept = [name for name in given if (name in new.arguments and name in old.arguments) or name == "name"]
    for place, name in enumerate(kept):
        in_order = kind.positional[place : place + 1] == (name,) and kind.arguments[place].required
        written = text.slice(given[name])
        if name != "name" or old.name == new.name:
            yield written if in_order else write_keyword(name, written)


def _rewire(text: Text, before: Architecture, old: Node, new: Node) -> Iterator[list[Edit]]:
    """Call a layer on other tensors, if each of them has a name in the code."""
    names = _name_tensors(text, before, new.inbound)
    for site in find_sites(text, old) if names else ():
        match site.tensor:
            case ast.Call(args=[only]) if site.tensor is not site.maker:
                listed = isinstance(only, ast.List) or len(names) > 1
                yield [text.replace(only, f"[{', '.join(names)}]" if listed else names[0])]
            case ast.Call(args=[first, *_] as many, keywords=[]) if site.tensor is not site.maker:
                yield [Edit(text.start(first), text.end(many[-1]), ", ".join(names))]


def _name_tensors(text: Text, before: Architecture, sources: Inbound) -> list[str]:
    """The variables that hold the tensors; none if one of them has none."""
    names = [
        next((site.variable for site in find_sites(text, before.node(source.node)) if site.variable), None)
        for source in sources
    ]
    return [name for name in names if name] if all(names) else []
