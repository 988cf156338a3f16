"""The rules: for each kind of layer, which steps of its input an output step reads."""

from dataclasses import replace

from app.flow.course import Call, Course, read_nothing
from app.flow.rules.constant import is_constant
from app.flow.rules.table import RULES

__all__ = ["RULES", "find_course"]


def find_course(call: Call) -> Course | None:
    """The layer's way through time.

    None where neither its input nor its output has a timesteps axis, or where no rule is known.
    """
    rule = RULES.get(call.node.kind)
    course = rule(call) if rule else None
    if course and is_constant(call):
        return replace(course, reads=read_nothing)
    return course
