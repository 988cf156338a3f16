"""Sites: where a layer is written in the source, and edits that remove it or insert others beside it."""

import ast
from collections.abc import Iterator

from app.architecture.code.rewriting.makers import find_makers, name_function
from app.architecture.code.rewriting.text import Edit, Text
from app.architecture.spec import INPUT, Node

PROMPTS = (b"", b">>>", b"...")
LAYERS_OF_A_LIST = (ast.List, ast.Tuple)


class Site:
    """The call that makes a layer, the expression of its output tensor, and the statement they are in."""

    def __init__(self, text: Text, maker: ast.Call, tensor: ast.expr) -> None:
        self.text = text
        self.maker = maker
        self.tensor = tensor
        """The call of the layer on tensors; the constructor call itself, if the layer is not called here."""
        self.statement = text.find_statement(tensor)
        self.parent = text.parents[tensor]

    @property
    def is_element(self) -> bool:
        """Whether it is an element of a list of layers."""
        return isinstance(self.parent, LAYERS_OF_A_LIST) and self.tensor is self.maker

    @property
    def receiver(self) -> str | None:
        """`model`, if the statement is `model.add(…)`."""
        match self.statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="add", value=model)) as call):
                return self.text.slice(model) if call is self.parent else None
        return None

    @property
    def variable(self) -> str | None:
        """`x`, if the statement is `x = …` with just the tensor on the right."""
        match self.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if value is self.tensor:
                return name
        return None

    @property
    def read(self) -> ast.expr | None:
        """The one tensor that the layer is called on here."""
        match self.tensor:
            case ast.Call(args=[only], keywords=[]) if self.tensor is not self.maker:
                return None if isinstance(only, ast.List | ast.Tuple | ast.Starred) else only
        return None

    @property
    def unit(self) -> ast.expr | ast.stmt:
        """What is moved with the layer: the list element, or the statement."""
        return self.tensor if self.is_element else self.statement

    def find_lines(self) -> tuple[int, int] | None:
        """The first and last line of the unit, if nothing but a comment is beside it."""
        written, unit = self.text.bytes, self.unit
        start, end = self.text.start(unit), self.text.end(unit)
        first, last = self.text.line_start(start), self.text.line_end(end)
        behind = written[end:last].strip().removeprefix(b",").strip()
        alone = written[first:start].strip() in PROMPTS and (not behind or behind.startswith(b"#"))
        return (first, last) if alone else None

    def remove(self) -> Iterator[list[Edit]]:
        """Ways to remove the layer."""
        lines = self.find_lines()
        if self.is_element:
            yield [Edit(*lines, "")] if lines else [self._cut_element()]
        elif self.receiver is not None and lines:
            yield [Edit(*lines, "")]
        elif (read := self.read) is not None:
            passed = self.text.slice(read)
            yield (
                [Edit(*lines, "")]
                if lines and passed == self.variable
                else [self.text.replace(self.tensor, passed)]
            )

    def _cut_element(self) -> Edit:
        elements = self.parent.elts if isinstance(self.parent, LAYERS_OF_A_LIST) else []
        at = elements.index(self.tensor)
        if at + 1 < len(elements):
            return Edit(self.text.start(self.tensor), self.text.start(elements[at + 1]), "")
        start = self.text.end(elements[at - 1]) if at else self.text.start(self.tensor)
        return Edit(start, self.text.end(self.tensor), "")

    def insert_after(self, layer: str, called: str, variable: str) -> Iterator[list[Edit]]:
        """Ways to insert a layer after this one: `called` is the text that calls it on `{}`."""
        text, end = self.text, self.text.end(self.tensor)
        if self.is_element:
            yield self._add_line(f"{layer},", comma=True) or [Edit(end, end, f", {layer}")]
        elif self.receiver is not None:
            yield self._add_line(f"{self.receiver}.add({layer})")
        else:
            if (name := self.variable) is not None:
                yield self._add_line(f"{name} = {called.format(name)}")
                line = self._add_line(f"{variable} = {called.format(name)}")
                yield line + [text.replace(use, variable) for use in self._list_uses(name)]
            yield [text.replace(self.tensor, called.format(text.slice(self.tensor)))]

    def insert_before(self, layer: str, called: str) -> Iterator[list[Edit]]:
        """Ways to insert a layer before this one."""
        start = self.text.start(self.tensor)
        if self.is_element:
            yield self._add_line(f"{layer},", before=True) or [Edit(start, start, f"{layer}, ")]
        elif self.receiver is not None:
            yield self._add_line(f"{self.receiver}.add({layer})", before=True)
        elif (read := self.read) is not None:
            yield [self.text.replace(read, called.format(self.text.slice(read)))]

    def _list_uses(self, name: str) -> list[ast.Name]:
        """Later layer calls on the variable; arguments of model constructors are left out."""
        return [
            argument
            for call in self.text.calls
            if not name_function(call).endswith("Model")
            for part in call.args
            for argument in (part.elts if isinstance(part, LAYERS_OF_A_LIST) else [part])
            if isinstance(argument, ast.Name) and argument.id == name
        ]

    def _add_line(self, line: str, comma: bool = False, before: bool = False) -> list[Edit]:
        """A new line beside the unit's lines; none if these hold something else."""
        lines = self.find_lines()
        if lines is None:
            return []
        start, end = self.text.start(self.unit), self.text.end(self.unit)
        margin = self.text.bytes[lines[0] : start].decode()
        if before:
            return [Edit(lines[0], lines[0], f"{margin}{line}\n")]
        written = self.text.bytes
        has_comma = written[end : lines[1]].lstrip().startswith(b",")
        break_before = "" if written[: lines[1]].endswith(b"\n") else "\n"
        added = Edit(lines[1], lines[1], f"{break_before}{margin}{line}\n")
        return [*([Edit(end, end, ",")] if comma and not has_comma else []), added]


def find_sites(text: Text, node: Node) -> Iterator[Site]:
    """Where a layer is written: where it is made, and where its variable is called."""
    for maker in find_makers(text, node.kind, node.line):
        for tensor in _find_uses(text, maker, node) or [maker]:
            yield Site(text, maker, tensor)


def _find_uses(text: Text, maker: ast.Call, node: Node) -> list[ast.Call]:
    """The calls of a layer: of its constructor call, or of the names it is assigned to."""
    match text.parents[maker]:
        case ast.Call(func=function) as called if function is maker:
            return [called]
        case ast.Assign(targets=targets) if node.kind != INPUT:
            names = {text.slice(target) for target in targets}
            return [call for call in text.calls if text.slice(call.func) in names]
    return []
