"""Tables of pandas: arrays of rows and columns, where the code says which columns there are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.architecture.code.data.arrays import names_columns
from app.architecture.code.data.joins import stacked
from app.architecture.code.data.numpy_functions import array_of, concatenated
from app.architecture.code.interpreter import Interpreter
from app.architecture.code.python.containers import UNDECIDED, iterate
from app.architecture.code.refusal import Unsaid
from app.architecture.code.values import Array, Unknown, Value


def make_table(columns: Sequence[Value], rows: int | None = None) -> Array:
    """A table with these columns; their names are forgotten if they are not all texts."""
    named = tuple(column for column in columns if isinstance(column, str))
    return Array((rows, len(columns)), columns=named if len(named) == len(columns) else None)


def read_table(
    interpreter: Interpreter,
    *_: Value,
    names: Value = None,
    usecols: Value = None,
    index_col: Value = None,
    **__: Value,
) -> Value:
    """`pd.read_csv(file, names=…, usecols=…)`: the columns that are named or chosen, without the index."""
    chosen = names if usecols is None else usecols
    if not isinstance(chosen, list | tuple | range):
        raise Unsaid("The code does not say how many columns the file has.")
    interpreter.budget.spend_elements(len(chosen))
    index = [] if index_col is None or index_col is False else _list_labels(index_col)
    named = [column for column in chosen if column not in index]
    # An index is told by its name, or by its place in the file.
    return make_table(named if len(named) + len(index) == len(chosen) else [*chosen][len(index) :])


def read_numbers(interpreter: Interpreter, *_: Value, usecols: Value = None, **__: Value) -> Value:
    """`np.loadtxt(file, usecols=…)`."""
    if isinstance(usecols, int):
        return Array((None,))
    if not isinstance(usecols, list | tuple | range):
        raise Unsaid("The code does not say how many columns the file has.")
    return Array((None, len(usecols)))


def tabulated(
    interpreter: Interpreter, data: Value = None, *_: Value, columns: Value = None, **__: Value
) -> Value:
    """`pd.DataFrame(data, columns=…)`."""
    if isinstance(data, dict):
        first = array_of(interpreter, next(iter(data.values()), None))
        return make_table([*data], first.shape[0] if isinstance(first, Array) and first.shape else None)
    known = array_of(interpreter, data) if data is not None else Unknown("a table")
    if isinstance(known, Array) and len(known.shape) == 1:
        known = Array((*known.shape, 1))
    if not isinstance(columns, list | tuple):
        return known
    rows = known.shape[0] if isinstance(known, Array) and known.shape else None
    return make_table(columns, rows)


def joined(interpreter: Interpreter, tables: Value, axis: Value = 0, **_: Value) -> Value:
    """`pd.concat(tables, axis)`."""
    known = [array_of(interpreter, table) for table in iterate(tables, interpreter.budget)]
    series = [table for table in known if isinstance(table, Array) and len(table.shape) == 1]
    sideways = axis in (1, "columns")
    if series and len(series) == len(known) and sideways:
        return stacked(interpreter, known, 1)
    return concatenated(interpreter, known, int(sideways))


def rename_columns(table: Value, names: Value) -> Value:
    """The value of `table` after `table.columns = names`."""
    is_table = isinstance(table, Unknown) or (isinstance(table, Array) and len(table.shape) == 2)
    if not is_table or not isinstance(names, list | tuple):
        return table
    return make_table(names, table.shape[0] if isinstance(table, Array) else None)


def set_column(table: Array, name: Value) -> Array:
    """The table after `table[name] = …`, which adds a column unless there is one of that name."""
    if not isinstance(name, str) or len(table.shape) != 2 or (table.columns and name in table.columns):
        return table
    rows = table.shape[0]
    return Array((rows, None)) if table.columns is None else make_table([*table.columns, name], rows)


def drop_columns(table: Array, labels: Value) -> Array:
    """The table without the columns of these names; what is no table stays as it is."""
    if len(table.shape) != 2:
        return table
    dropped = _list_labels(labels)
    rows, width = table.shape
    if table.columns is not None:
        return make_table([name for name in table.columns if name not in dropped], rows)
    return Array((rows, None if width is None else max(width - len(dropped), 0)))


def _list_labels(labels: Value) -> list[Value]:
    if isinstance(labels, UNDECIDED):
        raise Unsaid("The code does not say which columns these are.")
    return list(labels) if isinstance(labels, list | tuple) else [labels]


def _changing(change: Callable[..., Array]) -> Callable[..., Value]:
    """A method that gives a changed table, or with `inplace=True` changes the one it belongs to."""

    def method(
        interpreter: Interpreter, table: Array, *positional: Value, inplace: Value = False, **named: Value
    ) -> Value:
        if len(table.shape) != 2:
            return table
        changed = change(table, *positional, **named)
        if inplace is not True:
            return changed
        interpreter.rebind(table, changed)
        return None

    return method


def _drop(table: Array, labels: Value = None, axis: Value = 0, *, columns: Value = None, **_: Value) -> Array:
    if columns is None and axis not in (1, "columns"):
        return _leave_rows(table)
    return drop_columns(table, labels if columns is None else columns)


def _set_index(table: Array, keys: Value, **_: Value) -> Array:
    return drop_columns(table, keys)


def _reset_index(table: Array, drop: Value = False, **_: Value) -> Array:
    return table if drop is True else Array((table.shape[0], None))


def _drop_missing(table: Array, axis: Value = 0, **_: Value) -> Array:
    return _leave_rows(table) if axis in (0, "index") else Array((table.shape[0], None))


def _leave_rows(table: Array, *_: Value, **__: Value) -> Array:
    return replace(table, shape=(None, *table.shape[1:]))


def _keep(table: Array, *_: Value, **__: Value) -> Array:
    return table


def _pop(interpreter: Interpreter, table: Array, name: Value) -> Array:
    """`table.pop(name)`: the column, which the table then lacks."""
    interpreter.rebind(table, drop_columns(table, name))
    return Array(table.shape[:1])


def filtered(interpreter: Interpreter, table: Value, items: Value = None, *_: Value, **__: Value) -> Value:
    """`table.filter(["open", "close"])`."""
    is_named = isinstance(items, list) and names_columns(items)
    return (
        make_table(items, table.shape[0] if isinstance(table, Array) else None)
        if is_named
        else Unknown("a part")
    )


TABLES: Mapping[str, Callable[..., Value]] = {
    **dict.fromkeys(("pandas.read_csv", "pandas.read_excel", "pandas.read_table"), read_table),
    **dict.fromkeys(("numpy.genfromtxt", "numpy.loadtxt"), read_numbers),
    "pandas.DataFrame": tabulated,
    "pandas.Series": array_of,
    "pandas.concat": joined,
}

TABLE_METHODS: Mapping[str, Callable[..., Value]] = {
    "drop": _changing(_drop),
    "dropna": _changing(_drop_missing),
    "filter": filtered,
    "pop": _pop,
    "reset_index": _changing(_reset_index),
    "set_index": _changing(_set_index),
    **dict.fromkeys(("drop_duplicates", "head", "query", "sample", "tail"), _changing(_leave_rows)),
    **dict.fromkeys(
        (
            "bfill",
            "ffill",
            "fillna",
            "interpolate",
            "rename",
            "replace",
            "shift",
            "sort_index",
            "sort_values",
        ),
        _changing(_keep),
    ),
}
