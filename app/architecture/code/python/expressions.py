"""Expressions: how each class of expression is evaluated."""

import ast
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.architecture.code.built import Tensor, spell
from app.architecture.code.data.arrays import names_columns, select
from app.architecture.code.data.joins import INDEXED
from app.architecture.code.data.tables import make_table
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.operations import OPERATORS, operate_binary, operate_unary, take_slice
from app.architecture.code.python.assignment import assign
from app.architecture.code.python.attributes import read_attribute
from app.architecture.code.python.branches import is_taken
from app.architecture.code.python.calls import evaluate_call
from app.architecture.code.python.comprehensions import comprehend_dict, comprehend_list, comprehend_set
from app.architecture.code.python.containers import check_key, compare, iterate, subscript
from app.architecture.code.python.formatting import describe, format_value
from app.architecture.code.python.functions import define_lambda
from app.architecture.code.python.lookup import look_up
from app.architecture.code.python.operators import apply, apply_unary, truth
from app.architecture.code.refusal import Refusal, Unsaid
from app.architecture.code.values import Array, Namespace, Unknown, Value
from app.architecture.spec import OPAQUE
from app.frozen import Shape


def _constant(interpreter: Interpreter, expression: ast.Constant) -> Value:
    value = expression.value
    if isinstance(value, int):
        interpreter.budget.check_bits(value.bit_length())
    return value


def _name(interpreter: Interpreter, expression: ast.Name) -> Value:
    return look_up(interpreter, expression.id)


def _attribute(interpreter: Interpreter, expression: ast.Attribute) -> Value:
    return read_attribute(interpreter, interpreter.evaluate(expression.value), expression.attr)


def _subscript(interpreter: Interpreter, expression: ast.Subscript) -> Value:
    owner = interpreter.evaluate(expression.value)
    key = interpreter.evaluate(expression.slice)
    if isinstance(owner, Array):
        return select(owner, _leave_open(expression.slice, key))
    if isinstance(owner, Tensor):
        # An opaque layer may return several tensors; an index then picks one, not a sample.
        several = owner.call.layer.kind.name == OPAQUE and isinstance(key, int)
        return owner if several else take_slice(interpreter, owner, key)
    if isinstance(owner, Unknown) and isinstance(key, tuple) and any(map(_is_window, key)):
        return select(Array((None,) * sum(part is not None for part in key)), key)
    if isinstance(owner, Unknown) and isinstance(key, list) and key and names_columns(key):
        return make_table(key)
    if isinstance(owner, Unknown):
        return _take_part(owner, key)
    if isinstance(owner, Namespace) and owner.path in INDEXED:
        return INDEXED[owner.path](interpreter, key)
    if isinstance(owner, Namespace):
        return Unknown(f"{spell(owner)}[{_spell_key(key)}]"[:80])
    try:
        return subscript(owner, key, interpreter.budget)
    except Unsaid:
        return Unknown(f"{spell(owner)}[{_spell_key(key)}]"[:80])


def _take_part(owner: Unknown, key: Value) -> Value:
    """A part of unknown data, with the sizes that are known of it; or one of these sizes themselves."""
    sizes: Shape = ()
    if owner.text.endswith(SHAPE):
        if isinstance(key, int) and 0 <= key < len(owner.sizes) and owner.sizes[key] is not None:
            return owner.sizes[key]
        first = key.start if isinstance(key, slice) and key.stop is key.step is None else None
        sizes = owner.sizes[first:] if isinstance(first, int) else ()
    elif isinstance(key, slice) and (owner.sizes or _is_window(key)):
        first = select(Array(owner.sizes[:1] or (None,)), key)
        sizes = (*first.shape, *owner.sizes[1:]) if isinstance(first, Array) else ()
    elif isinstance(key, int):
        sizes = owner.sizes[1:]
    return Unknown(f"{owner.text}[{_spell_key(key)}]"[:80], sizes=sizes)


SHAPE = ".shape"


def _leave_open(written: ast.expr, key: Value) -> Value:
    """The key, with slices that end at a size known only at run time, `[:length]`, taken as `[:]`."""
    if isinstance(written, ast.Tuple) and isinstance(key, tuple) and len(written.elts) == len(key):
        return tuple(map(_leave_open, written.elts, key))
    end = written.upper if isinstance(written, ast.Slice) else None
    if end is None or isinstance(end, ast.Constant) or key.stop is not None:
        return key
    return slice(key.start, Unknown("a size"), key.step)


def _is_window(part: Value) -> bool:
    """Whether it is a slice of a fixed length, such as `0:4`."""
    return isinstance(part, slice) and isinstance(part.stop, int) and part.stop > 0 and part.step is None


def _spell_key(key: Value) -> str:
    if isinstance(key, slice):
        return ":".join("" if part is None else spell(part) for part in (key.start, key.stop))
    return spell(key) if not isinstance(key, tuple) else "…"


def _slice(interpreter: Interpreter, expression: ast.Slice) -> slice:
    parts = (expression.lower, expression.upper, expression.step)
    return slice(*(interpreter.evaluate(part) if part else None for part in parts))


def _elements(interpreter: Interpreter, expressions: list[ast.expr]) -> Iterator[Value]:
    for expression in expressions:
        if isinstance(expression, ast.Starred):
            yield from iterate(interpreter.evaluate(expression.value), interpreter.budget)
        else:
            yield interpreter.evaluate(expression)


def _list(interpreter: Interpreter, expression: ast.List) -> list[Value]:
    return list(_elements(interpreter, expression.elts))


def _tuple(interpreter: Interpreter, expression: ast.Tuple) -> tuple[Value, ...]:
    return tuple(_elements(interpreter, expression.elts))


def _set(interpreter: Interpreter, expression: ast.Set) -> set[Any]:
    return {check_key(element) for element in _elements(interpreter, expression.elts)}


def _dict(interpreter: Interpreter, expression: ast.Dict) -> dict[Any, Value]:
    made: dict[Any, Value] = {}
    for key, value in zip(expression.keys, expression.values, strict=True):
        found = interpreter.evaluate(value)
        if key is not None:
            made[check_key(interpreter.evaluate(key))] = found
        elif isinstance(found, dict):
            interpreter.budget.spend_elements(len(made) + len(found))
            made.update(found)
        else:
            raise Refusal(f"`**` before {spell(found)} is not understood.")
    return made


def _binary(interpreter: Interpreter, expression: ast.BinOp) -> Value:
    left = interpreter.evaluate(expression.left)
    right = interpreter.evaluate(expression.right)
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return operate_binary(interpreter, type(expression.op), left, right)
    return apply(type(expression.op), left, right, interpreter.budget)


def _unary(interpreter: Interpreter, expression: ast.UnaryOp) -> Value:
    value = interpreter.evaluate(expression.operand)
    if isinstance(expression.op, ast.Not):
        decided = truth(value)
        return Unknown(f"not {spell(value)}"[:80]) if decided is None else not decided
    if isinstance(value, Tensor):
        return operate_unary(interpreter, type(expression.op), value)
    return apply_unary(type(expression.op), value)


def _boolean(interpreter: Interpreter, expression: ast.BoolOp) -> Value:
    value: Value = None
    for part in expression.values:
        value = interpreter.evaluate(part)
        decided = truth(value)
        if decided is None or decided is isinstance(expression.op, ast.Or):
            return value
    return value


def _compare(interpreter: Interpreter, expression: ast.Compare) -> Value:
    left = interpreter.evaluate(expression.left)
    outcome: bool | Unknown = True
    for kind, other in zip(expression.ops, expression.comparators, strict=True):
        right = interpreter.evaluate(other)
        if isinstance(kind, ast.Eq) and (left is None or right is None):
            outcome = left is right
        elif type(kind) in OPERATORS and (isinstance(left, Tensor) or isinstance(right, Tensor)):
            _check_equality(interpreter, kind)
            return operate_binary(interpreter, type(kind), left, right)
        else:
            outcome = compare(type(kind), left, right, interpreter.budget)
        if outcome is not True:
            return outcome
        left = right
    return outcome


def _check_equality(interpreter: Interpreter, kind: ast.cmpop) -> None:
    # In a function that a layer calls, Keras hands over tensors of the backend, which compare their numbers.
    if isinstance(kind, ast.Eq) and interpreter.scope is interpreter.module:
        raise Refusal(
            "For Keras this is False: `==` asks whether two outputs of layers are the same object, not "
            "whether their numbers are equal. That is `keras.ops.equal(a, b)`."
        )


def _conditional(interpreter: Interpreter, expression: ast.IfExp) -> Value:
    decided = truth(interpreter.evaluate(expression.test))
    if decided is None:
        decided = is_taken(interpreter, [expression.body], [expression.orelse])
    return interpreter.evaluate(expression.body if decided else expression.orelse)


def _named(interpreter: Interpreter, expression: ast.NamedExpr) -> Value:
    value = interpreter.evaluate(expression.value)
    assign(interpreter, expression.target, value)
    return value


def _joined(interpreter: Interpreter, expression: ast.JoinedStr) -> str:
    text = "".join(str(interpreter.evaluate(part)) for part in expression.values)
    interpreter.budget.spend_text(len(text))
    return text


def _formatted(interpreter: Interpreter, expression: ast.FormattedValue) -> str:
    value = interpreter.evaluate(expression.value)
    specification = str(interpreter.evaluate(expression.format_spec)) if expression.format_spec else ""
    if expression.conversion != -1 and isinstance(value, str):
        value = repr(value)
    return (
        format_value(value, specification, interpreter.budget)
        if specification
        else describe(value, interpreter.budget)
    )


# Each reader takes the expression class it stands beside.
EXPRESSIONS: Mapping[type[ast.expr], Callable[[Interpreter, Any], Value]] = {
    ast.Attribute: _attribute,
    ast.BinOp: _binary,
    ast.BoolOp: _boolean,
    ast.Call: evaluate_call,
    ast.Compare: _compare,
    ast.Constant: _constant,
    ast.Dict: _dict,
    ast.DictComp: comprehend_dict,
    ast.FormattedValue: _formatted,
    ast.GeneratorExp: comprehend_list,
    ast.IfExp: _conditional,
    ast.JoinedStr: _joined,
    ast.Lambda: define_lambda,
    ast.List: _list,
    ast.ListComp: comprehend_list,
    ast.Name: _name,
    ast.NamedExpr: _named,
    ast.Set: _set,
    ast.SetComp: comprehend_set,
    ast.Slice: _slice,
    ast.Subscript: _subscript,
    ast.Tuple: _tuple,
    ast.UnaryOp: _unary,
}
