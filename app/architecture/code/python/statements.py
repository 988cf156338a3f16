"""Statements: what each class of statement does."""

import ast
from collections.abc import Callable, Mapping
from typing import Any

from app.architecture.code.built import Tensor, spell
from app.architecture.code.custom.classes import define_class
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.operations import operate_binary
from app.architecture.code.python.assignment import assign, delete
from app.architecture.code.python.branches import find_handler, is_taken
from app.architecture.code.python.containers import iterate
from app.architecture.code.python.functions import define_function
from app.architecture.code.python.imports import import_from, import_modules
from app.architecture.code.python.jumps import Break, Continue, Jump, Return
from app.architecture.code.python.matching import match_case
from app.architecture.code.python.operators import apply_in_place, truth
from app.architecture.code.python.patience import Patience
from app.architecture.code.refusal import Refusal, Unsaid
from app.architecture.code.source.mentions import loads_model
from app.architecture.code.values import Unknown
from app.problems import CodeSyntaxError, CodeTooComplex


def run_module(interpreter: Interpreter, tree: ast.Module) -> None:
    """Walk all statements of a source."""
    try:
        interpreter.execute(tree.body)
    except Jump as stray:
        raise CodeSyntaxError(
            f"`{stray.word}` stands outside its loop or function.", *interpreter.place
        ) from None
    except (RecursionError, MemoryError):
        raise CodeTooComplex(
            "Something in this code is nested too deeply to be read.", *interpreter.place
        ) from None


def _expression(interpreter: Interpreter, statement: ast.Expr) -> None:
    interpreter.evaluate(statement.value)


def _assign(interpreter: Interpreter, statement: ast.Assign) -> None:
    value = interpreter.evaluate(statement.value)
    for target in statement.targets:
        assign(interpreter, target, value)


def _annotated(interpreter: Interpreter, statement: ast.AnnAssign) -> None:
    if statement.value is not None:
        assign(interpreter, statement.target, interpreter.evaluate(statement.value))


def _augmented(interpreter: Interpreter, statement: ast.AugAssign) -> None:
    # The target is read as an expression first: `x += 1` reads x.
    before = interpreter.evaluate(_as_loaded(statement.target))
    value = interpreter.evaluate(statement.value)
    if isinstance(before, Tensor) or isinstance(value, Tensor):
        after = operate_binary(interpreter, type(statement.op), before, value)
    else:
        after = apply_in_place(type(statement.op), before, value, interpreter.budget)
    assign(interpreter, statement.target, after)


def _as_loaded(target: ast.Name | ast.Attribute | ast.Subscript) -> ast.expr:
    place = {"lineno": target.lineno, "col_offset": target.col_offset}
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load(), **place)
    if isinstance(target, ast.Attribute):
        return ast.Attribute(target.value, target.attr, ast.Load(), **place)
    return ast.Subscript(target.value, target.slice, ast.Load(), **place)


def _delete(interpreter: Interpreter, statement: ast.Delete) -> None:
    for target in statement.targets:
        delete(interpreter, target)


def _if(interpreter: Interpreter, statement: ast.If) -> None:
    condition = interpreter.evaluate(statement.test)
    decided = truth(condition)
    if decided is None:
        decided = is_taken(interpreter, statement.body, statement.orelse)
        if loads_model(ast.walk(statement)):
            interpreter.notes.add("file-left", statement.lineno)
        else:
            reading = "It was read as if it held." if decided else "It was read as if it did not hold."
            interpreter.notes.add("not-followed", statement.lineno, name=spell(condition), reading=reading)
    interpreter.execute(statement.body if decided else statement.orelse)


def _for(interpreter: Interpreter, statement: ast.For) -> None:
    collection = interpreter.evaluate(statement.iter)
    try:
        elements = iterate(collection, interpreter.budget)
    except Unsaid:
        name = spell(collection)
        interpreter.notes.add("not-followed", statement.lineno, name=name, reading="The loop was read once.")
        elements = iter([Unknown(f"a part of {name}"[:80])])
    patience = Patience(interpreter)
    for element in elements:
        assign(interpreter, statement.target, element)
        if not _pass_through(interpreter, statement.body):
            return
        if patience.is_over:
            patience.leave(statement)
            break
    interpreter.execute(statement.orelse)


def _while(interpreter: Interpreter, statement: ast.While) -> None:
    while decided := truth(condition := interpreter.evaluate(statement.test)):
        if not _pass_through(interpreter, statement.body):
            return
    if decided is None:
        name = spell(condition)
        interpreter.notes.add("not-followed", statement.lineno, name=name, reading="The loop was read once.")
        _pass_through(interpreter, statement.body)
    interpreter.execute(statement.orelse)


def _pass_through(interpreter: Interpreter, body: list[ast.stmt]) -> bool:
    """Walk the body of a loop once; False if that ends the loop."""
    try:
        interpreter.execute(body)
    except Continue:
        return True
    except Break:
        return False
    return True


def _with(interpreter: Interpreter, statement: ast.With) -> None:
    for item in statement.items:
        value = interpreter.evaluate(item.context_expr)
        if item.optional_vars is not None:
            assign(interpreter, item.optional_vars, value)
    interpreter.execute(statement.body)


def _try(interpreter: Interpreter, statement: ast.Try) -> None:
    # Nothing that is understood raises, so a handler is reached only where there is no file to load.
    if handler := find_handler(interpreter, statement):
        interpreter.notes.add("file-left", statement.lineno)
        interpreter.execute(handler.body)
    else:
        interpreter.execute(statement.body)
        interpreter.execute(statement.orelse)
    interpreter.execute(statement.finalbody)


def _assert(interpreter: Interpreter, statement: ast.Assert) -> None:
    if truth(interpreter.evaluate(statement.test)) is False:
        said = f", it says {spell(interpreter.evaluate(statement.msg))}" if statement.msg else ""
        raise Refusal(f"Python would stop here: the assertion does not hold{said}.")


def _raise(interpreter: Interpreter, statement: ast.Raise) -> None:
    raised = spell(interpreter.evaluate(statement.exc)) if statement.exc else "the exception again"
    raise Refusal(f"Python would stop here: the code raises {raised}.")


def _global(interpreter: Interpreter, statement: ast.Global) -> None:
    for name in statement.names:
        interpreter.scope.elsewhere[name] = interpreter.module


def _nonlocal(interpreter: Interpreter, statement: ast.Nonlocal) -> None:
    for name in statement.names:
        around = interpreter.scope.around
        if around is not None and (home := around.find(name)):
            interpreter.scope.elsewhere[name] = home


def _return(interpreter: Interpreter, statement: ast.Return) -> None:
    raise Return(interpreter.evaluate(statement.value) if statement.value else None)


def _break(interpreter: Interpreter, statement: ast.Break) -> None:
    raise Break


def _continue(interpreter: Interpreter, statement: ast.Continue) -> None:
    raise Continue


def _pass(interpreter: Interpreter, statement: ast.Pass) -> None:
    pass


# Each reader takes the statement class it stands beside.
STATEMENTS: Mapping[type[ast.stmt], Callable[[Interpreter, Any], None]] = {
    ast.AnnAssign: _annotated,
    ast.Assert: _assert,
    ast.Assign: _assign,
    ast.AugAssign: _augmented,
    ast.Break: _break,
    ast.ClassDef: define_class,
    ast.Continue: _continue,
    ast.Delete: _delete,
    ast.Expr: _expression,
    ast.For: _for,
    ast.FunctionDef: define_function,
    ast.Global: _global,
    ast.If: _if,
    ast.Import: import_modules,
    ast.ImportFrom: import_from,
    ast.Match: match_case,
    ast.Nonlocal: _nonlocal,
    ast.Pass: _pass,
    ast.Raise: _raise,
    ast.Return: _return,
    ast.Try: _try,
    ast.While: _while,
    ast.With: _with,
}
