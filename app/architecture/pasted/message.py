"""recognise_message(): recognises an error message of Keras that was pasted in place of code."""

import re

from app.problems import MessagePasted

NUMBERED = re.compile(r"layer ['\"]?\w+_\d+['\"]? is incompatible")
"""A layer with a number in its name usually follows another one of its kind."""

MESSAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"expected (min_)?ndim=3, found ndim=2", ("missing-timesteps", "missing-return-sequences")),
    (r"to have 3 dimensions, but got array with shape", ("missing-timesteps",)),
    (r"expected (min_|max_)?ndim=\d+, found ndim=\d+", ("wrong-ndim",)),
    (r"to have \d+ dimensions, but got array with shape", ("wrong-ndim",)),
    (r"total size of (the tensor|new array) must be unchanged", ("reshape-size",)),
    (r"matching shapes except for the concat", ("shapes-do-not-concatenate",)),
    (r"Inputs have incompatible shapes|could not be broadcast together", ("shapes-do-not-merge",)),
    (r"Unrecognized keyword arguments|unexpected keyword argument", ("unknown-argument",)),
    (r"missing \d+ required positional argument", ("missing-argument",)),
    (r"Shapes used to initialize variables must be fully-defined", ("undefined-last-dimension",)),
    (r"last dimension of the inputs to .* should be defined", ("undefined-last-dimension",)),
    (r"output size would be (zero or )?negative|Negative dimension size", ("output-size-negative",)),
    (
        r"batch size must be static|RNN is stateful, it needs to know its batch size",
        ("stateful-without-batch-size",),
    ),
    (r"does not support masking", ("mask-dropped",)),
    (r"expects \d+ input\(s\), but it received", ("too-many-inputs", "too-few-inputs")),
    (r"accepts inputs list of length", ("too-few-inputs",)),
    (r"should be called on a list of", ("tensor-or-list", "too-few-inputs")),
    (r"Could not interpret|should be in the range|Invalid value", ("invalid-argument",)),
    (r"Unknown layer|Could not locate class|cannot import name '?[A-Z]", ("unknown-layer",)),
)
"""Patterns of Keras' messages, of all versions, with the problems they may be about, likeliest first."""


def recognise_message(text: str) -> MessagePasted | None:
    """An error that lists the problems the message may be about; None if the text is no message of Keras."""
    line = " ".join(text.split())
    about = next((codes for pattern, codes in MESSAGES if re.search(pattern, line)), ())
    if not about:
        return None
    error = MessagePasted(
        "Paste the code that makes the model in its place: the layer at which Keras stops is shown, with "
        "the shapes before it."
    )
    error.about = about[::-1] if NUMBERED.search(line) else about
    return error
