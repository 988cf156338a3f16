"""name_outputs(): names for a layer's outputs, such as h and c for its states."""

from collections.abc import Iterator

from app.architecture import Node
from app.architecture.outputs import SPLITS, STATES
from app.report.arguments import argument, list_cells, wrapped

LETTERS = ("h", "c")


def name_outputs(node: Node, count: int) -> tuple[str, ...]:
    """The names of a layer's `count` outputs: states, scores, or the numbered parts of a split.

    Empty for an output without a name.
    """
    if node.call.get("return_attention_scores") is True and count == 2:
        return ("", "scores")
    if count > 1 and node.kind in SPLITS:
        return tuple(f"part {number}" for number in range(1, count + 1))
    walker = wrapped(node) or node
    walks = ("forward", "backward") if gives_both_walks(node) else ("",)
    if argument(walker, "return_state") is not True:
        return walks if count == len(walks) else ("",) * count
    names = list(_name_states(walker))
    if node.kind == "Bidirectional":
        names = [f"{way} {name}" for way in ("forward", "backward") for name in names]
    # A custom cell may have any number of states: better no name than a wrong one.
    return (*walks, *names) if len(walks) + len(names) == count else ("",) * count


def gives_both_walks(node: Node) -> bool:
    """Whether a Bidirectional layer returns the outputs of its two walks as two, not merged."""
    return node.kind == "Bidirectional" and argument(node, "merge_mode") is None


def _name_states(walker: Node) -> Iterator[str]:
    cells = list_cells(walker) or (walker,)
    for place, cell in enumerate(cells):
        for letter in LETTERS[: STATES.get(cell.kind, 0)]:
            yield f"{letter} of cell {place + 1}" if len(cells) > 1 else letter
