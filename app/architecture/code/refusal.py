"""Refusal: raised where something is not understood. The interpreter adds the line and column."""

from app.problems import AppError, CodeError, UnknownLayer


class Refusal(Exception):
    """Raised inside the reader only; `Interpreter.evaluate` turns it into `error` with a line and column."""

    word = ""
    """The name at fault, if there is one."""

    def __init__(self, detail: str, error: type[AppError] = CodeError) -> None:
        super().__init__(detail)
        self.detail = detail
        self._error = error

    def locate(self, line: int | None = None, column: int | None = None) -> AppError:
        """The error at a place in the code."""
        return self._error(self.detail, line, column)


class Misspelt(Refusal):
    """A name that does not exist, but resembles some of Keras."""

    def __init__(self, error: UnknownLayer) -> None:
        super().__init__(error.detail)
        self._misspelling = error.misspelling
        self.word = error.misspelling.word if error.misspelling else ""

    def locate(self, line: int | None = None, column: int | None = None) -> UnknownLayer:
        """The error, with the names that may be meant."""
        error = UnknownLayer(self.detail, line, column)
        error.misspelling = self._misspelling
        return error


class Unsaid(Refusal):
    """The result depends on something unknown; known functions catch this and return an Unknown."""


class LostError(CodeError):
    """Something depends on a line that was not understood, which has been reported already."""


def would_raise(error: Exception) -> Refusal:
    """A Refusal for an exception that Python itself would raise here."""
    words = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return Refusal(f"Python would stop here with {type(error).__name__}: {words[:200]}.")
