"""list_calls(): all layer calls that some tensors depend on."""

from collections.abc import Iterable

from app.architecture.code.built import Call, Tensor


def list_calls(tensors: Iterable[Tensor]) -> list[Call]:
    """Every call that the tensors depend on, including the calls that returned them, each once."""
    found: dict[int, Call] = {}
    waiting = [tensor.call for tensor in tensors]
    while waiting:
        call = waiting.pop()
        if id(call) not in found:
            found[id(call)] = call
            waiting += [source.call for source in call.inbound]
    return list(found.values())
