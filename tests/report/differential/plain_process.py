"""Plain Keras in a process of its own, where nothing of the app touched it."""

import multiprocessing
from multiprocessing.connection import Connection
from typing import Any

from plain import Answer, Beginning, Finished, PlainModel, Refusal

from app.architecture.spec import Architecture, Node

AS_USUAL = Beginning()


def serve(connection: Connection) -> None:
    """Answer until nobody asks: a Beginning begins a new model, a node is added, a node's name is an end of
    the model, an architecture finishes."""
    import keras

    model = PlainModel()
    while True:
        try:
            asked = connection.recv()
        except EOFError:
            return
        if isinstance(asked, Beginning):
            keras.utils.clear_session(free_memory=False)
            keras.config.disable_traceback_filtering()
            keras.config.set_dtype_policy(asked.policy)
            model = PlainModel(asked.as_dict)
            connection.send(None)
        elif isinstance(asked, Node):
            connection.send(model.add(asked))
        elif isinstance(asked, str):
            connection.send(model.leave(asked))
        else:
            connection.send(model.finish(asked))


class PlainKeras:
    """The process, from outside."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        context.Process(target=serve, args=(theirs,), daemon=True).start()
        theirs.close()

    def begin(self, beginning: Beginning = AS_USUAL) -> None:
        """Begin a new model."""
        self._ask(beginning)

    def add(self, node: Node) -> Answer:
        """What comes of calling this layer."""
        return self._ask(node)  # type: ignore[no-any-return]

    def leave(self, name: str) -> Refusal | None:
        """What Keras says of this layer's tensors as the outputs of a model."""
        return self._ask(name)  # type: ignore[no-any-return]

    def finish(self, architecture: Architecture) -> Finished | Refusal:
        """The whole model."""
        return self._ask(architecture)  # type: ignore[no-any-return]

    def close(self) -> None:
        """Let the process end."""
        self._connection.close()

    def _ask(self, what: Any) -> Any:
        self._connection.send(what)
        return self._connection.recv()
