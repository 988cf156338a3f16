"""Interpreter: walks the syntax tree of a source and keeps what it learns. Nothing is ever run.

An expression is understood if its class is in EXPRESSIONS, a statement if its class is in STATEMENTS;
anything else is refused by name. Calls reach only functions that are listed in tables of this package.
"""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from app.architecture.code.budget import Budget
from app.architecture.code.built import Call, Layer, Model
from app.architecture.code.custom.custom_classes import Instance, UserClass
from app.architecture.code.holes.holes import Holes
from app.architecture.code.layers.naming import Naming
from app.architecture.code.notes import Notes
from app.architecture.code.refusal import Refusal
from app.architecture.code.source.syntax import Source
from app.architecture.code.values import Array, Scope, Unknown, Value
from app.architecture.feed import Feed
from app.architecture.spec import Architecture
from app.frozen import JsonObject, Shape
from app.problems import AppError, CodeError, UnknownLayer

ExpressionReader = Callable[["Interpreter", ast.expr], Value]
StatementReader = Callable[["Interpreter", ast.stmt], None]
Measure = Callable[[Architecture], "tuple[Shape, ...] | None"]
FindApplication = Callable[[str, Sequence[object], JsonObject], "Application | str"]
"""Takes a model's name, positional and named arguments; returns the model, or Keras' error message."""
Assembly = Callable[["Interpreter", Model], Architecture]
Recovery = Callable[["Interpreter", ast.stmt, AppError], None]


DATA_FORMAT = "channels_last"
"""Where Keras puts the channels, if it is not told otherwise."""


class Grammar(NamedTuple):
    """How each class of syntax node is read, and how a model that was read is put together.

    The interpreter is given these tables and cannot import them: what is in them calls the interpreter.
    """

    expressions: Mapping[type[ast.expr], ExpressionReader]
    statements: Mapping[type[ast.stmt], StatementReader]
    assemble: Assembly


class Application(NamedTuple):
    """A model of keras.applications, made with the counters of names at 0, and the counters afterwards."""

    architecture: Architecture
    counted: Mapping[str, int]


class Keras(NamedTuple):
    """What Keras is asked while code is read. Both are None where the code alone is to be read."""

    measure: Measure | None = None
    """The shapes of an architecture's outputs; None where it does not build."""
    find_application: FindApplication | None = None
    """A model of keras.applications."""


class Interpreter:
    """The state of reading one source."""

    def __init__(
        self,
        source: Source,
        grammar: Grammar,
        keras: Keras,
        notes: Notes,
        budget: Budget,
        holes: Holes,
        recover: Recovery,
    ) -> None:
        self.source = source
        self.notes = notes
        self.budget = budget
        self.naming = Naming()
        self.module = Scope(values={"__name__": "__main__"})
        self.scope = self.module
        self.statement: ast.stmt = ast.Pass(lineno=1, col_offset=0)
        self.line = 1
        self.layers: list[Layer] = []
        self.calls: list[Call] = []
        self.models: list[Model] = []
        self.instances: list[Instance] = []
        """Instances of custom layers and models."""
        self.last_made: dict[UserClass, Instance] = {}
        """The last instance of each other class."""
        self.fed: list[Array] = []
        """The arrays passed to fit, predict and so on."""
        self.feeds: list[tuple[Model, Feed]] = []
        """The same with their model, and what else is known about them."""
        self.shown: Model | None = None
        """The model that was chosen of those in the code."""
        self.starred: set[str] = set()
        """Modules with a star import."""
        self.unimported: dict[str, int] = {}
        """Names used without an import, with the line of their first use."""
        self.holes = holes
        self.keras = keras
        self.called_on_data = False
        """Whether a layer is called on an array, outside of any class."""
        self.opens_data = False
        """Whether an array that a layer is called on is read as an input."""
        self.depth_aside = 0
        """How many custom `call` methods are being walked, one inside the other."""
        self.default_types: dict[str, str] = {}
        """The dtypes that the code sets for all later `layers` and `inputs`."""
        self.data_format = DATA_FORMAT
        """The order of the axes that the code sets for all later layers."""
        self.flags: dict[str, Value] = {}
        """The program's command line options, with their default values."""
        self.layer_name: str | None = None
        """The name of the layer that is being constructed."""
        self._assemble = grammar.assemble
        # Looked up for every node of the syntax tree.
        self._expressions, self._statements = grammar.expressions, grammar.statements
        self._recover = recover

    def execute(self, statements: "list[ast.stmt] | tuple[ast.stmt, ...]") -> None:
        """Walk statements in turn. A statement that is not understood is recorded, and reading goes on."""
        for statement in statements:
            self.statement, self.line = statement, statement.lineno
            reader = self._statements.get(type(statement))
            try:
                self.budget.spend()
                if reader is None:
                    raise Refusal(f"`{_spell(statement)}` is not understood here.")
                reader(self, statement)
            except Refusal as refusal:
                self._recover(self, statement, self._locate(refusal, statement))
            except (CodeError, UnknownLayer) as error:
                self._recover(self, statement, error)

    def assemble(self, model: Model) -> Architecture:
        """The architecture of one of the models in the code. Raises CodeError."""
        return self._assemble(self, model)

    @contextmanager
    def aside(self) -> Iterator[list[Call]]:
        """Walk code whose calls do not belong to the model around it: they are collected in the list given.

        Errors inside are raised, not recorded.
        """
        calls, recover, line, statement = self.calls, self._recover, self.line, self.statement
        self.calls, self._recover = [], _raise
        self.depth_aside += 1
        try:
            yield self.calls
        finally:
            self.depth_aside -= 1
            self.calls, self._recover, self.line, self.statement = calls, recover, line, statement

    def evaluate(self, expression: ast.expr) -> Value:
        """The value of an expression.

        Raises CodeError or a subclass, with the expression's line and column.
        """
        try:
            self.budget.spend()
            reader = self._expressions.get(type(expression))
            if reader is None:
                raise Refusal(f"`{_spell(expression)}` is not understood here.")
            return reader(self, expression)
        except Refusal as refusal:
            raise self._locate(refusal, expression) from None

    def fill(self, unknown: Unknown, purpose: str = "") -> int | float:
        """A number for an unknown value: the visitor's, else a usual one; the same each time."""
        return self.holes.fill(unknown, self.line, self.layer_name, purpose)

    def fill_shape(self, unknown: Unknown, axes: int) -> tuple[int | None, ...]:
        """Sizes for an unknown shape, without the batch axis; the same each time."""
        return self.holes.fill_shape(unknown, self.line, self.layer_name, axes)

    def find_name(self, wanted: Value) -> str:
        """The variable that holds this very value, for messages; "data" if there is none."""
        return self.find_variable(wanted) or "data"

    def find_variable(self, wanted: Value) -> str | None:
        """The variable that holds this very value; None if there is none."""
        self.budget.spend(len(self.scope.values))
        return next((name for name, value in self.scope.values.items() if value is wanted), None)

    def rebind(self, old: Value, new: Value) -> None:
        """Let each variable that holds this very value hold the new one; a nameless unknown gets its name."""
        self.budget.spend(len(self.scope.values))
        nameless = isinstance(new, Unknown) and not new.is_named
        for name, value in self.scope.values.items():
            if value is old:
                self.scope.values[name] = Unknown(name) if nameless else new

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the statement that is being walked."""
        return self.statement.lineno, self.source.column(self.statement)

    def _locate(self, refusal: Refusal, node: ast.expr | ast.stmt) -> AppError:
        return refusal.locate(*self.source.find_word(node, refusal.word))


def _raise(interpreter: Interpreter, statement: ast.stmt, error: AppError) -> None:
    raise error


CONSTRUCTS: Mapping[type[ast.AST], str] = {
    ast.Await: "await",
    ast.Yield: "yield",
    ast.YieldFrom: "yield from",
    ast.AsyncFor: "async for",
    ast.AsyncWith: "async with",
    ast.AsyncFunctionDef: "async def",
    ast.TryStar: "except*",
}


def _spell(node: ast.AST) -> str:
    return CONSTRUCTS.get(type(node), type(node).__name__)
