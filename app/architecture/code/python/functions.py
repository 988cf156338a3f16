"""Functions that the code defines: defining them, and walking one when it is called."""

import ast
from dataclasses import replace

from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.python.decorators import call_decorators
from app.architecture.code.python.jumps import Jump, Return
from app.architecture.code.refusal import Refusal
from app.architecture.code.values import Function, Scope, Unknown, Value


def define_function(interpreter: Interpreter, statement: ast.FunctionDef) -> None:
    """A `def` statement. Of its decorators, those that the code itself defines are called."""
    nodes = list(ast.walk(statement))
    interpreter.budget.spend(len(nodes))
    yields = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in nodes)
    decorators = tuple(node.id for node in statement.decorator_list if isinstance(node, ast.Name))
    function = _make(interpreter, statement.name, statement.args, tuple(statement.body), yields)
    function = replace(function, decorators=decorators) if decorators else function
    interpreter.scope.set(statement.name, function)
    call_decorators(interpreter, statement)


def define_lambda(interpreter: Interpreter, expression: ast.Lambda) -> Function:
    """`lambda`."""
    return _make(interpreter, "a lambda", expression.args, expression.body, False)


def _make(
    interpreter: Interpreter,
    name: str,
    parameters: ast.arguments,
    body: tuple[ast.stmt, ...] | ast.expr,
    yields: bool,
) -> Function:
    return Function(
        name=name,
        parameters=parameters,
        body=body,
        scope=interpreter.scope,
        defaults=tuple(interpreter.evaluate(default) for default in parameters.defaults),
        keyword_defaults=tuple(
            (interpreter.evaluate(default),) if default else None for default in parameters.kw_defaults
        ),
        yields=yields,
    )


def list_required(function: Function) -> list[str]:
    """The names of the parameters without a default."""
    parameters = function.parameters
    names = [parameter.arg for parameter in (*parameters.posonlyargs, *parameters.args)]
    only = zip(parameters.kwonlyargs, function.keyword_defaults, strict=True)
    return [
        *names[: len(names) - len(function.defaults)],
        *(parameter.arg for parameter, default in only if default is None),
    ]


def call_function(interpreter: Interpreter, function: Function, arguments: Arguments) -> Value:
    """Walk the body of a function with its parameters bound to the arguments."""
    if function.yields:
        return Unknown(f"{function.name}()")
    scope = Scope(function.scope)
    _bind(function, arguments, scope)
    around = interpreter.scope
    interpreter.budget.enter_call()
    interpreter.scope = scope
    try:
        if isinstance(function.body, ast.expr):
            return interpreter.evaluate(function.body)
        interpreter.execute(function.body)
    except Return as result:
        return result.value
    except Jump as stray:
        raise Refusal(f"Python would stop here: `{stray.word}` stands outside its loop.") from None
    finally:
        interpreter.scope = around
        interpreter.budget.leave_call()
    return None


def _bind(function: Function, arguments: Arguments, scope: Scope) -> None:
    """Bind the arguments to the parameters, as Python does."""
    parameters = function.parameters
    names = [parameter.arg for parameter in (*parameters.posonlyargs, *parameters.args)]
    keywords = dict(arguments.keywords)
    if len(arguments.positional) > len(names) and not parameters.vararg:
        raise Refusal(
            f"Python would stop here: {function.name} takes {len(names)} positional arguments, "
            f"{len(arguments.positional)} were given."
        )
    scope.values.update(zip(names, arguments.positional, strict=False))
    if parameters.vararg:
        scope.values[parameters.vararg.arg] = tuple(arguments.positional[len(names) :])
    defaults = dict(zip(names[len(names) - len(function.defaults) :], function.defaults, strict=True))
    only = [parameter.arg for parameter in parameters.kwonlyargs]
    for name, default in zip(only, function.keyword_defaults, strict=True):
        if default is not None:
            defaults[name] = default[0]
    for name in (*names, *only):
        if name in keywords:
            if name in scope.values:
                raise Refusal(f"Python would stop here: {function.name} got two values for {name!r}.")
            scope.values[name] = keywords.pop(name)
        elif name not in scope.values:
            if name not in defaults:
                raise Refusal(f"Python would stop here: {function.name} is missing its argument {name!r}.")
            scope.values[name] = defaults[name]
    if parameters.kwarg:
        scope.values[parameters.kwarg.arg] = keywords
    elif keywords:
        raise Refusal(f"Python would stop here: {function.name} takes no argument {next(iter(keywords))!r}.")
