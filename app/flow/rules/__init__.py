"""The rules: for each kind of layer, which timesteps of its input an output timestep reads.

`table` lists them by kind.

- Layers: `steps`, `recurrent`, `windows`, `attention`, `merges`, `rearranged`, `constant`.
- Functions of keras.ops: `operations`, `along` (an axis), `moves`, `products`.
"""

from dataclasses import replace

from app.flow.course import Call, Course, read_nothing
from app.flow.rules.constant import is_constant
from app.flow.rules.table import RULES
from app.report.arguments import UNKNOWN_FORM

__all__ = ["RULES", "find_course"]


def find_course(call: Call) -> Course | None:
    """How the layer goes through time.

    None if neither its input nor its output has a timesteps axis, or there is no rule for it.
    """
    rule = RULES.get(call.node.kind)
    try:
        course = rule(call) if rule else None
    except UNKNOWN_FORM:
        return None
    if course and is_constant(call):
        return replace(course, reads=read_nothing)
    return course
