"""The rules: for each kind of layer, which steps of its input an output step reads."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.flow.course import Call, Course, read_nothing
from app.flow.rules.constant import is_constant
from app.flow.rules.merges import concatenate, merge_elements
from app.flow.rules.rearranged import (
    crop_steps,
    cut_anew,
    pad_steps,
    permute_axes,
    repeat_steps,
    repeat_vector,
)
from app.flow.rules.recurrent import run_bidirectional, run_recurrent
from app.flow.rules.steps import activate, keep_first_axis, keep_steps, mix_axes, mix_last_axis
from app.flow.rules.windows import pool_everything, slide_kernel, slide_pool

RULES: Mapping[str, Callable[[Call], Course | None]] = {
    "Activation": activate,
    "Add": merge_elements,
    "Average": merge_elements,
    "AveragePooling1D": slide_pool,
    "BatchNormalization": keep_steps,
    "Bidirectional": run_bidirectional,
    "Concatenate": concatenate,
    "Conv1D": slide_kernel,
    "Cropping1D": crop_steps,
    "Dense": mix_last_axis,
    "Dropout": keep_steps,
    "Embedding": keep_first_axis,
    "Flatten": cut_anew,
    "GRU": run_recurrent,
    "GlobalAveragePooling1D": pool_everything,
    "GlobalMaxPooling1D": pool_everything,
    "InputLayer": keep_steps,
    "LSTM": run_recurrent,
    "LayerNormalization": mix_axes,
    "Masking": keep_steps,
    "MaxPooling1D": slide_pool,
    "Maximum": merge_elements,
    "Minimum": merge_elements,
    "Multiply": merge_elements,
    "Permute": permute_axes,
    "ReLU": keep_steps,
    "RepeatVector": repeat_vector,
    "Reshape": cut_anew,
    "SimpleRNN": run_recurrent,
    "Softmax": mix_axes,
    "SpatialDropout1D": keep_steps,
    "Subtract": merge_elements,
    "TimeDistributed": keep_first_axis,
    "UpSampling1D": repeat_steps,
    "ZeroPadding1D": pad_steps,
}


def find_course(call: Call) -> Course | None:
    """The layer's way through time; None where neither its input nor its output has a timesteps axis."""
    rule = RULES.get(call.node.kind)
    course = rule(call) if rule else None
    if course and is_constant(call):
        return replace(course, reads=read_nothing)
    return course
