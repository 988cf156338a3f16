"""list_calls(): what the output of a layer comes from."""

from collections.abc import Iterable

from app.architecture.code.values import Call, Tensor


def list_calls(tensors: Iterable[Tensor]) -> list[Call]:
    """Every call that the tensors come from, their own included, each once."""
    found: dict[int, Call] = {}
    waiting = [tensor.call for tensor in tensors]
    while waiting:
        call = waiting.pop()
        if id(call) not in found:
            found[id(call)] = call
            waiting += [source.call for source in call.inbound]
    return list(found.values())
