"""Command line options (argparse, absl flags): each has its default value."""

from collections.abc import Callable, Mapping

from app.architecture.code.custom.custom_classes import Instance, UserClass
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.layers.arguments import Arguments
from app.architecture.code.python.calls import call
from app.architecture.code.python.records import NAMESPACE
from app.architecture.code.values import Native, Unknown, Value

PARSER = UserClass(name="parser", base=None, parents=(), values={})

STORED: Mapping[Value, Value] = {"store_true": False, "store_false": True, "count": 0}
"""The default value of an option, by its `action`."""


def make_parser(interpreter: Interpreter, *_: Value, **__: Value) -> Instance:
    """`argparse.ArgumentParser(…)`."""
    parser = Instance(PARSER, interpreter.line)
    parsed = Instance(NAMESPACE, interpreter.line, name="args")

    def add(interpreter: Interpreter, *names: Value, **given: Value) -> None:
        name = given.get("dest") or _name_option([name for name in names if isinstance(name, str)])
        value = given["default"] if "default" in given else STORED.get(given.get("action"), Unknown(name))
        if isinstance(value, str) and given.get("type") is not None:
            value = call(interpreter, given["type"], Arguments([value]))
        interpreter.budget.check_length(len(parsed.attributes) + 1)
        parsed.attributes[name] = value

    def parse(interpreter: Interpreter, *_: Value, **__: Value) -> Instance:
        return parsed

    def parse_known(interpreter: Interpreter, *_: Value, **__: Value) -> tuple[Instance, list[Value]]:
        return parsed, []

    def group(interpreter: Interpreter, *_: Value, **__: Value) -> Instance:
        return parser

    def set_defaults(interpreter: Interpreter, **given: Value) -> None:
        parsed.attributes.update(given)

    parser.attributes.update(
        {
            "add_argument": Native("add_argument", add),
            "add_argument_group": Native("add_argument_group", group),
            "add_mutually_exclusive_group": Native("add_mutually_exclusive_group", group),
            "parse_args": Native("parse_args", parse),
            "parse_known_args": Native("parse_known_args", parse_known),
            "set_defaults": Native("set_defaults", set_defaults),
        }
    )
    return parser


def _name_option(names: list[str]) -> str:
    """The attribute name of an option: its first long name, as argparse writes it."""
    long = next((name for name in names if name.startswith("--")), names[0] if names else "option")
    return long.lstrip("-").replace("-", "_")


def _define_flag(
    interpreter: Interpreter, name: Value, default: Value = None, *_: Value, **__: Value
) -> None:
    """`flags.DEFINE_integer(name, default, help)`."""
    if isinstance(name, str):
        interpreter.budget.check_length(len(interpreter.flags) + 1)
        interpreter.flags[name] = Unknown(name) if default is None else default


def _run(interpreter: Interpreter, main: Value = None, *_: Value, **__: Value) -> None:
    """`app.run(main)`."""
    function = interpreter.module.values.get("main") if main is None else main
    if function is not None:
        call(interpreter, function, Arguments([Unknown("argv")]))


FLAGS_MODULES = ("absl.flags", "tensorflow.app.flags", "tensorflow.compat.v1.app.flags", "tensorflow.flags")
FLAGS = frozenset(f"{module}.FLAGS" for module in FLAGS_MODULES)
"""The paths of the object that holds the flags' values."""

OPTIONS: Mapping[str, Callable[..., Value]] = {
    "absl.app.run": _run,
    "argparse.ArgumentParser": make_parser,
    "tensorflow.app.run": _run,
    "tensorflow.compat.v1.app.run": _run,
    **{
        f"{module}.DEFINE_{kind}": _define_flag
        for module in FLAGS_MODULES
        for kind in ("bool", "boolean", "enum", "float", "integer", "list", "string")
    },
}
