"""`return`, `break` and `continue`, as exceptions that leave the statements they are in."""


class Jump(Exception):
    """A statement that leaves the block it is in."""

    word: str


class Return(Jump):
    """`return`; caught where its function was called."""

    word = "return"

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class Break(Jump):
    """`break`; caught by its loop."""

    word = "break"


class Continue(Jump):
    """`continue`; caught by its loop."""

    word = "continue"
