"""say_lane(): how one layer moves data through the timesteps, in one or two sentences."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping

from app.architecture import Node
from app.architecture.catalogue import find_kind
from app.architecture.outputs import STATES
from app.drawing.boxes.kinds import name_kind
from app.drawing.measures import find_time, measure_output, measure_step
from app.drawing.state_names import LETTERS, gives_both_walks
from app.drawing.time.first_states import find_first_state
from app.drawing.time.others import joins_time, looks_back
from app.drawing.time.walks import is_walk
from app.drawing.words import write_axes, write_name, write_plural
from app.flow import Lane
from app.report import LayerReport
from app.report.arguments import argument, list_cells, wrapped

MOST_STEPS_SAID = 4

Say = Callable[[Lane, LayerReport, Node], str]


def say_lane(lane: Lane, layer: LayerReport, node: Node) -> str:
    """What a layer reads and returns at each timestep."""
    holds = measure_output(layer, lane.time_out).words
    if is_walk(lane, node):
        walk = _say_walk(lane, layer, node, holds)
        said = (_say_other_axis(lane, layer), walk, _say_first_state(node), _say_states(lane, node))
        return " ".join(filter(None, said))
    if layer.kind in TURNED:
        return _say_permuted(layer, node)
    if not layer.inbound:
        return _say_input(lane, holds)
    say = _say_nothing if lane.timesteps_in == 0 else STILL.get(lane.kind, _say_reads)
    return f"{_name(layer, node)} {say(lane, layer, node)} {_say_end(lane, holds)}"


def _name(layer: LayerReport, node: Node) -> str:
    return f"{write_name(layer.name)} ({name_kind(node)})"


def _join(names: Iterable[str]) -> str:
    """Names of layers, each once: "a, b and c"."""
    *most, last = dict.fromkeys(map(write_name, names))
    return f"{', '.join(most)} and {last}" if most else last


def _say_input(lane: Lane, holds: str) -> str:
    known = "any number of timesteps" if lane.symbolic else _count_steps(lane)
    which = "it" if _is_single(lane) else "each"
    return f"The input {write_name(lane.layer)} has {known}; {which} holds {holds}."


def _say_end(lane: Lane, holds: str) -> str:
    if not lane.time_out:
        return f"One {'tensor' if ' × ' in holds else 'vector'} of {holds} leaves it."
    if lane.symbolic:
        return f"Each of its timesteps holds {holds}."
    return f"It gives {write_plural(lane.timesteps_out, 'timestep')} of {holds}."


def _is_single(lane: Lane) -> bool:
    """Whether a layer reads one timestep, whatever the length of its input."""
    return lane.timesteps_in == 1 and not lane.symbolic


def _count_steps(lane: Lane) -> str:
    return "timesteps" if lane.symbolic else write_plural(lane.timesteps_in, "timestep")


def _say_walk(lane: Lane, layer: LayerReport, node: Node, holds: str) -> str:
    walker = wrapped(node) or node
    if _is_single(lane):
        return f"{_name(layer, node)} {_say_one_step(lane, walker)} {_say_end(lane, holds)}"
    walk = f"{_name(layer, node)} {WALKS[lane.direction]}, handing {_say_state(walker)} from step to step."
    if lane.time_out and gives_both_walks(node):
        return f"{walk} {APART} {_say_end(lane, holds)}"
    if lane.time_out:
        return f"{walk} {SEEN[lane.direction]} {_say_end(lane, holds)}"
    vector = f"one {'tensor' if ' × ' in holds else 'vector'} of {holds}"
    if lane.direction == "both":
        together = "each" if gives_both_walks(node) else "together"
        leaves = f"Only the last output of each walk leaves, {together} {vector}"
    else:
        leaves = f"Only the last output leaves, {vector}"
    return f"{walk} {leaves} that has seen all {_count_steps(lane)}; the outputs before it are not returned."


def _say_state(walker: Node) -> str:
    cells = list_cells(walker)
    if len(cells) > 1:
        return f"the states of its {len(cells)} cells"
    (cell,) = cells or (walker,)
    return "its state h and its memory c" if STATES.get(cell.kind) == len(LETTERS) else "its state h"


def _say_other_axis(lane: Lane, layer: LayerReport) -> str:
    """The axis that is walked along, if it is not the timesteps of the layer before."""
    if lane.inbound or not layer.inbound:
        return ""
    step = measure_step(layer.input_axes[0], layer.input_shapes[0], 1).words
    return f"What {write_name(layer.inbound[0])} gives is read as {_count_steps(lane)} of {step} each."


def _say_permuted(layer: LayerReport, node: Node) -> str:
    before = write_axes(layer.input_axes[0], layer.input_shapes[0])
    after = write_axes(layer.axes[0], layer.output_shapes[0])
    return f"{_name(layer, node)} turns the axes round: {before} becomes {after}."


def _say_first_state(node: Node) -> str:
    """What the state begins with, if not with zeros."""
    if sources := find_first_state(node):
        return f"It begins with the state that {_join(source.node for source in sources)} gives."
    is_stateful = argument(wrapped(node) or node, "stateful") is True
    return "It begins with the state that the batch before left (stateful)." if is_stateful else ""


STATES_SAID: Mapping[int, str] = {1: "h", 2: "h and c"}


def _say_states(lane: Lane, node: Node) -> str:
    """The states that are returned beside the output with `return_state`."""
    walker = wrapped(node) or node
    if argument(walker, "return_state") is not True:
        return ""
    states = STATES_SAID.get(STATES.get(walker.kind, 0), "the states")
    walk = " of each walk" if lane.direction == "both" else ""
    return f"return_state=True gives {states} after the last step{walk} too, as outputs of their own."


def _say_one_step(lane: Lane, walker: Node) -> str:
    ways = " in each direction" if lane.direction == "both" else ""
    if argument(walker, "stateful") is True or find_first_state(walker):
        return f"makes one step{ways}: there is one timestep only."
    return (
        f"makes one step{ways} from an empty state, since there is one timestep only: there is nothing "
        "before it to remember."
    )


WALKS: Mapping[str, str] = {
    "forward": "walks from the first timestep to the last",
    "backward": "walks from the last timestep to the first",
    "both": "walks twice, from the first timestep to the last and back",
}
SEEN: Mapping[str, str] = {
    "forward": "Each step has seen itself and all steps before it, and every output leaves.",
    "backward": "Each step has seen itself and all steps after it, and every output leaves, the last first.",
    "both": "The outputs of both walks are put together, so that every step has seen the whole sequence.",
}


APART = (
    "The outputs of the two walks leave as two tensors, not merged: a step of the first has seen itself and "
    "all steps before it, a step of the second itself and all steps after it."
)


def _say_nothing(lane: Lane, layer: LayerReport, node: Node) -> str:
    return "has no timestep to read."


def _say_each(lane: Lane, layer: LayerReport, node: Node) -> str:
    return "works on each timestep by itself."


def _say_all(lane: Lane, layer: LayerReport, node: Node) -> str:
    if _is_single(lane):
        return "reads its one timestep."
    if lane.time_out and _looks_back(lane):
        return LOOKS_BACK
    if len(set(layer.inbound)) > 1:
        return f"reads all timesteps of {_join(layer.inbound)} at once."
    return f"reads all {_count_steps(lane)} at once."


def _say_join(lane: Lane, layer: LayerReport, node: Node) -> str:
    first, *others = layer.inbound
    names = _join(layer.inbound)
    if find_kind(layer.kind).category == "attention":
        seen = "the steps up to its own" if looks_back(node) else "all steps"
        return f"lets each step of {write_name(first)} look at {seen} of {_join(others)}."
    if layer.kind == "Dot":
        return f"multiplies {names} and adds up the products."
    if joins_time(layer, node):
        return f"puts {names} one after the other along time."
    single = [name for name, alone in zip(layer.inbound, _list_stretched(layer), strict=True) if alone]
    stretched = f"; every step reads the same of {_join(single)}" if single else ""
    parts = f"the outputs of {names}" if len(set(layer.inbound)) < len(set(node.inbound)) else names
    return f"joins {parts} step by step{stretched}."


def _list_stretched(layer: LayerReport) -> list[bool]:
    """For each input of a merge, whether it is broadcast along the timesteps of the output."""
    axes, shape = layer.axes[0], layer.output_shapes[0]
    time = find_time(axes, has_time=True) or 1
    behind = len(shape) - time
    return [
        shape[time] != 1 and (len(read) <= behind or (read[-behind] == 1 and len(read) > behind))
        for read in layer.input_shapes
    ]


def _say_reads(lane: Lane, layer: LayerReport, node: Node) -> str:
    """Which timesteps are read by which, for a few of them."""
    if not lane.time_in:
        return _say_first_steps(lane, layer)
    if not lane.time_out:
        if any(lane.depends) and lane.depends[0] != lane.steps_in:
            return _say_picked(lane)
        one = "its one timestep" if _is_single(lane) else f"all {_count_steps(lane)}, one after the other,"
        return (
            f"puts the numbers of {one} into one vector."
            if layer.kind in CUT
            else _say_all(lane, layer, node)
        )
    if len(lane.steps_in) < lane.timesteps_in or len(lane.steps_out) < lane.timesteps_out:
        return UNLISTED.get(lane.kind, UNLISTED["all"])
    if _looks_back(lane):
        return LOOKS_BACK
    if all(reads == (step,) for step, reads in zip(lane.steps_out, lane.depends, strict=True)):
        return _say_each(lane, layer, node)
    said = [
        f"step {step + 1} reads {_list_steps(reads)}"
        for step, reads in zip(lane.steps_out, lane.depends, strict=True)
    ]
    more = ""
    if len(said) > MOST_STEPS_SAID + 1:
        # The first steps of a wide window do not show it yet.
        more = f", and so on, to {said[-1].replace(' reads', ', which reads', 1)}"
        said = said[:MOST_STEPS_SAID]
    drawn = f", of {write_plural(lane.timesteps_in, 'timestep')} as drawn" if lane.symbolic else ""
    return f"reads across timesteps{drawn}: {', '.join(said)}{more}."


def _looks_back(lane: Lane) -> bool:
    """Whether each timestep reads itself and all before it."""
    expected = (lane.steps_in[: bisect_right(lane.steps_in, step)] for step in lane.steps_out)
    return lane.timesteps_in == lane.timesteps_out > 1 and tuple(expected) == lane.depends


LOOKS_BACK = "has each step read itself and all steps before it."
TURNED = ("Permute", "ops.moveaxis", "ops.swapaxes", "ops.transpose")
CUT = ("Flatten", "Reshape")
UNLISTED: Mapping[str, str] = {
    "rearranged": "computes nothing: it moves, cuts, copies or pads timesteps.",
    "window": "reads a few neighbouring timesteps for each of its own.",
    "all": "reads several timesteps for each of its own.",
}


def _say_first_steps(lane: Lane, layer: LayerReport) -> str:
    """Where timesteps come from that the layer before does not have."""
    vector = measure_step(layer.input_axes[0], layer.input_shapes[0], None).words
    if layer.kind == "RepeatVector":
        return "gives the same vector to every timestep."
    if layer.kind == "Reshape":
        number = "timesteps" if lane.symbolic else write_plural(lane.timesteps_out, "timestep")
        return f"cuts {vector}, in their order, into {number}; no number changes."
    return f"makes timesteps of {vector}, which have none."


def _say_picked(lane: Lane) -> str:
    """The timesteps that are read by a layer that returns none and does not read all, such as `x[:, -1]`."""
    if lane.steps_in != tuple(range(lane.timesteps_in)) and len(lane.depends[0]) > 1:
        return "reads some of its timesteps."
    if lane.depends[0] == lane.steps_in[-1:]:
        return "reads only its last timestep."
    drawn = f", of {write_plural(lane.timesteps_in, 'timestep')} as drawn" if lane.symbolic else ""
    steps = "step" if len(lane.depends[0]) == 1 else "steps"
    return f"reads only {steps} {_list_steps(lane.depends[0])}{drawn}."


def _list_steps(steps: tuple[int, ...]) -> str:
    if not steps:
        return "nothing"
    if len(steps) > 2 and steps == tuple(range(steps[0], steps[-1] + 1)):
        return f"{steps[0] + 1:,} to {steps[-1] + 1:,}"
    *most, last = (f"{step + 1:,}" for step in steps)
    return f"{', '.join(most)} and {last}" if most else last


STILL: Mapping[str, Say] = {
    "per_step": _say_each,
    "all": _say_all,
    "joined": _say_join,
}
