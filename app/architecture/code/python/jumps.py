"""Jumps: statements that leave what they stand in."""


class Jump(Exception):
    """A statement on its way out."""

    word: str


class Return(Jump):
    """`return`, on its way out of its function."""

    word = "return"

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class Break(Jump):
    """`break`, on its way to its loop."""

    word = "break"


class Continue(Jump):
    """`continue`, on its way to its loop."""

    word = "continue"
